"""The Dockerfile, as far as checks ask about it."""

import os
import re
import shlex

ROOT = os.environ["TINTINH_SOURCE_DIR"]
PATH = os.path.join(ROOT, "deploy/docker/Dockerfile")
PREFIX = "/usr/local/bin/"


def instructions():
    """[(word, rest)], continued lines joined, comments left out."""
    with open(PATH, encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in whole.splitlines() if line.strip()]


def stages():
    """[[instruction]] of each FROM."""
    found = []
    for each in instructions():
        if each[0] == "FROM":
            found.append([])
        found[-1].append(each)
    return found


def runs(stage):
    """Every command that a stage runs, as words."""
    commands = []
    for word, rest in stage:
        if word == "RUN":
            commands += [shlex.split(part) for part in re.split(r"&&|;|\|\|", rest)]
    return [c for c in commands if c]


def built():
    """The targets that are built, and the components that are installed."""
    targets, components = [], []
    for command in runs(stages()[0]):
        if "--target" in command:
            targets = command[command.index("--target") + 1:]
        if command[0] == "for":
            components = command[command.index("in") + 1:]
    return targets, components


def packages():
    """What the last stage installs."""
    for command in runs(stages()[-1]):
        if command[:2] == ["apt-get", "install"]:
            return [word for word in command[2:] if not word.startswith("-")]
    return []


def user():
    return int(next(rest for word, rest in stages()[-1] if word == "USER").split(":")[0])


def programs():
    return {PREFIX + name for name in built()[1]}
