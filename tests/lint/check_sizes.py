"""Small and flat: headers up to 250 lines, sources up to 500, functions up to 60, main programs up to 40."""

import re

import tree

START = re.compile(r"^[A-Za-z_].*\)( const)?( noexcept)?( override)?( :.*)? \{$|^[A-Za-z_ ].*\) \{$")


def long_functions(path, text):
    """A function starts in column 0 and ends at the next brace there."""
    start = None
    for number, line in enumerate(text.splitlines(), 1):
        if start is None and line.endswith("{") and not line.startswith((" ", "namespace", "class", "struct", "enum", "#", "}")):
            start = number
        elif start is None and line.startswith(("    ",)) and line.endswith(") {"):
            continue
        elif line.startswith("}") and start is not None:
            if number - start + 1 > 60 and not text.splitlines()[start - 1].rstrip().endswith("= {"):
                yield f"{path}:{start}: a function of {number - start + 1} lines; the limit is 60"
            start = None


def main():
    problems = []
    for path in tree.tracked(".h", ".cc"):
        text = tree.read(path)
        lines = text.count("\n")
        limit = 250 if path.endswith(".h") else 500
        if path.endswith("main.cc") and path.startswith("services/"):
            limit = 40
        if lines > limit:
            problems.append(f"{path}: {lines} lines; the limit is {limit}")
        problems += long_functions(path, text)
    tree.finish(problems, "sizes")


main()
