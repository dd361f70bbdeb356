"""What earlier releases left behind, RELEASE.tar.gz, is taken over by today's binaries: the same articles with the same digests,
what was deleted stays deleted, a block and a pause stay in force, and it goes on from there. What a release cannot read it
refuses, naming both versions and the remedy.

old_data.py BIN FALSE_CLOCK_LIBRARY SET_VERSION
"""
import glob
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time

import scene
from false_clock import FalseClock
from feed_paper import FeedPaper
from real_node import wait_for

NEW, CORRECTED, DELETED = range(1000, 1040), 0, 9  # CORRECTED is of the open paper
PUBLISHED = scene.CRAWLED + 3  # articles of each paper; of the paused one the release has seen one less
LATER = 60  # seconds after the archive was made


class CorrectedPaper(FeedPaper):
    """Has corrected what is named so since the release read it."""
    corrected = ()

    def version(self, n, now):
        return 2 if n in self.corrected else 1


class Upgrade:
    def __init__(self, binaries, library, set_version, archive, directory):
        self.binaries, self.set_version, self.directory = binaries, set_version, directory
        with tarfile.open(archive) as packed:
            packed.extractall(directory)
        with open(archive.replace(".tar.gz", ".json")) as file:
            self.noted = json.load(file)
        self.articles = {int(number): tuple(of) for number, of in self.noted["articles"].items()}
        self.deleted = {int(number): article for number, article in self.noted["deleted"].items()}
        self.clock = FalseClock(library, directory)
        self.set_clock(self.noted["made"] + LATER)
        self.servers = scene.open_papers(self.noted["ports"], {scene.OPEN: CorrectedPaper})
        for server in self.servers.values():
            server.paper.dates = [self.noted["made"]] * PUBLISHED
        # Small, so that what is new is flushed, and merged with what is old.
        self.node = scene.make_node(binaries, directory, self.servers, "64KiB", self.clock.environment)

    def set_clock(self, now):
        """To the processes it is the time of the archive: a block lasts a day at most."""
        self.clock.jump(int(now - time.time()))

    def end(self):
        self.node.kill()
        for server in self.servers.values():
            server.stop()

    # What is there.

    def verify_as_found(self):
        """Nothing has been opened for writing yet."""
        verified = scene.verify(self.binaries, self.directory + "/data/indexer")
        assert len(verified) == scene.SHARDS and all(shard["log_entries"] > 0 for shard in verified), verified

    def check_articles(self):
        for number, (article, version) in sorted(self.articles.items()):
            hits = scene.found(self.node, number)
            assert hits == [article], "article %d is %s, found were %s" % (number, article, hits)
            assert scene.is_whole(self.node, number, article, version), "article %d is not as it was put" % number
        for number, article in self.deleted.items():
            assert not scene.found(self.node, number), "article %d was deleted and is found" % number
            assert self.node.command("get", article)[0] == 1, "article %d was deleted and is there" % number

    def check_same(self):
        told = scene.digests(self.node)
        assert told == self.noted["digests"], "digests are %s, were %s" % (told, self.noted["digests"])
        self.check_articles()

    # What hosts and operators have said.

    def read(self, site):
        """Its news are stored, and from now on among the articles."""
        paper = self.servers[site].paper
        numbers = [paper.number(n) for n in range(PUBLISHED)]
        wait_for(lambda: all(scene.found(self.node, number) for number in numbers), 30, "the reading of " + site)
        self.articles.update({number: (scene.found(self.node, number)[0], 1) for number in numbers})

    def asked(self, site):
        return len(self.servers[site].paper.log)

    def check_in_force(self):
        """The open paper is read, the others are left alone although all are told to be due; then each when its time comes."""
        sites = scene.sites(self.node)
        assert sites[scene.BLOCKED].get("blockedUntil") == self.noted["blocked_until"], sites[scene.BLOCKED]
        assert sites[scene.PAUSED].get("paused"), sites[scene.PAUSED]
        assert self.node.command("crawl", "run")[0] == 0
        paper = self.servers[scene.OPEN].paper
        self.read(scene.OPEN)
        again = [paper.path(n) for n in range(scene.CRAWLED) if paper.asked(paper.path(n))]
        assert not again, "read once more: %s" % again
        assert (self.asked(scene.BLOCKED), self.asked(scene.PAUSED)) == (0, 0), "a host that refused or a paused one was asked"
        assert self.node.drain() == 0
        # A clock that is set while a process runs ends no block.
        self.set_clock(self.noted["made"] + scene.BLOCKED_SECONDS + LATER)
        paper.corrected = (CORRECTED,)
        self.node.start()
        self.read(scene.BLOCKED)
        self.check_correction(paper.number(CORRECTED))
        assert self.asked(scene.PAUSED) == 0, "a paused site was asked"
        assert self.node.command("crawl", "resume", scene.PAUSED)[0] == 0
        self.read(scene.PAUSED)

    def check_correction(self, number):
        """What the release read is looked at again when that is due, and is the same article then."""
        article, _ = self.articles[number]
        wait_for(lambda: scene.is_whole(self.node, number, article, 2), 30, "the correction")
        self.articles[number] = (article, 2)

    # Going on.

    def change(self):
        self.articles.update({number: (article, 1) for number, article in scene.put(self.node, NEW).items()})
        self.deleted[DELETED] = self.articles.pop(DELETED)[0]
        scene.delete(self.node, self.deleted[DELETED])
        wait_for(lambda: not scene.found(self.node, DELETED), 10, "the deletion")

    def check_goes_on(self):
        self.change()
        self.check_articles()
        before = scene.digests(self.node)
        assert sum(articles for _, articles in before.values()) == len(self.articles), before
        assert self.node.drain() == 0
        verified = scene.verify(self.binaries, self.directory + "/data/indexer")
        told = {str(shard["shard"]): [shard["digest"], shard["articles"]] for shard in verified}
        assert told == before, "verify says %s, the indexer said %s" % (told, before)
        self.node.start()
        assert scene.digests(self.node) == before
        self.check_articles()

    # What cannot be read.

    def check_refused(self):
        versions = self.node.ask("status")
        before = scene.digests(self.node)
        assert self.node.drain() == 0
        shard, frontier = (self.directory + "/data/" + folder for folder in ("indexer/shard-000", "crawler/frontier"))
        for what, now in (("format", versions["formatVersion"]), ("analyzer", versions["analyzerVersion"])):
            self.refused(lambda version: self.mark(shard, what, version), now, "index was written with %s version %%d, this process "
                         "has %%d: remove the shard's directory and rebuild it" % what)
        self.refused(lambda version: self.mark(frontier, "frontier", version), self.format_of_frontier(),
                     "has format \"%d\", this program reads \"%d\": start with an empty data directory")
        self.refused(self.mark_layout, 1, "has layout version %d, this program knows %d: start a release that knows it, or rebuild")
        self.node.start()
        assert scene.digests(self.node) == before, "what was refused was changed"
        assert self.node.drain() == 0

    def refused(self, mark, now, words):
        """Of a version before and of one after today's."""
        for version in (now - 1, now + 1):
            mark(version)
            self.node.launch()
            ended = self.node.process.wait(30)
            said = self.node.said().splitlines()[-1].replace('\\"', '"')
            assert ended == 1 and words % (version, now) in said, "ended with %d: %s" % (ended, said)
        mark(now)

    def mark(self, database, what, version):
        subprocess.run([self.set_version, database, what, str(version)], check=True)

    def mark_layout(self, version):
        path = self.directory + "/data/indexer/LAYOUT"
        with open(path) as file:
            lines = file.read().split("\n")
        with open(path, "w") as file:
            file.write("\n".join(["version %d" % version, *lines[1:]]))

    def format_of_frontier(self):
        """As its own document says."""
        with open(os.path.join(scene.HERE, "../../../services/crawler/frontier/FORMAT.md")) as file:
            return int(file.readline().split("format ")[1])

    def run(self):
        self.verify_as_found()
        self.node.start()
        self.check_same()
        self.check_in_force()
        self.check_goes_on()
        self.check_refused()


def main():
    binaries, library, set_version = (os.path.abspath(path) for path in sys.argv[1:4])
    archives = sorted(glob.glob(scene.HERE + "/*.tar.gz"))
    for archive in archives:
        with tempfile.TemporaryDirectory() as directory:
            upgrade = Upgrade(binaries, library, set_version, archive, directory)
            try:
                upgrade.run()
            finally:
                upgrade.end()
            print("%s: %d articles taken over, %d there at the end" %
                  (os.path.basename(archive), len(upgrade.noted["articles"]), len(upgrade.articles)))
    sys.exit(0 if archives else "there is no archive")


main()
