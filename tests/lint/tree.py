"""What the lint tests share: the tree's files and the declared targets."""

import os
import subprocess
import sys
from typing import NamedTuple

ROOT = os.environ["TINTINH_SOURCE_DIR"]


class Target(NamedTuple):
    name: str
    folder: str
    files: list  # relative to the root; generated files keep their absolute path
    deps: list


def tracked(*endings):
    """Files git knows or would add, relative to the root, with one of the endings."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True).stdout.splitlines()
    return [f for f in listed if f.endswith(endings) and os.path.exists(os.path.join(ROOT, f))]


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def targets():
    """The targets of the build whose folder is TINTINH_BINARY_DIR."""
    found = []
    with open(os.path.join(os.environ["TINTINH_BINARY_DIR"], "targets.tsv"), encoding="utf-8") as file:
        for line in file:
            name, folder, files, deps = line.rstrip("\n").split("\t")
            paths = [f if os.path.isabs(f) else os.path.normpath(os.path.join(folder, f)) for f in files.split(";") if f]
            found.append(Target(name, folder, [os.path.relpath(p, ROOT) if p.startswith(ROOT) else p for p in paths],
                                [d for d in deps.split(";") if d]))
    return found


def finish(problems, what):
    """Prints every problem and exits with the verdict."""
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problems")
    sys.exit(1 if problems else 0)
