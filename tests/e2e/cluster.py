"""The local cluster of deploy/cluster: searches go on while an indexer and a query root are killed, and both come back.

cluster.py BIN
"""
import glob
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import kafka_brokers
from real_node import wait_for

SEARCHES = 40


def pid(data, name):
    with open("%s/%s/pid" % (data, name)) as file:
        return int(file.read())


def alive(data):
    pids = [int(open(path).read()) for path in glob.glob(data + "/*/pid") + glob.glob(data + "/kafka/*/pid")]
    return [one for one in pids if os.path.exists("/proc/%d" % one)]


def search(binaries, server):
    ran = subprocess.run([binaries + "/tintinh", "--server", server, "--json", "search", "nông thôn mới"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if ran.returncode != 0 or '"title"' not in ran.stdout:
        sys.exit("a search failed (%d): %s%s" % (ran.returncode, ran.stdout[:500], ran.stderr[:500]))


def kill_and_search(binaries, data, server, name):
    """Kills a process and searches until it is back, and SEARCHES times at least."""
    before = pid(data, name)
    os.kill(before, signal.SIGKILL)
    searches, deadline = 0, time.monotonic() + 60
    while searches < SEARCHES or pid(data, name) == before or not os.path.getsize("%s/%s/ports" % (data, name)):
        search(binaries, server)
        searches += 1
        if time.monotonic() > deadline:
            sys.exit("%s did not come back" % name)
    print("%d searches while %s was killed and came back, none failed" % (searches, name))


def main(binaries):
    kafka_brokers.require()
    base = kafka_brokers.free_base(100)
    with tempfile.TemporaryDirectory() as data:
        environment = dict(os.environ, TINTINH_BIN=binaries, TINTINH_DATA=data, TINTINH_CLUSTER_PORT=str(base),
                           TINTINH_WEB_PORT=str(base + 99))
        log = open(data + "/cluster.log", "w")
        cluster = subprocess.Popen([os.path.join(os.path.dirname(__file__), "../../deploy/cluster")], env=environment,
                                   stdout=log, stderr=subprocess.STDOUT)
        said = lambda: open(data + "/cluster.log").read()
        try:
            wait_for(lambda: "The cluster is up" in said() or cluster.poll() is not None, 150, "the cluster's start")
            if cluster.poll() == kafka_brokers.SKIPPED:
                print("Apache Kafka's jars are out of reach")
                sys.exit(kafka_brokers.SKIPPED)
            if cluster.poll() is not None:
                sys.exit("the cluster did not start:\n" + said())
            server = "ipv4:127.0.0.1:%d,127.0.0.1:%d" % (base + 40, base + 41)
            for name in ("indexer-0", "query-1"):
                kill_and_search(binaries, data, server, name)
        finally:
            if cluster.poll() is None:
                cluster.send_signal(signal.SIGTERM)
            ended = cluster.wait(60)
        if ended != 0 or alive(data):
            sys.exit("stopping it ended with %d and left %s\n%s" % (ended, alive(data), said()))


main(sys.argv[1])
