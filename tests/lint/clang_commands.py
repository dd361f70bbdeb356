"""What clang 14 needs to read each source of common/, services/ and deploy/, from the commands that g++ is given."""

import json
import os
import re
import shlex

import tree

BINARY = os.environ["TINTINH_BINARY_DIR"]
QUIET = ["-Wthread-safety", "-Wno-unknown-warning-option", "-pthread"]


def sources():
    """Each source, relative to the root, with its include paths, definitions and warnings."""
    with open(os.path.join(BINARY, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            for source in members(entry):
                path = os.path.relpath(os.path.join(entry["directory"], source), tree.ROOT)
                if path.startswith(("common/", "services/", "deploy/")):
                    yield path, options(shlex.split(entry["command"]))


def members(entry):
    """The sources that one compilation reads: those of a unity file, else its own."""
    if "/Unity/" not in entry["file"]:
        return [entry["file"]]
    with open(os.path.join(entry["directory"], entry["file"]), encoding="utf-8") as file:
        return re.findall(r'#include "(.+\.cc)"', file.read())


def options(words):
    kept = list(QUIET)
    words = iter(words)
    for word in words:
        if word == "-isystem":
            kept += [word, next(words)]
        elif word.startswith(("-I", "-D", "-std", "-W")):
            kept.append(word)
    return kept
