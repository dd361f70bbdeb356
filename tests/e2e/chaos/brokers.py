"""Three Apache Kafka brokers in KRaft mode, each a process in a namespace of its own that can be started again alone."""
import os
import subprocess
import sys
import tempfile

import kafka_metadata
import kafka_brokers
from process import Process

COUNT, PORT, CONTROLLER_PORT = 3, 9092, 9093
TOPIC = "tintinh-articles"
SETTINGS = """process.roles=broker,controller
node.id={id}
controller.quorum.voters={voters}
listeners=PLAINTEXT://{host}:9092,CONTROLLER://{host}:9093
advertised.listeners=PLAINTEXT://{host}:9092
controller.listener.names=CONTROLLER
log.dirs={home}/data
auto.create.topics.enable=false
unclean.leader.election.enable=false
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
controller.quorum.election.timeout.ms=500
replica.lag.time.max.ms=5000
num.network.threads=2
num.io.threads=4
log.cleaner.dedupe.buffer.size=16777216
"""


def jars():
    """Where they are; deploy/kafka/brokers fetches them. Ends the program as skipped where they cannot be had."""
    kafka_brokers.require()
    if "KAFKA_HOME" in os.environ:
        return os.environ["KAFKA_HOME"] + "/libs"
    cached = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "tintinh/kafka-3.9.1")
    if not os.path.exists(cached):
        with tempfile.TemporaryDirectory() as directory:
            kafka_brokers.Brokers(directory, 1).stop()
    return cached


class Brokers:
    def __init__(self, network, directory, libraries, first_number):
        self.classes = libraries + "/*"
        self.hosts = [network.add("broker-%d" % id, first_number + id) for id in range(COUNT)]
        self.processes = [self.make(network, id, "%s/broker-%d" % (directory, id)) for id in range(COUNT)]

    def make(self, network, id, home):
        os.makedirs(home)
        voters = ",".join("%d@%s:%d" % (other, host, CONTROLLER_PORT) for other, host in enumerate(self.hosts))
        with open(home + "/server.properties", "w") as file:
            file.write(SETTINGS.format(id=id, host=self.hosts[id], voters=voters, home=home))
        command = ["java", "-Xms256m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", self.classes,
                   "kafka.Kafka", home + "/server.properties"]
        return Process(network, "broker-%d" % id, home, command)

    def start(self):
        formats = [subprocess.Popen(
            ["java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", self.classes, "kafka.tools.StorageTool", "format",
             "--cluster-id", "tintinh-brokers-here00", "--config", process.directory + "/server.properties"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for process in self.processes]
        if any([one.wait() != 0 for one in formats]):
            sys.exit("the brokers' directories could not be made")
        for process in self.processes:
            process.launch()

    def serving(self):
        """Every broker answers and knows of all of them."""
        return all(len(view.brokers) == COUNT for view in self.views([]))

    def in_sync(self):
        """In the view of each broker every partition has a leader and is on all of them."""
        return all(view.partitions and all(leader >= 0 and len(isr) == COUNT for leader, isr in view.partitions)
                   and len(view.brokers) == COUNT for view in self.views([TOPIC]))

    def views(self, topics):
        for host in self.hosts:
            try:
                yield kafka_metadata.ask(host, PORT, topics)
            except (OSError, EOFError):
                yield kafka_metadata.View([], [])

    def bootstrap(self):
        return ["%s:%d" % (host, PORT) for host in self.hosts]
