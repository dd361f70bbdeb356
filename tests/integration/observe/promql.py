"""What a PromQL expression asks for: metrics with their labels, and the labels by which it groups and joins."""
import re
from typing import NamedTuple

TOKEN = re.compile(r"""\s+|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<range>\[[^\]]*\])
    |(?P<name>[A-Za-z_:$][A-Za-z0-9_:]*)|(?P<number>[0-9.]+[a-z0-9]*)|(?P<mark>=~|!~|!=|==|<=|>=|[-+*/%^(){}<>=,])""", re.X)
GROUPING = {"by", "without"}
JOINING = {"on", "ignoring", "group_left", "group_right"}
WORDS = {"and", "or", "unless", "bool", "offset", "atan2"}


class Selector(NamedTuple):
    metric: str
    matchers: list  # (label, operator, value)


class Asked(NamedTuple):
    selectors: list
    groups: list  # (labels, metrics of the operand)
    joins: list   # labels


def tokens(expression):
    found, at = [], 0
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if not match:
            raise ValueError("cannot read %r of %r" % (expression[at:at + 20], expression))
        if match.lastgroup and match.lastgroup != "range":
            found.append((match.lastgroup, match.group()))
        at = match.end()
    return found


def closing(found, at):
    """The index of the mark that closes the one at `at`."""
    depth = 0
    for index in range(at, len(found)):
        depth += found[index][1] in ("(", "{") and found[index][0] == "mark"
        depth -= found[index][1] in (")", "}") and found[index][0] == "mark"
        if depth == 0:
            return index
    raise ValueError("a bracket is not closed")


def names(found, at):
    """The names between the brackets at `at`."""
    return [text for kind, text in found[at:closing(found, at)] if kind == "name"]


def matchers(found, at):
    inside = found[at + 1:closing(found, at)]
    return [(inside[i][1], inside[i + 1][1], inside[i + 2][1][1:-1]) for i in range(0, len(inside), 4)]


def operand(found, at):
    """The tokens that the grouping whose labels open at `at` is of: `sum by (a) (HERE)` or `sum (HERE) by (a)`."""
    end = closing(found, at)
    if end + 1 < len(found) and found[end + 1][1] == "(":
        return found[end + 1:closing(found, end + 1)]
    depth, start = 0, at - 2
    for index in range(start, -1, -1):
        depth += found[index][1] == ")"
        depth -= found[index][1] == "("
        if depth == 0:
            return found[index:start]
    raise ValueError("a grouping without an operand")


def selectors(found):
    chosen, at = [], 0
    while at < len(found):
        kind, text = found[at]
        following = found[at + 1][1] if at + 1 < len(found) else ""
        if kind == "name" and text in GROUPING | JOINING:
            at = closing(found, at + 1) if following == "(" else at
        elif kind == "name" and text not in WORDS and following != "(" and not is_aggregation(found, at):
            chosen.append(Selector(text, matchers(found, at + 1) if following == "{" else []))
            at = closing(found, at + 1) if following == "{" else at
        at += 1
    return chosen


def is_aggregation(found, at):
    return at + 1 < len(found) and found[at + 1][1] in GROUPING


def read(expression):
    found = tokens(expression)
    groups, joins = [], []
    for at, (kind, text) in enumerate(found):
        if kind == "name" and text == "by":
            groups.append((names(found, at + 1), [one.metric for one in selectors(operand(found, at + 1))]))
        elif kind == "name" and text in ("on", "group_left", "group_right") and found[at + 1][1] == "(":
            joins += names(found, at + 1)
    return Asked(selectors(found), groups, joins)
