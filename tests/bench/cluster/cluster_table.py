"""One indexer with one shard beside two indexers with two shards each, on this machine: a table, and the simulator beside it.

usage: cluster_table.py [--articles 20000] [--corpus CORPUS.jsonl] [--rounds 3] [--seconds 10] [--layouts 1x1,2x2] [--build DIRECTORY]

Every round makes the clusters anew, one after the other, puts the same articles and makes the same searches with one client
and with eight. Medians over rounds are printed; processor times are those that the kernel counted for each process.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "support"))
from real_node import wait_for  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
WRITERS = 4
CLIENTS = (1, 8)
SHOWN = 10  # hits of a page


class Service:
    """A process of the build with a directory of its own."""

    def __init__(self, program, directory, settings):
        os.makedirs(directory)
        self.directory = directory
        config = directory + "/config.yaml"
        with open(config, "w") as file:
            file.write("server: {listen: '127.0.0.1:0', port_file: '%s/ports', log_level: error}\n%s" % (directory, settings))
        with open(directory + "/log", "w") as log:
            self.process = subprocess.Popen([program, "--config", config], stdout=log, stderr=log)
        wait_for(lambda: os.path.exists(directory + "/ports") or self.process.poll() is not None, 30, "a start")
        if self.process.poll() is not None:
            sys.exit("%s ended: %s" % (program, open(directory + "/log").read()))
        with open(directory + "/ports") as file:
            self.target = "127.0.0.1:" + dict(line.split() for line in file)["grpc"]

    def cpu_seconds(self):
        with open("/proc/%d/stat" % self.process.pid) as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mb(self):
        with open("/proc/%d/status" % self.process.pid) as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


def prefix(clients):
    return "%d client%s: " % (clients, "" if clients == 1 else "s")


def tree_bytes(directory):
    """What the files take; the log's and RocksDB's own among them."""
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(directory) for name in names)


class Cluster:
    def __init__(self, build, directory, indexers, shards):
        self.indexers, self.query = [], None
        for i in range(indexers):
            place = "%s/indexer-%d" % (directory, i)
            self.indexers.append(Service(build + "/bin/tintinh-indexer", place, "data_directory: '%s/data'\nshards: %d\n" % (place, shards)))
        peers = ", ".join("{target: '%s'}" % indexer.target for indexer in self.indexers)
        self.query = Service(build + "/bin/tintinh-query", directory + "/query", "indexers: [%s]\n" % peers)

    def indexer_cpu(self):
        return sum(indexer.cpu_seconds() for indexer in self.indexers)

    def stop(self):
        for service in [self.query] + self.indexers:
            if service:
                service.stop()


def load(build, *command):
    out = subprocess.run([build + "/tests/bench/cluster/cluster_load"] + [str(word) for word in command], stdout=subprocess.PIPE,
                         check=True, text=True).stdout
    return json.loads(out)


def settle(cluster):
    """Merges follow the flush; searches are to be counted without them."""
    used = -1.0
    while cluster.indexer_cpu() - used > 0.05:
        used = cluster.indexer_cpu()
        time.sleep(1)


def put(options, cluster, common):
    before = cluster.indexer_cpu()
    result = load(options.build, "put", options.articles, *[i.target for i in cluster.indexers], "--writers", WRITERS, *common)
    cpu = cluster.indexer_cpu() - before
    return {"puts/s": options.articles / result["put_s"], "puts/s, flushed": options.articles / result["flushed_s"],
            "put: indexers' CPU ms": 1e3 * cpu / options.articles, "put: writer's CPU ms": 1e3 * result["cpu_s"] / options.articles,
            "disk bytes an article": sum(tree_bytes(i.directory + "/data") for i in cluster.indexers) / options.articles}


def search(options, cluster, clients, common):
    leaves, root = cluster.indexer_cpu(), cluster.query.cpu_seconds()
    result = load(options.build, "search", options.seconds, cluster.query.target, "--clients", clients, "--articles",
                  options.articles, *common)
    leaves, root = cluster.indexer_cpu() - leaves, cluster.query.cpu_seconds() - root
    # The warm-up's processor time is the processes' too, and its searches are like the others.
    searches = result["searches"] + 500
    name = prefix(clients)
    return {name + "searches/s": result["per_s"], name + "p50 ms": result["p50_ms"], name + "p99 ms": result["p99_ms"],
            name + "variation": result["variation"], name + "hits a search": result["hits"],
            name + "indexers' CPU ms": 1e3 * leaves / searches,
            name + "root's CPU ms": 1e3 * root / searches,
            name + "client's CPU ms": result["cpu_ms"]}


def leaf(options, cluster, times, common):
    """Processor time of each call at one of the indexers, as the share of a page's articles that is its."""
    out = subprocess.run([options.build + "/tests/bench/cluster/leaf_bench", cluster.indexers[0].target,
                          str(cluster.indexers[0].process.pid), "--articles", str(options.articles), "--shown",
                          str(SHOWN // len(cluster.indexers)), "--samples", times] + common, stdout=subprocess.PIPE, check=True,
                         text=True).stdout
    measured = json.loads(out)
    figures = {"leaf: calls for articles": measured["of_articles"]["calls"]}
    for call in ("frequencies", "hits", "of_articles"):
        figures["leaf: %s CPU ms" % call] = measured[call]["mean_ms"]
    return dict(figures, **{"leaf: hits variation": measured["hits"]["variation"], "leaf: hits p99 ms": measured["hits"]["p99_ms"]})


def measure(options, times, indexers, shards):
    common = ["--corpus", options.corpus] if options.corpus else []
    with tempfile.TemporaryDirectory() as directory:
        cluster = Cluster(options.build, directory, indexers, shards)
        try:
            figures = put(options, cluster, common)
            settle(cluster)
            figures.update(leaf(options, cluster, times, common))
            for clients in CLIENTS:
                figures.update(search(options, cluster, clients, common))
            figures["indexers' memory MB"] = sum(i.memory_mb() for i in cluster.indexers)
        finally:
            cluster.stop()
    return figures


def simulate(options, times, measured, indexers, clients):
    """The simulator, told the processor times of each call at a leaf alone and of root and client with one client."""
    flags = {"leaves": indexers, "machines": 1, "cores": os.cpu_count(), "clients": clients,
             "statistics-ms": measured["leaf: frequencies CPU ms"], "leaf-times": times,
             "articles-ms": measured["leaf: of_articles CPU ms"],
             "article-calls": round(indexers * measured["leaf: calls for articles"]), "variation": 0.3,
             "root-ms": measured["1 client: root's CPU ms"], "client-ms": measured["1 client: client's CPU ms"], "wire-ms": 0.03,
             "measured-per-second": measured[prefix(clients) + "searches/s"], "measured-p50-ms": measured[prefix(clients) + "p50 ms"],
             "measured-p99-ms": measured[prefix(clients) + "p99 ms"]}
    command = [options.build + "/tests/bench/capacity/capacity_model", "search"]
    for name, value in flags.items():
        command += ["--" + name, str(value)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()[:3]


def limits(measured):
    """What the processors allow at most: all processor time of one search, over the cores."""
    for clients in CLIENTS:
        name = prefix(clients)
        work = measured[name + "indexers' CPU ms"] + measured[name + "root's CPU ms"] + measured[name + "client's CPU ms"]
        yield "%s%.2f ms of processor time a search, %d processors allow %.0f searches/s, reached %.0f" % (
            name, work, os.cpu_count(), os.cpu_count() * 1e3 / work, measured[name + "searches/s"])
    work = measured["put: indexers' CPU ms"] + measured["put: writer's CPU ms"]
    yield "puts: %.3f ms of processor time an article, %d processors allow %.0f/s, reached %.0f" % (
        work, os.cpu_count(), os.cpu_count() * 1e3 / work, measured["puts/s, flushed"])


def report(options, layouts, times, rounds):
    medians = [{name: statistics.median(one[name] for one in layout) for name in layout[0]} for layout in rounds]
    titles = ["%d x %d" % layout for layout in layouts]
    print("%-28s %s   ratio to the first (each round's)" % ("%d articles" % options.articles, " ".join("%12s" % t for t in titles)))
    for name in medians[0]:
        print("%-28s %s" % (name, " ".join("%12.3f" % of_layout[name] for of_layout in medians)), end="")
        for layout in rounds[1:]:
            ratios = [other[name] / one[name] for one, other in zip(rounds[0], layout) if one[name]]
            print("   %.2f (%s)" % (statistics.median(ratios), ", ".join("%.2f" % ratio for ratio in ratios)), end="")
        print()
    for title, (indexers, _), of_layout, file in zip(titles, layouts, medians, times):
        print("\n%s" % title)
        print("\n".join(limits(of_layout)))
        for clients in CLIENTS:
            print("simulated, " + prefix(clients))
            print("\n".join("  " + line for line in simulate(options, file, of_layout, indexers, clients)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--corpus", help='lines of {"title","body"}; otherwise articles are made')
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of searching, with each number of clients")
    parser.add_argument("--build", default=os.path.join(HERE, "..", "..", "..", "build", "bench"))
    parser.add_argument("--layouts", default="1x1,2x2", help="INDEXERSxSHARDS, …")
    options = parser.parse_args()
    layouts = [tuple(int(word) for word in layout.split("x")) for layout in options.layouts.split(",")]
    for program in ("bin/tintinh-indexer", "bin/tintinh-query", "tests/bench/cluster/cluster_load", "tests/bench/cluster/leaf_bench",
                    "tests/bench/capacity/capacity_model"):
        if not os.access(os.path.join(options.build, program), os.X_OK):
            print("skipped: no %s/%s; deploy/CAPACITY.md says how to build it" % (options.build, program))
            sys.exit(77)
    rounds = [[] for _ in layouts]
    with tempfile.TemporaryDirectory() as directory:
        times = ["%s/%dx%d" % (directory, *layout) for layout in layouts]  # of calls for hits, of the last round
        for _ in range(options.rounds):
            for results, file, layout in zip(rounds, times, layouts):
                results.append(measure(options, file, *layout))
        report(options, layouts, times, rounds)


if __name__ == "__main__":
    main()
