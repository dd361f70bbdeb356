"""A power cut of all three Kafka brokers at once, and of the indexer, loses nothing that was acknowledged.

Each broker and the indexer's node have their data on file systems of their own, which lose their power in the same moment
while articles are put; whatever runs is killed. After the replay of the journals the brokers and the node must start and
have every acknowledged article, and so must a second node that knows nothing but the topic. Beside it another node puts
articles into a topic made with `--no-flush`, through the same brokers: of those the same cut must have lost some, which says
what the setting is for and that the cut is one.

Only brokers that have been at work for a while are meant: formatting a broker's directory syncs nothing.

kafka_power_cut.py BIN [--rounds N] [--seed S]
"""
import argparse
import random
import tempfile
import time

import canary
from broker_disks import BrokerDisks
from loop_disk import LoopDisk
from service import Node, wait_for

STORIES_A_WRITER = 1500
LEAST, MOST = 60, 240  # acknowledgements before a cut


class Site:
    """A topic with what writes to it: a node whose own data is on a disk that loses its power too."""

    def __init__(self, binaries, directory, brokers, disk, topic):
        self.binaries, self.directory, self.brokers, self.topic = binaries, directory, brokers, topic
        self.data = "%s/%s" % (disk.path, topic)
        self.node = self.make_node(topic, self.data)
        self.acknowledged = {}

    def settings(self):
        return "kafka: {brokers: ['%s'], topic: %s}" % ("','".join(self.brokers.bootstrap().split(",")), self.topic)

    def make_node(self, name, data):
        return Node(self.binaries, "%s/%s" % (self.directory, name), data, ", " + self.settings())

    def lost_by_topic(self):
        reader = self.make_node(self.topic + "-reader", "%s/%s-read" % (self.directory, self.topic))
        try:
            reader.start(120)
            return reader.missing(self.acknowledged)
        finally:
            reader.kill()

    def lost_by_node(self):
        # The brokers have other ports now.
        self.node = self.make_node(self.topic, self.data)
        self.node.start(120)
        return self.node.missing(self.acknowledged)


def cut_while_writing(sites, disks, first, wanted, delay):
    """Returns how many acknowledgements a second there were of each site."""
    for disk in disks:
        canary.write_synced(disk.path)
    began = time.monotonic()
    writers = [site.node.import_stories(first, STORIES_A_WRITER) for site in sites]
    try:
        wait_for(lambda: all(len(writer.acknowledged()) >= wanted for writer in writers), 60, "%d acknowledgements" % wanted)
        for disk in disks:
            canary.write_unsynced(disk.path)
        time.sleep(delay)
        # A sync that is under way in this moment may succeed and yet be lost (Linux 6.18): without power nobody would hear.
        for writer in writers:
            writer.freeze()
        seconds = time.monotonic() - began
        for disk in disks:
            disk.cut_power()
    finally:
        for killed in [site.node for site in sites] + writers:
            killed.kill()
    for site, writer in zip(sites, writers):
        heard = writer.acknowledged()
        assert len(heard) < STORIES_A_WRITER, "the cut came after the last article"
        site.acknowledged.update(heard)
    return [len(writer.acknowledged()) / seconds for writer in writers]


def restore(disks, brokers):
    for disk in disks:
        disk.restore_power()
        canary.check(disk.path)
    brokers.start()


def one_round(flushed, unflushed, disks, brokers, first, wanted, delay):
    rates = cut_while_writing([flushed, unflushed], disks, first, wanted, delay)
    brokers.kill()
    restore(disks, brokers)
    by_topic = flushed.lost_by_topic()
    control = unflushed.lost_by_topic()
    by_node = flushed.lost_by_node()
    print("cut after %d acknowledgements, %.0f a second: %d lost by the topic, %d by the node; "
          "without flushes, %.0f a second: %d of %d lost"
          % (len(flushed.acknowledged), rates[0], len(by_topic), len(by_node), rates[1], len(control),
             len(unflushed.acknowledged)), flush=True)
    assert not by_topic, "the topic lost %s" % by_topic[:20]
    assert not by_node, "the node lost %s" % by_node[:20]
    assert control, "without flushes nothing was lost: this test could not fail"


def live_through(binaries, directory, seed):
    moments = random.Random(seed)
    brokers = BrokerDisks(directory + "/brokers")
    disk = LoopDisk(directory, "disk", 128)
    sites = []
    try:
        brokers.start()
        sites = [Site(binaries, directory, brokers, disk, topic) for topic in ("flushed", "unflushed")]
        brokers.make_topic(binaries, sites[0].settings())
        brokers.make_topic(binaries, sites[1].settings(), "--no-flush")
        brokers.sync()
        for site in sites:
            site.node.start(60)
        one_round(*sites, brokers.disks + [disk], brokers, 0, moments.randrange(LEAST, MOST), moments.random() * 0.05)
    finally:
        for site in sites:
            site.node.kill()
        brokers.discard()
        disk.discard()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    flags = parser.parse_args()
    for number in range(flags.rounds):
        with tempfile.TemporaryDirectory() as directory:
            live_through(flags.bin, directory, flags.seed + number)


main()
