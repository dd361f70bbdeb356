"""clang 14 reads every source of common/, services/ and deploy/ with the project's warnings and its thread-safety analysis,
all as errors; g++ builds them."""

import concurrent.futures
import json
import os
import shlex
import shutil
import subprocess
import sys

import tree

CLANG = "clang++-14"


def sources():
    """Each source with its include paths and definitions, from the build's own commands."""
    with open(os.path.join(os.environ["TINTINH_BINARY_DIR"], "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            path = os.path.relpath(os.path.join(entry["directory"], entry["file"]), tree.ROOT)
            if path.startswith(("common/", "services/", "deploy/")):
                yield path, entry["directory"], shlex.split(entry["command"])


def clang_command(words):
    """The g++ command without what it writes."""
    kept = [CLANG, "-fsyntax-only", "-Wthread-safety", "-Wno-unknown-warning-option"]
    words = iter(words)
    for word in words:
        if word in ("-o", "-MT", "-MF"):
            next(words)
        elif word == "-isystem":
            kept += [word, next(words)]
        elif word.startswith(("-I", "-D", "-std", "-W", "-pthread")) or word.endswith(".cc"):
            kept.append(word)
    return kept


def check(source):
    path, directory, words = source
    run = subprocess.run(clang_command(words), cwd=directory, capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"{path}:\n{run.stderr[:2000]}"]


def main():
    if shutil.which(CLANG) is None:
        print(f"skipped: {CLANG} is not installed")
        sys.exit(77)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = [p for found in pool.map(check, list(sources())) for p in found]
    tree.finish(problems, "clang")


main()
