"""A crawl of the fake web by a node that is killed again and again; the web's access log is the referee.

usage: fake_web_crawl.py BIN_DIRECTORY [--seconds S] [--kill-every S]
"""
import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(HERE, "..", "support")
FAKE_WEB = os.path.join(SUPPORT, "fake_web")
sys.path[:0] = [SUPPORT, FAKE_WEB]
from access_log import articles_read, papers_read  # noqa: E402
from real_node import POLL, Node, wait_for  # noqa: E402


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


def settled(node, directory, expected):
    return len(papers_read(directory)) >= expected and int(node.ask("crawl", "status").get("outboxPages", 0)) == 0


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
            wait_for(lambda: settled(node, directory, expected), 300, "the reading of all %d articles" % expected)
            wait_for(lambda: node.articles() >= len(articles_read(directory)), 20, "the indexing of what was read")
            node.sample()
            stored = node.articles()
            drained = node.drain()
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
