"""clang 14 reads every source of common/, services/ and deploy/ with the project's warnings and its thread-safety analysis,
all as errors; g++ builds them."""

import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

import clang_commands
import tree

CLANG = "clang++-14"
# What most sources read of others and what protoc makes, parsed once. g++ parses them for every source, so that a missing
# #include is found there.
SHARED_HEADERS = """absl/container/flat_hash_map.h absl/container/flat_hash_set.h absl/status/statusor.h absl/strings/str_cat.h
    absl/strings/str_format.h absl/strings/str_join.h absl/strings/str_split.h absl/time/time.h CLI/CLI.hpp grpcpp/grpcpp.h
    nlohmann/json.hpp rocksdb/db.h tintinh/v1/crawler_service.grpc.pb.h tintinh/v1/indexer_service.grpc.pb.h
    tintinh/v1/normalizer_service.grpc.pb.h tintinh/v1/query_service.grpc.pb.h""".split()


def read_headers(folder):
    """Parses the shared headers; the file that holds them."""
    text, parsed = os.path.join(folder, "shared.h"), os.path.join(folder, "shared.pch")
    with open(text, "w", encoding="utf-8") as file:
        file.writelines(f'#include "{header}"\n' for header in SHARED_HEADERS)
    includes = ["-I" + tree.ROOT, "-isystem", os.path.join(clang_commands.BINARY, "proto")]
    command = [CLANG, "-std=c++20", "-pthread", "-w", "-fpch-instantiate-templates", *includes, "-x", "c++-header", text, "-o", parsed]
    subprocess.run(command, check=True)
    return parsed


def check(source, parsed):
    path, options = source
    command = [CLANG, "-fsyntax-only", "-include-pch", parsed, *options, os.path.join(tree.ROOT, path)]
    run = subprocess.run(command, capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"{path}:\n{run.stderr[:2000]}"]


def main():
    if shutil.which(CLANG) is None:
        print(f"skipped: {CLANG} is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        parsed = read_headers(folder)
        problems = [p for found in pool.map(lambda s: check(s, parsed), list(clang_commands.sources())) for p in found]
    tree.finish(problems, "clang")


main()
