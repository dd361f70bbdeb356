"""clang-tidy 14 reads every source of common/, services/ and deploy/: its short list, all as errors."""

import concurrent.futures
import os
import shutil
import subprocess
import sys

import clang_commands
import tree

TIDY = "clang-tidy-14"


def check(source):
    path, options = source
    run = subprocess.run([TIDY, "--quiet", os.path.join(tree.ROOT, path), "--", *options],
                         cwd=tree.ROOT, capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"{path}:\n{run.stdout[:2000]}"]


def main():
    if shutil.which(TIDY) is None:
        print(f"skipped: {TIDY} is not installed")
        sys.exit(77)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = [p for found in pool.map(check, list(clang_commands.sources())) for p in found]
    tree.finish(problems, "clang-tidy")


main()
