"""Two releases in one cluster: replicas, normalizers and query roots of both at once, then each process in turn replaced by
the other release's, there and back, while stories are put and searched for.

mixed.py OLD NEW [--brokers N]

OLD and NEW are folders of binaries. Promised: no search fails, every acknowledged story is there in its newest version
whichever root is asked, and the replicas have equal digests at equal positions after each stage.
"""
import argparse
import json
import os
import signal
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "../chaos"), os.path.join(HERE, "../../support"), os.path.join(HERE, "../../support/fake_web")]
import judge
import kafka_brokers
from command import Command
from process import Process
from real_node import wait_for
from searchers import Searcher
from services import Here
from stories import BASE_SITE, WRITERS_SITE
from writer import Acknowledgements, Writer, write_base

KINDS = ("query", "normalizer", "indexer")  # in the order in which they are replaced
PAIR = (0, 1)
SHARDS, BASE = 2, 40
PATIENCE = 60
STORIES = 12  # put between two replacements, at least


class Member(Process):
    """A process with a place of its own, of whichever release it is started from."""

    def __init__(self, kind, number, port, directory, settings):
        super().__init__(Here, "%s-%d" % (kind, number), "%s/%s-%d" % (directory, kind, number), [])
        self.kind, self.address = kind, "127.0.0.1:%d" % port
        self.config = self.directory + "/config.yaml"
        with open(self.config, "w") as file:
            file.write("server: {listen: '%s', port_file: '%s'}\n%s\n" % (self.address, self.port_file, settings))

    def start(self, binaries):
        self.command = ["%s/tintinh-%s" % (binaries, self.kind), "--config", self.config]
        self.launch()
        wait_for(lambda: self.serves() or not self.alive(), PATIENCE, "the start of " + self.name)
        if not self.alive():
            sys.exit("%s of %s ended:\n%s" % (self.name, binaries, self.said()[-3000:]))

    def serves(self):
        return os.path.exists(self.port_file) and os.path.getsize(self.port_file) > 0

    def replace(self, binaries):
        self.process.send_signal(signal.SIGTERM)
        ended = self.process.wait(PATIENCE)
        if ended != 0:
            sys.exit("%s ended with %d when it was told to:\n%s" % (self.name, ended, self.said()[-3000:]))
        self.start(binaries)


