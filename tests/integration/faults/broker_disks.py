"""Three Kafka brokers, each with its data on a file system of its own."""
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support"))
from kafka_brokers import Brokers, require
from loop_disk import LoopDisk
from real_node import wait_for

BROKERS = 3


class BrokerDisks:
    def __init__(self, directory):
        """Ends the program as skipped where brokers or disks cannot be had."""
        require()
        self.directory, self.brokers, self.pids = directory, None, []
        self.disks = [LoopDisk(directory, str(i), 256) for i in range(BROKERS)]

    def start(self):
        self.brokers = Brokers(self.directory, BROKERS)
        self.pids = [self.brokers.pid(i) for i in range(BROKERS)]

    def bootstrap(self):
        return self.brokers.bootstrap

    def make_topic(self, binaries, settings, *flags):
        config = self.directory + "/topic.yaml"
        with open(config, "w") as file:
            file.write("shards: 2\ndata_directory: unused\n%s\n" % settings)
        subprocess.run([binaries + "/tintinh", "admin", "create-topic", "--config", config, *flags], check=True,
                       stdout=subprocess.DEVNULL)

    def sync(self):
        for disk in self.disks:
            disk.sync()

    def kill(self):
        if self.brokers is None:
            return
        # First the script, which would tidy up after them.
        self.brokers.process.kill()
        self.brokers.process.wait()
        for pid in self.pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            wait_for(lambda: not running(pid), 20, "the end of a broker")
        self.brokers = None

    def discard(self):
        self.kill()
        for disk in self.disks:
            disk.discard()


def running(pid):
    """Orphans that nobody waits for do not count."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False
