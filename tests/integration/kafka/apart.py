"""The shards of one index on different indexers, each with a replica, and one shard moves while articles are put and searched.

apart.py BIN
"""
import json
import os
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE + "/../faults", HERE + "/../../support"]
import stories
from kafka_brokers import Brokers
from real_node import wait_for
from service import Service

SHARDS = 4
WEST, EAST = [0, 1], [2, 3]
MOVED = 1
STORIES = 40


class Indexer(Service):
    """Keeps its port over restarts, as a machine keeps its name."""

    def __init__(self, binaries, directory, name, held, bootstrap):
        self.port, self.directory = 0, directory + "/" + name
        self.kafka = "kafka: {brokers: [%s], topic: tin}" % bootstrap
        super().__init__(binaries, self.directory, "indexer", self.settings(held))

    def settings(self, held, source=None):
        copied = "" if source is None else "\nbootstrap: {target: '%s'}" % source.address()
        return ("data_directory: '%s/data'\nshards: %d\nheld_shards: %s\nmemory_segment_bytes: 256KiB\n"
                "block_cache_bytes: 8MiB\n%s%s" % (self.directory, SHARDS, held, self.kafka, copied))

    def configure(self, settings):
        super().configure(settings)
        with open(self.directory + "/config.yaml") as file:
            config = file.read()
        with open(self.directory + "/config.yaml", "w") as file:
            file.write(config.replace("127.0.0.1:0", "127.0.0.1:%d" % self.port, 1))

    def start(self, seconds=60):
        super().start(seconds)
        self.port = int(self.ports()["grpc"])

    def hold(self, held, source=None):
        """Restarts with other shards; those that are not on its disk are copied."""
        self.configure(self.settings(held, source))
        assert self.drain() == 0, self.said()[-2000:]
        self.start()

    def status(self):
        """Shard → its status, once it has applied what the log holds."""
        answer = self.ask("status")
        index = answer.get("index", answer)
        return {int(shard.get("shard", 0)): shard for shard in index["shards"]}

    def articles(self):
        return {shard: int(status.get("articles", 0)) for shard, status in self.status().items()}


def pair(first, second):
    return "{target: 'ipv4:%s,%s', deadline: 20s}" % (first.address(), second.address())


