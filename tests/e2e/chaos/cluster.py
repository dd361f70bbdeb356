"""The whole of it: brokers, services, the fake web, writers and searchers; started, troubled, settled."""
import json
import sys
import time

import judge
import network
import schedule
from brokers import Brokers
from command import Command
from network import Loopback, Network
from real_node import wait_for
from searchers import Searcher
from services import SHARDS, PAIR, PORT, Services
from web import Web
from writer import DURABLE, Acknowledgements, Writer, write_base

BASE = 120
SLOW = 1.0  # seconds of a search that are worth a line
PATIENCE = 90  # seconds in which the cluster must have recovered from a fault
SETTLING = 240  # seconds for the writers' rest and for the crawlers'


class Cluster:
    def __init__(self, binaries, directory, libraries, seconds, networks):
        self.directory, self.seconds, self.networks = directory, seconds, networks
        self.command = Command(binaries)
        self.network = Network() if networks else Loopback()
        self.brokers = Brokers(self.network, directory, libraries, 10)
        self.web = Web(self.network, directory + "/web", seconds)
        self.services = Services(self.network, binaries, directory, self.brokers.bootstrap(), self.web.sites_file)
        self.acknowledged = Acknowledgements(directory + "/acknowledged.jsonl")
        self.writers, self.searchers, self.log = [], [], open(directory + "/faults.log", "w", buffering=1)
        self.replicas = ["%s:%d" % (host, PORT) for host in self.services.hosts["indexer"]]

    def everything(self):
        return [*self.brokers.processes, *self.services.processes]

    def tell(self, what):
        self.log.write("%s %s\n" % (time.strftime("%H:%M:%S"), what))

    # Starting.

    def start(self):
        self.brokers.start()
        self.web.process.launch()
        wait_for(lambda: self.brokers.serving() or self.anyone_dead(self.brokers.processes), 60, "the brokers' start")
        self.create_topic()
        wait_for(self.web.ready, 20, "the fake web's start")
        self.web.know()
        for process in self.services.processes:
            process.launch()
        wait_for(lambda: self.recovered_now() or self.anyone_dead(self.everything()), 60, "the services' start")
        self.base = write_base(self.command, self.services.targets["normalizer"], self.directory + "/base", BASE)
        wait_for(lambda: judge.caught_up(self.command, self.replicas), 30, "the base on both replicas")
        self.hire()
        self.tell("started")

    def hire(self):
        """Searchers and writers."""
        split = self.services.split_root()
        queries = self.services.hosts["query"]
        wait_for(lambda: self.command.run(split, "search", "--site", "goc", timeout=2)[0] == 0, 30, "the start of the split root")
        self.searchers = [Searcher(name, self.command, server, whole) for name, server, whole in (
            ("both-0", self.services.targets["query"], BASE), ("both-1", self.services.targets["query"], BASE),
            ("query-0", "%s:%d" % (queries[0], PORT), BASE), ("query-1", "%s:%d" % (queries[1], PORT), BASE),
            ("split", split, 2 * BASE))]
        self.writers = [Writer(n, len(PAIR), self.command, self.services.targets["normalizer"],
                               "%s/writer-%d" % (self.directory, n), self.acknowledged) for n in PAIR]
        for thread in self.searchers + self.writers:
            thread.start()

    def anyone_dead(self, processes):
        for process in processes:
            if not process.alive():
                sys.exit("%s did not start:\n%s" % (process.name, process.said()[-3000:]))
        return False

    def create_topic(self):
        config = self.services.processes[0].directory + "/config.yaml"
        # A broker may know of the others before they take topics.
        def made():
            status, _, complaint = self.command.run("127.0.0.1:1", "admin", "create-topic", "--config", config, "--replicas", "3",
                                                    "--min-in-sync", "2")
            return status == 0 or "already exists" in complaint.lower()
        wait_for(made, 30, "the topic's making")

    # Faults and recovering from them.

    def run(self, seed):
        roles = [self.brokers.processes, *(self.services.of(kind) for kind in ("indexer", "normalizer", "query", "crawler"))]
        kinds = [kind for kind in schedule.KINDS if self.networks or kind not in network.KINDS]
        return schedule.run(seed, roles, kinds, self.seconds, self.recovered, PATIENCE, self.tell)

    def recovered_now(self):
        self.why = self.command.top(self.directory + "/processes")
        lines = [line for line in self.why.splitlines() if line.split()[:1] and "-" in line.split()[0]]
        named = {process.name for process in self.services.processes}
        serving = {line.split()[0] for line in lines if "serving" in line and "not serving" not in line}
        if not named <= serving or "DISAGREE" in self.why:
            return False
        self.why = "not every broker is in sync"
        return self.brokers.in_sync() and self.replicas_follow()

    def replicas_follow(self):
        """Each has applied what the log held when it was asked; the writers go on meanwhile."""
        shards = [judge.status(self.command, replica) for replica in self.replicas]
        self.why = "a replica is behind: %s" % shards
        if None in shards:
            return False
        ends = [[int(shard.get("appliedPosition", 0)) for shard in of] for of in shards]
        lag = max(abs(one - other) for one, other in zip(*ends))
        return lag <= 64 and len(shards[0]) == SHARDS

    def recovered(self, patience):
        deadline = time.monotonic() + patience
        while not self.recovered_now():
            if time.monotonic() > deadline:
                self.tell("not recovered: " + self.why)
                return False
            time.sleep(0.1)
        return True

    def settle(self):
        """Writers put what is left, crawlers deliver what they have read, replicas catch up. Returns what did not happen."""
        began = time.monotonic()
        for thread in self.writers:
            thread.closing.set()
        waits = [("the writers' last acknowledgements", lambda: not any(writer.is_alive() for writer in self.writers)),
                 ("the reading of all %d pages" % self.web.published(), lambda: self.web.brief or self.web.all_read()),
                 ("the indexing of what was read", lambda: self.web.brief or self.indexed()),
                 ("the crawlers' pause", self.paused),
                 ("the crawlers' delivery", self.delivered),
                 ("equal and applied logs", lambda: judge.caught_up(self.command, self.replicas))]
        missing = []
        for what, condition in waits:
            if not self.within(began + SETTLING, condition):
                missing.append(what)
            self.tell("%s: %s" % (what, "not in time" if what in missing else "done"))
        self.settling = time.monotonic() - began
        self.dismiss_searchers()
        return missing

    def dismiss_searchers(self):
        for thread in self.searchers:
            thread.closing.set()
        for thread in self.searchers:
            thread.join()
            for search in thread.searches:
                if search.error or search.took > SLOW:
                    self.tell("%s: %s" % (thread.name, search))

    @staticmethod
    def within(deadline, condition):
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)
        return True

    @staticmethod
    def deadline():
        return time.monotonic() + 30

    def paused(self):
        """No site is asked any more: each is known to one of the crawlers."""
        left = set(self.web.sites)
        for host in self.services.hosts["crawler"]:
            crawler = "%s:%d" % (host, PORT)
            status, lines, _ = self.command.run(crawler, "crawl", "status")
            own = [site["site"] for site in lines[-1]["sites"]] if status == 0 else []
            left -= {site for site in own if self.command.run(crawler, "crawl", "pause", site)[0] == 0}
        return not left

    def crawled(self):
        """Ids of what was acknowledged to the crawlers, as they say themselves."""
        ids = set()
        for process in self.services.of("crawler"):
            settled = [json.loads(line) for line in process.said().splitlines() if '"message":"page settled"' in line]
            ids |= {page["article_id"] for page in settled if page["outcome"] in DURABLE}
        return ids

    def delivered(self):
        for host in self.services.hosts["crawler"]:
            status, lines, _ = self.command.run("%s:%d" % (host, PORT), "crawl", "status")
            if status != 0 or int(lines[-1].get("outboxPages", 0)) != 0:
                return False
        return True

    def indexed(self):
        wanted = len(self.base) + len(self.acknowledged.of) + len(self.web.read())
        return all(judge.articles(self.command, replica) >= wanted for replica in self.replicas)

    def end(self):
        for thread in self.searchers + self.writers:
            thread.closing.set()
        self.services.end()
        for process in [*self.brokers.processes, self.web.process]:
            process.end()
