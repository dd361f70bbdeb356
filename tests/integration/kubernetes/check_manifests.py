"""Renders deploy/kubernetes, checks every object, and checks that the checks find what is broken on purpose."""

import copy
import os
import sys

import yaml

import config_rules
import image_file
import mutations
import network_rules
import object_rules
import objects as o
import pod_rules
import schemas

ALERTS = "deploy/observe/alerts.yaml"
# What is applied together; the base is checked by itself too.
BESIDE = ["monitoring", "certificates"]
SETS = {"base": ["base"], "topic": ["overlays/cluster/topic"], "single": ["overlays/single", *BESIDE],
        "cluster": ["overlays/cluster", "overlays/cluster/topic", *BESIDE]}


def alert_problems(objects):
    """The PrometheusRule holds the alert rules and nothing else."""
    with open(os.path.join(o.ROOT, ALERTS), encoding="utf-8") as file:
        alerts = yaml.safe_load(file)
    for rule in o.of_kind(objects, "PrometheusRule"):
        if rule["spec"] != alerts:
            yield f"{o.name(rule)} differs from {ALERTS}: run deploy/kubernetes/monitoring/wrap-alerts"


def object_problems(validators, objects):
    """Against the schemas; then, of objects that are whole, against the rules."""
    problems = [f"{o.name(thing)}: {each}" for thing in objects for each in schemas.check(validators, thing)]
    if problems:
        return problems
    problems = [*pod_rules.check(objects, image_file.programs(), image_file.user()), *object_rules.check(objects),
                *network_rules.check(objects), *alert_problems(objects)]
    if any("namespace" in thing["metadata"] for thing in objects):
        problems += object_rules.namespaces(objects)
    return problems


def mutation_problems(validators, objects):
    """Each mutation of a good set must be found, by its own problem."""
    for mutate, words in mutations.ALL:
        broken = copy.deepcopy(objects)
        mutate(broken)
        found = object_problems(validators, broken)
        if mutate in mutations.OF_CONFIGURATIONS:
            found += config_rules.check(broken)
        if not any(words in each for each in found):
            yield f"{mutate.__name__}: not found; instead {found[:3]}"


def main():
    if not os.path.exists(os.path.join(o.ROOT, ALERTS)):
        print(f"{ALERTS} is missing")
        sys.exit(1)
    validators = schemas.load()
    problems = []
    sets = {name: [thing for folder in folders for thing in o.render(folder)] for name, folders in SETS.items()}
    for name, objects in sets.items():
        found = object_problems(validators, objects) or config_rules.check(objects)
        print(f"{name}: {len(objects)} objects, {len(found)} problems")
        problems += [f"{name}: {each}" for each in found]
    if not problems:
        problems = list(mutation_problems(validators, sets["cluster"]))
        print(f"{len(mutations.ALL)} mutations, {len(problems)} not found")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


main()
