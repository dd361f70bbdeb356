"""A crawl of the fake web by a node that is killed again and again; the web's access log is the referee.

usage: fake_web_crawl.py BIN_DIRECTORY [--seconds S] [--kill-every S]
"""
import argparse
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FAKE_WEB = os.path.join(HERE, "..", "support", "fake_web")
POLL = 0.05


def wait_for(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("%s did not happen within %d s" % (what, seconds))
        time.sleep(POLL)


class Node:
    def __init__(self, binaries, directory):
        self.binaries, self.directory = binaries, directory
        self.process, self.memory = None, []
        with open(directory + "/node.yaml", "w") as file:
            file.write("data_directory: '%s/data'\nserver: {listen: '127.0.0.1:0', port_file: '%s/ports', log_level: warn}\n"
                       "web: {http_listen: '127.0.0.1:0'}\ncrawler: {sites_file: '%s/sites.yaml', fetch_timeout: 3s, "
                       "user_agent: 'tintinh/0.1 (+https://vidu.vn/robot)', allowed_private_networks: ['127.0.0.0/8']}\n"
                       % (directory, directory, directory))

    def start(self):
        if os.path.exists(self.directory + "/ports"):
            os.unlink(self.directory + "/ports")
        log = open(self.directory + "/node.log", "a")
        self.process = subprocess.Popen([self.binaries + "/tintinh-node", "--config", self.directory + "/node.yaml"], stderr=log)
        wait_for(lambda: os.path.exists(self.directory + "/ports") and "grpc" in open(self.directory + "/ports").read(), 30,
                 "the node's start")

    def kill(self):
        self.sample()
        self.process.kill()
        self.process.wait()

    def sample(self):
        with open("/proc/%d/status" % self.process.pid) as file:
            self.memory += [int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS")]

    def ask(self, *command):
        ports = dict(line.split() for line in open(self.directory + "/ports"))
        out = subprocess.run([self.binaries + "/tintinh", "--server", "127.0.0.1:" + ports["grpc"], "--json", *command],
                             capture_output=True, text=True, check=True).stdout
        return json.loads(out.splitlines()[-1])

    def articles(self):
        return sum(int(shard.get("articles", 0)) for shard in self.ask("status")["shards"])


def crawl(node, seconds, kill_every):
    """Returns how often the node was killed."""
    kills = 0
    end = time.monotonic() + seconds
    node.start()
    while time.monotonic() < end:
        time.sleep(min(kill_every, max(POLL, end - time.monotonic())))
        node.kill()
        kills += 1
        node.start()
    return kills


def articles_read(directory):
    """Of all servers, by host and address without the slugs that stand for the same article."""
    seen = set()
    with open(directory + "/access.jsonl") as file:
        for entry in map(json.loads, file):
            if entry["status"] == 200 and (entry.get("version") or entry["path"] == "/tot.html"):
                seen.add((entry["host"], entry["path"].replace("-amp.", ".").replace("-in.", ".")))
    return seen


def settled(node, directory, expected):
    papers = [path for _, path in articles_read(directory) if path != "/tot.html"]
    return len(papers) >= expected and int(node.ask("crawl", "status").get("outbox_pages", 0)) == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binaries")
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--kill-every", type=float, default=10)
    parser.add_argument("--keep", metavar="DIRECTORY", help="where logs and data stay to be looked at; must not exist")
    arguments = parser.parse_args()
    publish_every = 6
    if arguments.keep:
        os.makedirs(arguments.keep)
    with contextlib.nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory() as directory:
        web = subprocess.Popen([sys.executable, FAKE_WEB + "/fake_web.py", directory, "--duration", str(arguments.seconds),
                                "--publish-every", str(publish_every)])
        node = Node(arguments.binaries, directory)
        try:
            wait_for(lambda: os.path.exists(directory + "/ready"), 20, "the fake web's start")
            kills = crawl(node, arguments.seconds, arguments.kill_every)
            expected = 20 * (8 + int(arguments.seconds / publish_every))
            wait_for(lambda: settled(node, directory, expected), 150, "the reading of all %d articles" % expected)
            wait_for(lambda: node.articles() >= len(articles_read(directory)), 20, "the indexing of what was read")
            node.sample()
            stored = node.articles()
            node.process.send_signal(signal.SIGTERM)
            drained = node.process.wait(30)
            referee = subprocess.run([sys.executable, FAKE_WEB + "/referee.py", directory, "--lost", str(kills)])
            read = len(articles_read(directory))
            print("killed %d times; %d articles read, %d stored; memory %s MB, median %d" %
                  (kills, read, stored, node.memory, statistics.median(node.memory)))
            sys.exit(0 if (stored, drained, referee.returncode) == (read, 0, 0) else 1)
        finally:
            web.kill()
            if node.process.poll() is None:
                node.process.kill()


main()
