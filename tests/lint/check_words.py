"""The project speaks of itself only, promises nothing for later and never sleeps in a test."""

import re

import tree

FORBIDDEN = {
    r"\b(TODO|FIXME|XXX|HACK)\b": "a promise of later work",
    r"DISABLED_": "a test that does not run",
    r"\bsleep_for\b|absl::SleepFor|\busleep\(": "a sleep; wait on a condition or move a fake clock",
    r"(?<![\w.])/(work|farm|root|home)/\w": "a path of one machine",
    r"NOLINT(?!\()|NOLINTNEXTLINE(?!\()": "a bare NOLINT",
    r"\b(deb\.debian\.org|registry\.npmjs|repo1?\.maven|proxy\.golang)": "a registry host",
}
TEXTS = (".h", ".cc", ".proto", ".md", ".py", ".js", ".cmake", ".txt", ".yaml", ".html", ".css", ".sh")


def main():
    problems = []
    for path in tree.tracked(*TEXTS):
        if path == "tests/lint/check_words.py" or path.startswith("tests/fuzz/corpus/"):
            continue
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            for pattern, meaning in FORBIDDEN.items():
                if re.search(pattern, line):
                    problems.append(f"{path}:{number}: {meaning}: {line.strip()[:100]}")
    tree.finish(problems, "words")


main()
