"""Runs engine_bench and Lucene alternately over one prepared folder and prints their ratios; ../compare_peers calls it.

The folder holds tok.jsonl, queries.tsv and calib. Each engine is run as its own documentation says; figures of a query
are medians over rounds, QPS is 1 / mean of those, and every timing stands beside a calibration loop."""

import argparse
import glob
import json
import os
import shutil
import statistics
import subprocess

import oracle
import outcomes


class Engines:
    def __init__(self, work, peers, bench):
        self.work, self.bench = work, bench
        jars = sorted(glob.glob("/usr/share/java/lucene-core-8.*.jar")) + sorted(
            glob.glob("/usr/share/java/lucene-analyzers-common-8.*.jar"))
        self.java = ["java", "-Xms2g", "-Xmx4g", "-cp", ":".join([work] + jars), "LuceneBench"]
        subprocess.run(["javac", "-cp", ":".join(jars), "-d", work, os.path.join(peers, "LuceneBench.java")], check=True)

    def path(self, name):
        return os.path.join(self.work, name)

    def run(self, command):
        """The JSON lines that the command prints; the machine's speed is printed before."""
        speed = json.loads(subprocess.run([self.path("calib")], check=True, capture_output=True, text=True).stdout)
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        print(f"  calibration {speed['calib_ms']:.0f} ms; {command[0].rsplit('/')[-1]} {run.stdout.strip().splitlines()[-1]}",
              flush=True)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def index_ours(self, fields="exact,pair", name="tintinh"):
        shutil.rmtree(self.path(name), ignore_errors=True)
        return self.run([self.bench, "index", self.path("tok.jsonl"), self.path(name), "--fields", fields])[0]

    def index_lucene(self):
        """One thread, 256 MB of buffer, then merged to one segment; the merge is not part of the time."""
        shutil.rmtree(self.path("luc"), ignore_errors=True)
        line = self.run(self.java + ["index", self.path("tok.jsonl"), self.path("luc"), "1", "256"])[0]
        line["bytes"] = self.run(self.java + ["merge", self.path("luc")])[0]["bytes"]
        return line

    def query_ours(self, passes):
        out = self.path("tintinh.tsv")
        self.run([self.bench, "query", self.path("tintinh"), self.path("queries.tsv"), out, str(passes)])
        return outcomes.read(out)

    def query_lucene(self, passes, warm):
        out = self.path("lucene.tsv")
        self.run(self.java + ["query", self.path("luc"), self.path("queries.tsv"), out, str(passes), str(warm)])
        return outcomes.read(out)


def alternately(round_number, ours, theirs):
    """Both results; who goes first changes from round to round."""
    if round_number % 2 == 0:
        mine = ours()
        return mine, theirs()
    other = theirs()
    return ours(), other


def compare_indexing(engines, rounds):
    runs = [alternately(i, engines.index_ours, engines.index_lucene) for i in range(rounds)]
    ours = statistics.median(o["docs"] / o["secs"] for o, _ in runs)
    lucene = statistics.median(l["docs"] / l["secs"] for _, l in runs)
    alone = engines.index_ours("exact", "tintinh.exact")
    print(f"\nindexing, 1 thread, to durable: exact and pairs {ours:.0f} docs/s, Lucene {lucene:.0f}: "
          f"{ours / lucene:.2f}x; exact alone, once: {alone['docs'] / alone['secs'] / lucene:.2f}x")
    lucene_bytes = runs[-1][1]["bytes"]
    print(f"size of the same field, exact with positions: {alone['bytes']}, Lucene {lucene_bytes}: "
          f"{alone['bytes'] / lucene_bytes:.3f}")
    print(f"size with pairs: {runs[-1][0]['bytes']}: {runs[-1][0]['bytes'] / lucene_bytes:.3f}, "
          f"{runs[-1][0]['bytes'] / runs[-1][0]['text_bytes']:.3f} bytes per byte of text\n")


def arguments():
    parser = argparse.ArgumentParser(prog="compare_peers", description=__doc__)
    parser.add_argument("work")
    parser.add_argument("peers")
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    parser.add_argument("--bench", required=True, help="the program engine_bench, built for release")
    parser.add_argument("--index-rounds", type=int, default=1, help="0 keeps the indexes of an earlier run")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--warm", type=float, default=8, help="seconds of Lucene's warm-up in each round")
    parser.add_argument("--no-oracle", action="store_true", help="do not check scores against exhaustive BM25")
    return parser.parse_intermixed_args()


def take_priority():
    """Over whatever else runs here, where that is allowed; the programs started inherit it."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    except PermissionError:
        print("without priority: compare the calibrations")


def main():
    args = arguments()
    take_priority()
    engines = Engines(args.work, args.peers, args.bench)
    if args.index_rounds > 0:
        compare_indexing(engines, args.index_rounds)
    runs = [alternately(i, lambda: engines.query_ours(args.passes), lambda: engines.query_lucene(args.passes, args.warm))
            for i in range(args.rounds)]
    ours = outcomes.median_of([mine for mine, _ in runs])
    lucene = outcomes.median_of([other for _, other in runs])
    outcomes.print_ratios(ours, lucene)
    outcomes.print_agreement(ours, lucene)
    if not args.no_oracle:
        oracle.check(os.path.join(args.work, "tok.jsonl"), ours)


main()
