"""Apache Kafka brokers of a test's own, run by deploy/kafka/brokers."""
import os
import random
import shutil
import signal
import socket
import subprocess
import sys

SKIPPED = 77
BROKERS = os.path.join(os.path.dirname(__file__), "../../deploy/kafka/brokers")


def free_base(ports):
    """A port from which that many are free, below those that clients are given."""
    while True:
        base = random.randrange(20000, 32000)
        sockets = []
        try:
            for port in range(base, base + ports):
                sockets.append(socket.socket())
                sockets[-1].bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()


def require():
    """Ends the program as skipped where there is no Java, or no Maven to fetch the jars with."""
    if shutil.which("java") is None or (shutil.which("mvn") is None and "KAFKA_HOME" not in os.environ):
        print("no java or mvn on this machine: ./deploy/install-packages cluster")
        sys.exit(SKIPPED)


class Brokers:
    def __init__(self, directory, count=3):
        """Ends the program as skipped where they cannot be had."""
        require()
        self.directory = directory
        base = free_base(2 * count)
        self.process = subprocess.Popen([BROKERS, "--directory", directory, "--brokers", str(count), "--port", str(base)],
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("brokers "):
            ended = self.process.wait()
            print("Apache Kafka's jars are out of reach" if ended == SKIPPED else "the brokers ended with %d" % ended)
            sys.exit(SKIPPED if ended == SKIPPED else 1)
        self.bootstrap = line.split()[1]

    def pid(self, broker):
        with open("%s/%d/pid" % (self.directory, broker)) as file:
            return int(file.read())

    def kill(self, broker):
        os.kill(self.pid(broker), signal.SIGKILL)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
