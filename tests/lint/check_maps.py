"""Prose names what exists: every `path/with/slash` in a README or FORMAT document is in the tree or in a build."""

import os
import re

import tree

CODE = re.compile(r"`([^`\n]+)`|\]\(([^)#\s]+)\)")
PATH = re.compile(r"^\.{0,2}/?[\w.@*-]+(/[\w.@*-]+)+/?$")
# Made by a build or at run time; not ours.
ELSEWHERE = ("build/", "var/", "./build/", "http", "application/", "text/", "gzip/", "/", "../shared")


def exists(path, folder):
    for base in ("", folder):
        full = os.path.normpath(os.path.join(tree.ROOT, base, path))
        if os.path.exists(full) or "*" in path or any(os.path.exists(full + e) for e in (".h", ".cc", ".proto")):
            return True
    return False


def looks_like_ours(path, folder):
    first = path.removeprefix("./").split("/")[0]
    return any(os.path.isdir(os.path.join(tree.ROOT, base, first)) for base in ("", folder))


def main():
    problems = []
    for document in tree.tracked(".md"):
        folder = os.path.dirname(document)
        for code, link in CODE.findall(tree.read(document)):
            path = (code or link).split(" ")[0]
            if not PATH.match(path) or path.startswith(ELSEWHERE):
                continue
            if looks_like_ours(path, folder) and not exists(path, folder):
                problems.append(f"{document}: {path} does not exist")
            if link and not looks_like_ours(path, folder) and not exists(path, folder):
                problems.append(f"{document}: link to {path}, which does not exist")
    tree.finish(problems, "maps")


main()
