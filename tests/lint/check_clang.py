"""clang 14 reads every source of common/, services/ and deploy/ with the project's warnings and its thread-safety analysis,
all as errors; g++ builds them."""

import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import tree

CLANG = "clang++-14"
BINARY = os.environ["TINTINH_BINARY_DIR"]
# What most sources read of others and what protoc makes, parsed once. g++ parses them for every source, so that a missing
# #include is found there.
SHARED_HEADERS = """absl/container/flat_hash_map.h absl/container/flat_hash_set.h absl/status/statusor.h absl/strings/str_cat.h
    absl/strings/str_format.h absl/strings/str_join.h absl/strings/str_split.h absl/time/time.h CLI/CLI.hpp grpcpp/grpcpp.h
    nlohmann/json.hpp rocksdb/db.h tintinh/v1/crawler_service.grpc.pb.h tintinh/v1/indexer_service.grpc.pb.h
    tintinh/v1/normalizer_service.grpc.pb.h tintinh/v1/query_service.grpc.pb.h""".split()


def members(entry):
    """The sources that one compilation reads: those of a unity file, else its own."""
    if "/Unity/" not in entry["file"]:
        return [entry["file"]]
    with open(os.path.join(entry["directory"], entry["file"]), encoding="utf-8") as file:
        return re.findall(r'#include "(.+\.cc)"', file.read())


def sources():
    """Each source with its include paths and definitions, from the build's own commands."""
    with open(os.path.join(BINARY, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            for source in members(entry):
                path = os.path.relpath(os.path.join(entry["directory"], source), tree.ROOT)
                if path.startswith(("common/", "services/", "deploy/")):
                    yield path, clang_options(shlex.split(entry["command"])) + [os.path.join(tree.ROOT, path)]


def clang_options(words):
    """Of the g++ command what clang needs to read the source."""
    kept = []
    words = iter(words)
    for word in words:
        if word == "-isystem":
            kept += [word, next(words)]
        elif word.startswith(("-I", "-D", "-std", "-W")):
            kept.append(word)
    return kept


def read_headers(includes, folder):
    """Parses the shared headers; the file that holds them."""
    text, parsed = os.path.join(folder, "shared.h"), os.path.join(folder, "shared.pch")
    with open(text, "w", encoding="utf-8") as file:
        file.writelines(f'#include "{header}"\n' for header in SHARED_HEADERS)
    command = [CLANG, "-std=c++20", "-pthread", "-w", *includes, "-x", "c++-header", text, "-o", parsed]
    subprocess.run(command, check=True, cwd=BINARY)
    return parsed


def check(source, parsed):
    path, options = source
    command = [CLANG, "-fsyntax-only", "-pthread", "-Wthread-safety", "-Wno-unknown-warning-option", "-include-pch", parsed]
    run = subprocess.run(command + options, cwd=BINARY, capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"{path}:\n{run.stderr[:2000]}"]


def main():
    if shutil.which(CLANG) is None:
        print(f"skipped: {CLANG} is not installed")
        sys.exit(77)
    found = list(sources())
    includes = ["-I" + tree.ROOT, "-isystem", os.path.join(BINARY, "proto")]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        parsed = read_headers(includes, folder)
        problems = [p for checked in pool.map(lambda source: check(source, parsed), found) for p in checked]
    tree.finish(problems, "clang")


main()
