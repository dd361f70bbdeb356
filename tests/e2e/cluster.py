"""The local cluster of deploy/cluster: searches go on while an indexer and a query root are killed, and both come back,
while an indexer loses its disk, and while one hangs; `tintinh top` tells who answers.

cluster.py BIN
"""
import glob
import os
import shutil
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


def look(binaries, data, expected):
    """What `tintinh top` shows: the state of each process that is named."""
    ran = subprocess.run([binaries + "/tintinh", "--timeout", "2", "top", "--once", "--processes", data + "/processes"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for name, state in expected.items():
        if not any(line.startswith(name) and state in line for line in ran.stdout.splitlines()):
            sys.exit("%s is not shown as %s:\n%s%s" % (name, state, ran.stdout, ran.stderr))
    if "DISAGREE" in ran.stdout:
        sys.exit("replicas disagree:\n" + ran.stdout)


def hang_and_search(binaries, data, server, name):
    """A process that hangs is worse than one that died: nothing tells its callers. The other replica answers."""
    longest = 0
    os.kill(pid(data, name), signal.SIGSTOP)
    try:
        for _ in range(SEARCHES):
            began = time.monotonic()
            search(binaries, server)
            longest = max(longest, time.monotonic() - began)
        look(binaries, data, {name: "does not answer"})
        if longest > 3:
            sys.exit("a search took %.2f s while %s hung" % (longest, name))
    finally:
        os.kill(pid(data, name), signal.SIGCONT)
    print("%d searches while %s hung, none failed, the longest %.2f s" % (SEARCHES, name, longest))


def lose_and_search(binaries, data, server, name):
    """A replica that has lost its disk begins with a copy of the other's shards."""
    shutil.rmtree("%s/%s/data" % (data, name))
    kill_and_search(binaries, data, server, name)
    with open("%s/%s/log" % (data, name)) as log:
        if "shard copied from a replica" not in log.read():
            sys.exit("%s was not begun from a copy" % name)


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
            lose_and_search(binaries, data, server, "indexer-0")
            hang_and_search(binaries, data, server, "indexer-1")
            wait_for(lambda: "does not answer" not in subprocess.run(
                [binaries + "/tintinh", "top", "--once", "--processes", data + "/processes"], stdout=subprocess.PIPE,
                text=True).stdout, 30, "the indexer that hung")
            look(binaries, data, {"indexer-0": "serving", "indexer-1": "serving", "query-1": "serving"})
        finally:
            if cluster.poll() is None:
                cluster.send_signal(signal.SIGTERM)
            ended = cluster.wait(60)
        if ended != 0 or alive(data):
            sys.exit("stopping it ended with %d and left %s\n%s" % (ended, alive(data), said()))


main(sys.argv[1])