class Apart:
    def __init__(self, binaries, directory, bootstrap):
        self.binaries, self.directory = binaries, directory
        make = lambda name, held: Indexer(binaries, directory, name, held, bootstrap)
        self.west = [make("west-0", WEST), make("west-1", WEST)]
        self.east = [make("east-0", EAST), make("east-1", EAST)]
        self.normalizer = Service(binaries, directory + "/normalizer", "normalizer", "")
        self.query = Service(binaries, directory + "/query", "query", "")

    def start(self):
        done = subprocess.run([self.binaries + "/tintinh", "admin", "create-topic", "--config",
                               self.west[0].directory + "/config.yaml"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        for indexer in self.indexers():
            indexer.start()
        both = "indexers: [%s, %s]" % (pair(*self.west), pair(*self.east))
        self.normalizer.configure(both)
        self.normalizer.start()
        self.query.configure(both)
        self.query.start()

    def indexers(self):
        return self.west + self.east

    def put(self, first, count):
        done = self.normalizer.import_stories(first, count)
        assert done.wait(60) == 0, done.said()[-2000:]
        return done

    def found(self, article):
        status, out, _ = self.query.command("get", article)
        return status == 0 and article in out

    def kill(self):
        for service in [*self.indexers(), self.normalizer, self.query]:
            service.kill()


class Searcher(threading.Thread):
    """Searches until it is told to end; keeps what went wrong."""

    def __init__(self, query, words, expected):
        super().__init__()
        self.query, self.words, self.expected = query, words, expected
        self.closing, self.searches, self.wrong = threading.Event(), 0, []

    def run(self):
        while not self.closing.is_set():
            status, out, err = self.query.command("search", self.words, timeout="5")
            self.searches += 1
            if status != 0 or self.expected not in out or "NOTICE_KIND_PARTIAL" in out:
                self.wrong.append((status, out[-600:], err[-300:]))


class Writer(threading.Thread):
    def __init__(self, apart, first):
        super().__init__()
        self.apart, self.first = apart, first
        self.closing, self.imports = threading.Event(), []

    def run(self):
        number = self.first
        while not self.closing.is_set():
            self.imports.append(self.apart.normalizer.import_stories(number, 5))
            self.imports[-1].wait(60)
            number += 5


def check_placement(apart, total):
    """Every article is at both replicas of its shard, and nowhere else."""
    west, east = [[indexer.articles() for indexer in of] for of in (apart.west, apart.east)]
    assert all(sorted(held) == WEST for held in west) and all(sorted(held) == EAST for held in east), (west, east)
    assert sum(west[0].values()) + sum(east[0].values()) == total, (west, east)
    assert all(count > 0 for held in west + east for count in held.values()), (west, east)


def check_near(apart):
    """A copy of a story is known for one, though its shard is at another indexer."""
    original = next(answer for number, _, answer in apart.first.outcomes() if number == 1)
    holder = {shard: of for of in (WEST, EAST) for shard in of}
    page = apart.normalizer.directory + "/pages/1.html"
    for copy in range(9001, 9033):
        path = "%s/pages/%d.html" % (apart.normalizer.directory, copy)
        with open(page) as source, open(path, "w") as file:
            file.write(source.read().replace("bai-1.html", "bai-%d.html" % copy))
        done = stories.Import(apart.binaries, apart.normalizer.address(), [path], path + ".out")
        assert done.wait(30) == 0, done.said()
        _, outcome, answer = next(iter(done.outcomes()))
        assert outcome == "OUTCOME_NEAR_DUPLICATE" and answer["nearDuplicateOf"] == original["articleId"], answer
        if holder[answer["shard"]] != holder[original["shard"]]:
            return copy - 9000
    raise AssertionError("32 copies fell into the shards of one indexer")


def move(apart):
    for indexer in apart.east:
        indexer.hold(sorted(EAST + [MOVED]), source=apart.west[0])
    for indexer in apart.west:
        indexer.hold([shard for shard in WEST if shard != MOVED])


def check_move(apart):
    words = '"%s"' % stories.articles.title(1).split(": ")[1]
    expected = next(answer["articleId"] for number, _, answer in apart.first.outcomes() if number == 1)
    searchers, writer = [Searcher(apart.query, words, expected) for _ in range(3)], Writer(apart, 1000)
    for searcher in searchers:
        searcher.start()
    writer.start()
    try:
        move(apart)
    finally:
        for thread in [*searchers, writer]:
            thread.closing.set()
        for thread in [*searchers, writer]:
            thread.join()
    searches, wrong = sum(one.searches for one in searchers), [what for one in searchers for what in one.wrong]
    assert not wrong, "%d of %d searches: %s; the root said: %s" % (len(wrong), searches, wrong[0], apart.query.said()[-2000:])
    refused = [answer for one in writer.imports for _, outcome, answer in one.outcomes() if outcome not in stories.DURABLE]
    assert not refused, refused[:3]
    return searches, writer.imports


def main():
    with tempfile.TemporaryDirectory() as directory:
        brokers = Brokers(directory + "/kafka")
        apart = Apart(sys.argv[1], directory, brokers.bootstrap)
        try:
            apart.start()
            apart.first = apart.put(1, STORIES)
            wait_for(lambda: sum(sum(pair[0].articles().values()) for pair in (apart.west, apart.east)) == STORIES, 20,
                     "the applying of all articles")
            wait_for(lambda: apart.west[0].articles() == apart.west[1].articles() and
                     apart.east[0].articles() == apart.east[1].articles(), 20, "equal replicas")
            check_placement(apart, STORIES)
            copies = check_near(apart)
            searches, imports = check_move(apart)
            acknowledged = stories.all_acknowledged([apart.first, *imports])
            lost = [number for number, article in acknowledged.items() if not apart.found(article)]
            assert not lost, "acknowledged and not found: %s" % lost
            total = len(acknowledged) + copies
            held = [sorted(indexer.status()) for indexer in apart.indexers()]
            assert held == [[0], [0], [1, 2, 3], [1, 2, 3]], held
            wait_for(lambda: sum(apart.west[0].articles().values()) + sum(apart.east[0].articles().values()) == total, 20,
                     "%d articles" % total)
            digests = [[apart.east[replica].status()[shard]["digest"] for shard in (1, 2, 3)] for replica in (0, 1)]
            assert digests[0] == digests[1], digests
            print("%d articles on two pairs of indexers; a shard moved beside %d searches and %d puts" %
                  (total, searches, len(acknowledged) - STORIES))
        finally:
            apart.kill()
            brokers.stop()


main()
