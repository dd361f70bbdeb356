"""engine_bench answers as exhaustive BM25 does, on documents drawn at random: its figures are about right answers."""

import json
import os
import random
import subprocess
import sys
import tempfile

import oracle
import outcomes

WORDS = [f"t{i}" for i in range(60)] + ["tỉnh", "huyện", "xã"]
WEIGHTS = [1 / (i + 1) for i in range(len(WORDS))]


def draw(count):
    return random.choices(WORDS, WEIGHTS, k=count)


def write_corpus(path):
    with open(path, "w", encoding="utf-8") as file:
        for i in range(500):
            file.write('{"id":"%d","text":"%s"}\n' % (i, " ".join(draw(random.randint(1, 120)))))


def write_queries(path):
    with open(path, "w", encoding="utf-8") as file:
        for mode in ("AND", "OR", "PHRASE"):
            for count in (1, 2, 3, 6):
                for _ in range(5):
                    words = draw(count) if mode == "PHRASE" else random.sample(WORDS, count)
                    file.write(f"{mode}\t{' '.join(words)}\n")


def run(*command):
    return [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True).stdout.splitlines()]


def refuses(bench, line):
    """Whether a corpus of another shape is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "other.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.write(line)
        done = subprocess.run([bench, "index", path, os.path.join(folder, "index")], capture_output=True, text=True)
    return done.returncode == 1 and ":1: not of the shape" in done.stderr


def main():
    bench = sys.argv[1]
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        tokens, queries, out, index = (os.path.join(folder, name) for name in ("tok.jsonl", "queries.tsv", "out.tsv", "index"))
        write_corpus(tokens)
        write_queries(queries)
        indexed = run(bench, "index", tokens, index)[0]
        assert indexed["docs"] == 500, indexed
        figures = run(bench, "query", index, queries, out, "1", "--warm", "0", "--articles", tokens, "--writes", "200",
                      "--write-seconds", "1")
        assert [f["mode"] for f in figures] == 2 * ["TERM", "AND", "OR", "PHRASE", "ALL"], figures
        assert figures[-1]["docs"] > 500, figures
        assert oracle.check(tokens, outcomes.read(out))
        assert refuses(bench, '{"id": "1", "text": "a b"}\n')
        assert refuses(bench, '{"id":"1","text":"a \\" b"}\n')


main()
