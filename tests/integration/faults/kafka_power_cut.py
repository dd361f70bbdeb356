"""A power cut of all three Kafka brokers at once, and of the indexer, loses nothing that was acknowledged.

Each broker and the node have their data on file systems of their own, which lose their power in the same moment while
articles are put; whatever runs is killed. After the replay of the journals brokers and node must start and have every
acknowledged article, and so must a second node that knows nothing but the topic. The same is done to a topic made with
`--no-flush`: it must have lost articles, which says what the setting is for and that the cut is one.

kafka_power_cut.py BIN [--rounds N] [--seed S]
"""
import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

import canary
import stories
from loop_disk import LoopDisk
from service import Node, wait_for
from kafka_brokers import Brokers, require

BROKERS = 3
STORIES_A_WRITER = 1500
WRITERS = 2


class Cluster:
    """Brokers, a topic and a node, on disks that lose their power together."""

    def __init__(self, binaries, directory):
        self.binaries, self.directory = binaries, directory
        os.makedirs(directory + "/brokers")
        self.disks = [LoopDisk(directory + "/brokers", str(i), 256) for i in range(BROKERS)]
        self.disks.append(LoopDisk(directory, "disk", 128))
        self.brokers, self.broker_pids, self.node = None, [], None

    def kafka(self):
        return "kafka: {brokers: ['%s'], topic: stories}" % "','".join(self.brokers.bootstrap.split(","))

    def make_topic(self, *flags):
        config = self.directory + "/topic.yaml"
        with open(config, "w") as file:
            file.write("shards: 2\ndata_directory: unused\n%s\n" % self.kafka())
        subprocess.run([self.binaries + "/tintinh", "admin", "create-topic", "--config", config, *flags], check=True,
                       stdout=subprocess.DEVNULL)

    def make_node(self, name, data):
        return Node(self.binaries, "%s/%s" % (self.directory, name), data, ", " + self.kafka())

    def start_brokers(self):
        self.brokers = Brokers(self.directory + "/brokers", BROKERS)
        self.broker_pids = [self.brokers.pid(i) for i in range(BROKERS)]

    def start_node(self):
        self.node = self.make_node("node", self.disks[-1].path + "/data")
        self.node.start(120)

    def cut_power(self):
        for disk in self.disks:
            disk.cut_power()
        self.kill()

    def kill(self):
        if self.node:
            self.node.kill()
        if self.brokers and self.brokers.process.poll() is None:
            # First whoever would tidy up after them.
            self.brokers.process.kill()
            self.brokers.process.wait()
            for pid in self.broker_pids:
                os.kill(pid, signal.SIGKILL)
            wait_for(lambda: not any(running(pid) for pid in self.broker_pids), 20, "the end of the brokers")

    def restore_power(self):
        for disk in self.disks:
            disk.restore_power()

    def discard(self):
        self.kill()
        for disk in self.disks:
            disk.discard()


def running(pid):
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def write_and_cut(cluster, first, wanted, delay):
    """Returns the acknowledged and how many came in a second."""
    for disk in cluster.disks:
        canary.write_synced(disk.path)
    began = time.monotonic()
    writers = [cluster.node.import_stories(first + i * STORIES_A_WRITER, STORIES_A_WRITER) for i in range(WRITERS)]
    try:
        wait_for(lambda: len(stories.all_acknowledged(writers)) >= wanted, 60, "%d acknowledgements" % wanted)
        rate = wanted / (time.monotonic() - began)
        for disk in cluster.disks:
            canary.write_unsynced(disk.path)
        time.sleep(delay)
        cluster.cut_power()
    finally:
        for writer in writers:
            writer.kill()
    acknowledged = stories.all_acknowledged(writers)
    assert len(acknowledged) < WRITERS * STORIES_A_WRITER, "the cut came after the last article"
    return acknowledged, rate


def live_through(binaries, flags, rounds, moments):
    """The acknowledged, what the node lacks after the last cut, and what a replica lacks that read only the topic."""
    with tempfile.TemporaryDirectory() as directory:
        cluster = Cluster(binaries, directory)
        try:
            cluster.start_brokers()
            cluster.make_topic(*flags)
            acknowledged = {}
            for number in range(rounds):
                cluster.start_node()
                heard, rate = write_and_cut(cluster, number * WRITERS * STORIES_A_WRITER, moments.randrange(100, 600),
                                            moments.random() * 0.05)
                acknowledged.update(heard)
                cluster.restore_power()
                for disk in cluster.disks:
                    canary.check(disk.path)
                cluster.start_brokers()
                print("cut %d after %d acknowledgements, %.0f a second" % (number + 1, len(heard), rate), flush=True)
            return (acknowledged, *lost_by(cluster, acknowledged))
        finally:
            cluster.discard()


def lost_by(cluster, acknowledged):
    fresh = cluster.make_node("fresh", cluster.directory + "/fresh-data")
    try:
        fresh.start(120)
        lost_by_topic = fresh.missing(acknowledged)
    finally:
        fresh.kill()
    if lost_by_topic:
        return lost_by_topic, lost_by_topic
    cluster.start_node()
    return cluster.node.missing(acknowledged), lost_by_topic


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    flags = parser.parse_args()
    require()
    acknowledged, by_node, by_topic = live_through(flags.bin, (), flags.rounds, random.Random(flags.seed))
    print("%d acknowledged articles: %d lost by the node, %d by the topic" % (len(acknowledged), len(by_node), len(by_topic)))
    if by_node or by_topic:
        sys.exit("seed %d: lost %s" % (flags.seed, (by_node or by_topic)[:20]))
    acknowledged, _, by_topic = live_through(flags.bin, ("--no-flush",), 1, random.Random(flags.seed))
    print("without flushes: %d of %d lost by the topic" % (len(by_topic), len(acknowledged)))
    assert by_topic, "without flushes nothing was lost: this test could not fail"


main()
