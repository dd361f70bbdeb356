"""Alerts and dashboard ask only for what is exported, and alerts, tests and runbook sections belong together.

check_observe.py BIN: what is exported is read from the sources and from a running node, which have to agree.
"""
import glob
import json
import os
import re
import shutil
import sys
import tempfile

import exported
import faults
import rules
from live import Live, get

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "../../.."))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def disagreements(source, page):
    ours = {name: labels for name, labels in page.items() if name.startswith("tintinh_")}
    yield from ("a node exports %s, which the sources do not show" % name for name in sorted(set(ours) - set(source)))
    yield from ("a node does not export %s, which the sources show" % name for name in sorted(set(source) - set(ours)))
    yield from ("%s has the labels %s by the sources, %s by a node" % (name, sorted(source[name]), sorted(labels))
                for name, labels in ours.items() if name in source and source[name] != labels)


def refusals(live, dashboard):
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            query = re.sub(r"\$\w+", ".*", target["expr"].replace("$__rate_interval", "1m"))
            error = live.refusal(query)
            if error:
                yield "panel %s: %s" % (panel["title"], error)


def look(live):
    source = exported.from_source(ROOT)
    live.start_machine()
    live.start_node()
    live.use_node(source)
    live.start_prometheus()
    page = exported.from_page(get(live.metrics))
    world = rules.World(rules=live.rules(), dashboard=json.loads(read(ROOT + "/deploy/observe/dashboard.json")),
                        tests="".join(read(path) for path in sorted(glob.glob(HERE + "/*_alerts.yaml"))),
                        runbook=read(ROOT + "/deploy/RUNBOOK.md"), values=exported.known_values(ROOT),
                        exported={**exported.from_page(get(live.machine)), **page, **source})
    found = list(disagreements(source, page)) + rules.problems(world) + list(refusals(live, world.dashboard))
    # Faults are put into what is right.
    return found or faults.unnoticed(world)


def main(binaries):
    for program in ("prometheus", "prometheus-node-exporter"):
        if shutil.which(program) is None:
            print("skipped: %s is not installed" % program)
            sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as directory, Live(binaries, ROOT, directory) as live:
        found = look(live)
    for problem in found:
        print(problem)
    print("observe: %d problems; %d faults were to be noticed" % (len(found), len(faults.FAULTS)))
    sys.exit(1 if found else 0)


main(sys.argv[1])
