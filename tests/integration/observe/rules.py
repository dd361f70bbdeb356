"""What is wrong with rules, dashboard, tests and runbook, each against the others and against what is exported."""
import re
from typing import NamedTuple

import promql

TARGET = {"job", "instance"}  # given by Prometheus to every series
ALERTS = {"alertname", "alertstate", "severity"}
TEST_SERIES = re.compile(r"\{series: '((?:[^']|'')*)'")
HEADING = re.compile(r"^### (\w+)$", re.M)
FIELD = re.compile(r"\$labels\.(\w+)")


class World(NamedTuple):
    rules: list      # as Prometheus' /api/v1/rules lists them
    dashboard: dict
    tests: str       # of promtool, all files
    runbook: str
    exported: dict   # metric → labels, the target's not among them
    values: set      # every string of the sources


def recorded(world):
    """What recording rules make: their labels are those that the name begins with."""
    return {rule["name"]: set(rule["name"].split(":")[0].split("_")) for rule in world.rules if rule["type"] == "recording"}


def labels_of(metric, world):
    """None where nothing exports it."""
    if metric in ("up", "ALERTS"):
        return TARGET | (ALERTS if metric == "ALERTS" else set())
    if metric in recorded(world):
        return recorded(world)[metric]
    return world.exported[metric] | TARGET if metric in world.exported else None


def value_problems(where, selector, world):
    """Outcomes are words of the sources; one that is not matches nothing, without a word."""
    for label, operator, value in selector.matchers:
        if label == "outcome" and "$" not in value:
            for word in value.split("|") if "~" in operator else [value]:
                if word not in world.values:
                    yield "%s: no source says outcome %s" % (where, word)


def query_problems(where, expression, world):
    asked = promql.read(expression)
    for selector in asked.selectors:
        labels = labels_of(selector.metric, world)
        if labels is None:
            yield "%s: nothing exports %s" % (where, selector.metric)
            continue
        yield from ("%s: %s has no label %s" % (where, selector.metric, label)
                    for label, _, _ in selector.matchers if label not in labels)
        yield from value_problems(where, selector, world)
    known = [(metric, labels_of(metric, world)) for metric in {one.metric for one in asked.selectors}]
    for labels, operands in asked.groups:
        yield from ("%s: grouped by %s, which %s does not have" % (where, label, metric)
                    for label in labels for metric, has in known if metric in operands and has is not None and label not in has)
    yield from ("%s: joined on %s, which %s does not have" % (where, label, metric)
                for label in asked.joins for metric, has in known if has is not None and label not in has)


def result_labels(expression, world):
    """Those that an alert's texts may name: what the outermost groupings leave, or what the series have."""
    asked = promql.read(expression)
    inside = {metric for _, metrics in asked.groups for metric in metrics}
    left = [set(labels) for labels, _ in asked.groups]
    left += [labels_of(one.metric, world) or set() for one in asked.selectors if one.metric not in inside]
    return set().union(*left)


def recording_problems(rule):
    level = set(rule["name"].split(":")[0].split("_"))
    for labels, _ in promql.read(rule["query"]).groups:
        if set(labels) != level:
            yield "%s: grouped by %s, its name says %s" % (rule["name"], " ".join(labels), " ".join(sorted(level)))


def alert_problems(rule, world):
    name, texts = rule["name"], rule["annotations"]
    if rule["labels"].get("severity") not in ("warning", "critical"):
        yield "%s: no severity" % name
    for text in ("summary", "description", "runbook"):
        if not texts.get(text):
            yield "%s: no %s" % (name, text)
    if "$value" not in texts.get("description", ""):
        yield "%s: its description does not name the figure" % name
    if texts.get("runbook", "").split("#") != ["deploy/RUNBOOK.md", name.lower()]:
        yield "%s: its runbook is %s" % (name, texts.get("runbook"))
    has = result_labels(rule["query"], world) | set(rule["labels"])
    used = FIELD.findall(texts.get("summary", "") + texts.get("description", ""))
    yield from ("%s: its text names the label %s, which it does not have" % (name, label) for label in set(used) - has)


def tested(world):
    """Alert → times at which a test says that it fires with each severity, and that it does not."""
    found = {}
    for block in re.split(r"\n  - (?=(?:\{)?eval_time)", world.tests):
        name = re.search(r"alertname: (\w+)", block)
        if name and "eval_time" in block:
            states = found.setdefault(name.group(1), set())
            states.update(re.findall(r"severity: '(\w+)'", block) or ["quiet"])
    return found


def test_problems(world):
    done = tested(world)
    for rule in world.rules:
        if rule["type"] == "alerting":
            missing = {"quiet", rule["labels"].get("severity")} - done.get(rule["name"], set())
            yield from ("%s: no test where it is %s" % (rule["name"], state) for state in sorted(missing, key=str))
    for text in TEST_SERIES.findall(world.tests):
        yield from query_problems("a test's series", text, world)


def runbook_problems(world):
    alerts = {rule["name"] for rule in world.rules if rule["type"] == "alerting"}
    sections = HEADING.findall(world.runbook)
    yield from ("%s: no section in the runbook" % name for name in sorted(alerts - set(sections)))
    yield from ("the runbook's section %s is of no alert" % name for name in sorted(set(sections) - alerts))
    yield from ("the runbook has %s twice" % name for name in sorted({one for one in sections if sections.count(one) > 1}))


def panel_problems(world):
    for panel in world.dashboard["panels"]:
        if panel["type"] == "row":
            continue
        where = "panel %s" % panel["title"]
        if not panel["fieldConfig"]["defaults"].get("unit"):
            yield "%s: no unit" % where
        for target in panel["targets"]:
            yield from query_problems(where, target["expr"], world)
            has = result_labels(target["expr"], world)
            yield from ("%s: its legend names %s, which it does not have" % (where, label)
                        for label in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]) if label not in has)


def variable_problems(world):
    made = {one["name"] for one in world.dashboard["templating"]["list"]}
    used = set(re.findall(r"\$\{?(?!__)(\w+)", str(world.dashboard)))
    yield from ("the dashboard uses $%s and does not define it" % name for name in sorted(used - made))
    for one in world.dashboard["templating"]["list"]:
        asked = re.fullmatch(r"label_values\((.*), (\w+)\)", one["query"]) if one["type"] == "query" else None
        if asked:
            yield from query_problems("variable %s" % one["name"], "sum by (%s) (%s)" % (asked.group(2), asked.group(1)), world)


def problems(world):
    found = []
    for rule in world.rules:
        if rule.get("health") == "err":
            found.append("%s: %s" % (rule["name"], rule["lastError"]))
        found += query_problems(rule["name"], rule["query"], world)
        found += alert_problems(rule, world) if rule["type"] == "alerting" else recording_problems(rule)
    return (found + list(test_problems(world)) + list(runbook_problems(world)) + list(panel_problems(world))
            + list(variable_problems(world)))
