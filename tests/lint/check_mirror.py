"""The test tree mirrors the source tree: each source of common/ and services/ has its unit test, but for main programs,
gRPC adapters (tests/contract has those) and commands of the command line (tests/e2e has those)."""

import os

import tree

EXEMPT = ("main.cc", "_main.cc", "_service.cc")


def main():
    sources = [f for f in tree.tracked(".cc") if f.startswith(("common/", "services/"))]
    tests = set(f for f in tree.tracked("_test.cc") if f.startswith("tests/unit/"))
    problems = []
    for source in sources:
        if source.endswith(EXEMPT) or source.startswith("services/cli/commands/"):
            continue
        if f"tests/unit/{source[:-3]}_test.cc" not in tests:
            problems.append(f"{source}: has no tests/unit/{source[:-3]}_test.cc")
    for source in sources:
        if source.endswith("_service.cc"):
            name = os.path.basename(source)[:-3]
            if not any(f.endswith(f"{name}_test.cc") for f in tree.tracked("_test.cc")):
                problems.append(f"{source}: has no contract test")
    tree.finish(problems, "mirror")


main()
