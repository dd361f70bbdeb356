"""What is exported: read from the sources, and from the pages of running processes. A metric's name leads to its labels."""
import os
import re

CALL = re.compile(r"\bNew(Counter|ComputedGauge|Gauge|Histogram)\(")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
KEY = re.compile(r'\{\s*"(\w+)"\s*,')
FUNCTION = re.compile(r"(\w+)\(")
SERIES = re.compile(r"^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{(.*)\})? \S+$")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
HISTOGRAM = ("_bucket", "_count", "_sum")


def sources(root):
    for top in ("common", "services"):
        for folder, _, files in os.walk(os.path.join(root, top)):
            for name in files:
                if name.endswith((".cc", ".h")) and not folder.endswith("common/metrics"):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        yield os.path.join(folder, name), file.read()


def arguments(text, opening):
    """The arguments of a call, as written; brackets in strings count for nothing."""
    parts, depth, start, at = [], 0, opening + 1, opening
    while True:
        string = STRING.match(text, at)
        if string:
            at = string.end()
            continue
        depth += text[at] in "([{"
        depth -= text[at] in ")]}"
        if (text[at] == "," and depth == 1) or depth == 0:
            parts.append(text[start:at])
            start = at + 1
        if depth == 0:
            return parts
        at += 1


def label_names(argument, text, where):
    """Of `{{"shard", …}}`, or of a function in the same file that returns it."""
    found = set(KEY.findall(argument))
    called = FUNCTION.search(argument)
    if not found and called:
        body = re.search(r"\bLabels %s\([^)]*\)\s*\{(.*?)\n?\}\s*\n" % called.group(1), text, re.S)
        found = set(KEY.findall(body.group(1))) if body else found
    if not found:
        raise ValueError("%s: which labels are in %s?" % (where, argument.strip()))
    return found


def from_source(root):
    """Histograms come as their three series, buckets with `le`."""
    metrics = {}
    for path, text in sources(root):
        for call in CALL.finditer(text):
            given = arguments(text, call.end() - 1)
            name = STRING.search(given[0])
            if not name:
                raise ValueError("%s: a metric whose name is no literal: %s" % (path, given[0].strip()))
            kind, rest = call.group(1), given[3 if call.group(1) == "Histogram" else 2:]
            labels = label_names(rest[0], text, path) if rest and kind != "ComputedGauge" else set()
            for ending in HISTOGRAM if kind == "Histogram" else ("",):
                metrics.setdefault(name.group(1) + ending, set()).update(labels | ({"le"} if ending == "_bucket" else set()))
    return metrics


def from_page(page):
    metrics = {}
    for line in page.splitlines():
        series = SERIES.match(line)
        if series and not line.startswith("#"):
            metrics.setdefault(series.group(1), set()).update(label for label, _ in LABEL.findall(series.group(2) or ""))
    return metrics


def known_values(root):
    """Every string that the sources and contracts write down: a label's value is one of them, or made at run time."""
    values = set()
    for _, text in sources(root):
        values.update(STRING.findall(text))
    for folder, _, files in os.walk(os.path.join(root, "proto")):
        for name in files:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                values.update(re.findall(r"\b[A-Z][A-Z_]+\b", file.read()))
    return values