class Cluster:
    def __init__(self, releases, directory, bootstrap):
        self.releases, self.directory = releases, directory
        base = kafka_brokers.free_base(len(KINDS) * len(PAIR))
        ports = {kind: [base + 2 * place + number for number in PAIR] for place, kind in enumerate(KINDS)}
        self.targets = {kind: "ipv4:" + ",".join("127.0.0.1:%d" % port for port in of) for kind, of in ports.items()}
        settings = {"query": lambda _: "indexers: [{target: '%s'}]" % self.targets["indexer"],
                    "normalizer": lambda _: "indexer: {target: '%s'}" % self.targets["indexer"],
                    "indexer": lambda number: self.indexer(number, bootstrap)}
        self.members = {kind: [Member(kind, number, ports[kind][number], directory, settings[kind](number)) for number in PAIR]
                        for kind in KINDS}
        self.commands = [Command(binaries) for binaries in releases]
        self.acknowledged = Acknowledgements(directory + "/acknowledged.jsonl")
        self.writers, self.searchers, self.replaced, self.imports_failed = [None, None], [], 0, 0

    def indexer(self, number, bootstrap):
        # Small, so that each release flushes and merges what the other has written.
        return ("data_directory: '%s/indexer-%d/data'\nshards: %d\nmemory_segment_bytes: 256KiB\nblock_cache_bytes: 16MiB\n"
                "kafka: {brokers: [%s]}" % (self.directory, number, SHARDS, ", ".join("'%s'" % one for one in bootstrap.split(","))))

    def addresses(self, kind):
        return [member.address for member in self.members[kind]]

    def start(self, brokers):
        """The first of each kind is of the old release, the second of the new one."""
        done = self.commands[0].run("127.0.0.1:1", "admin", "create-topic", "--config", self.members["indexer"][0].config,
                                    "--replicas", str(min(brokers, 3)), "--min-in-sync", str(min(brokers, 2)))
        if done[0] != 0:
            sys.exit("the topic was not made: %s" % done[2])
        for kind in reversed(KINDS):
            for number in PAIR:
                self.members[kind][number].start(self.releases[number])
        self.base = write_base(self.commands[0], self.targets["normalizer"], self.directory + "/base", BASE)
        wait_for(lambda: judge.caught_up(self.commands[1], self.addresses("indexer")), PATIENCE, "the base on both replicas")

    def hire(self):
        """A writer and a searcher with the command of each release."""
        for number in PAIR:
            writer = Writer(number, len(PAIR), self.commands[number], self.targets["normalizer"],
                            "%s/writer-%d" % (self.directory, number), self.acknowledged)
            if self.writers[number]:
                writer.next, writer.mine = self.writers[number].next, self.writers[number].mine
            self.writers[number] = writer
        searchers = [Searcher("root %d" % number, self.commands[number], self.targets["query"], BASE) for number in PAIR]
        self.searchers += searchers
        for thread in self.writers + searchers:
            thread.start()
        return searchers

    def dismiss(self, threads):
        for thread in threads:
            thread.closing.set()
        for thread in threads:
            thread.join(2 * PATIENCE)
            if thread.is_alive():
                sys.exit("a story was not acknowledged: %s" % getattr(thread, "complaints", thread))

    def stage(self, what, replacements):
        """Replaces one process after the other with searches and puts going on, then looks at everything."""
        searchers = self.hire()
        self.put_more(what)
        for member, binaries in replacements:
            member.replace(binaries)
            self.replaced += 1
            self.put_more("%s: %s" % (what, member.name))
        self.dismiss(self.writers)
        self.dismiss(searchers)
        self.imports_failed += sum(writer.failed for writer in self.writers)
        self.look(what, searchers)

    def put_more(self, when):
        before = self.acknowledged.answers
        wait_for(lambda: self.acknowledged.answers >= before + STORIES, PATIENCE, "the putting of stories, " + when)

    def look(self, what, searchers):
        replicas = self.addresses("indexer")
        wait_for(lambda: judge.caught_up(self.commands[1], replicas), PATIENCE, "equal and applied logs, " + what)
        breaches = []
        for command in self.commands:
            told = judge.digests(command, replicas)
            if told[0] != told[1] or len(told[0]) != SHARDS:
                breaches.append("the replicas' digests differ: %s" % told)
            for member in self.members["query"]:
                breaches += judge.breaches_of_own(command, member.address, member.name, BASE_SITE, self.base)
                breaches += judge.breaches_of_own(command, member.address, member.name, WRITERS_SITE, self.acknowledged.of)
        breaches += ["refused: %s" % (one,) for one in self.acknowledged.rejected]
        for searcher in searchers:
            breaches += ["%s: %s" % (searcher.name, search) for search in searcher.searches if search.error]
            breaches += ["misleading: %s" % search for search in searcher.misleading()]
        if breaches:
            sys.exit("%s:\n%s" % (what, "\n".join(breaches)))
        print("%s: %d stories on both replicas, digests %s" % (what, len(self.base) + len(self.acknowledged.of),
                                                              " ".join(digest for _, digest, _ in told[0])), flush=True)

    def all_to(self, binaries, numbers=PAIR):
        return [(self.members[kind][number], binaries) for kind in KINDS for number in numbers]

    def run(self):
        old, new = self.releases
        self.stage("both releases", [])
        self.stage("all of the new release", self.all_to(new, (0,)))
        self.stage("back to the old release", self.all_to(old))
        self.stage("forward again", self.all_to(new))
        searches = [search for searcher in self.searchers for search in searcher.searches]
        print(json.dumps({"replaced": self.replaced, "acknowledged": self.acknowledged.answers, "searches": len(searches),
                          "failed": sum(search.error is not None for search in searches),
                          "imports_failed": self.imports_failed, "seconds": judge.quantiles([search.took for search in searches]),
                          "acknowledged_after_seconds": judge.quantiles(self.acknowledged.waits)}))

    def end(self):
        for thread in self.searchers + [writer for writer in self.writers if writer]:
            thread.closing.set()
        for members in self.members.values():
            for member in members:
                member.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--brokers", type=int, default=1)
    arguments = parser.parse_args()
    if not os.path.exists(arguments.old + "/tintinh-indexer"):
        print("there are no binaries of an earlier release: name their folder in TINTINH_OLD_BINARIES")
        sys.exit(kafka_brokers.SKIPPED)
    releases = [os.path.abspath(folder) for folder in (arguments.old, arguments.new)]
    with tempfile.TemporaryDirectory() as directory:
        brokers = kafka_brokers.Brokers(directory + "/kafka", arguments.brokers)
        try:
            cluster = Cluster(releases, directory, brokers.bootstrap)
            try:
                cluster.start(arguments.brokers)
                cluster.run()
            finally:
                cluster.end()
        finally:
            brokers.stop()


main()
