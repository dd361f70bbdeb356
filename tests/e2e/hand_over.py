"""A second crawler joins the first and is handed half of the fake web: nothing is fetched twice, no host is asked early, and
until the first has let go the second visits nothing. Judged by the web's access log.

usage: hand_over.py BIN_DIRECTORY
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(HERE, "..", "support")
FAKE_WEB = os.path.join(SUPPORT, "fake_web")
sys.path[:0] = [SUPPORT, FAKE_WEB]
from access_log import papers_read  # noqa: E402
from real_node import Node, wait_for  # noqa: E402

SECONDS, PUBLISH_EVERY = 30, 6
PAPERS = 20
EXPECTED = PAPERS * (8 + SECONDS // PUBLISH_EVERY)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sites(node):
    return node.ask("crawl", "status")["sites"]


def awaited(node):
    return [site["site"] for site in sites(node) if site.get("awaitsHandOver")]


def members(names, own, ports):
    targets = ", ".join("{target: '127.0.0.1:%d'}" % ports[name] for name in names)
    return ", members: [%s], member: %s, member_targets: [%s]" % (", ".join(names), own, targets)


def make_node(binaries, web, name, ports):
    directory = os.path.join(web, name)
    os.makedirs(directory)
    shutil.copy(web + "/sites.yaml", directory)
    return Node(binaries, directory, port=ports[name])


def share(first, second, ports):
    """From one crawler to two, one restart after the other."""
    second.configure(members(["a", "b"], "b", ports))
    second.start()
    moving = awaited(second)
    assert 0 < len(moving) == len(sites(second)), "the second visits nothing while the first has every site"
    first.configure(members(["a", "b"], "a", ports))
    assert first.drain() == 0
    first.start()
    assert not awaited(first), "what stays is not waited for"
    wait_for(lambda: not awaited(second), 60, "the handing over of %d sites" % len(moving))
    return moving


def settled(nodes, web):
    return len(papers_read(web)) >= EXPECTED and all(
        int(node.ask("crawl", "status").get("outboxPages", 0)) == 0 for node in nodes)


def main():
    binaries = sys.argv[1]
    ports = {"a": free_port(), "b": free_port()}
    with tempfile.TemporaryDirectory() as web:
        server = subprocess.Popen([sys.executable, FAKE_WEB + "/fake_web.py", web, "--duration", str(SECONDS),
                                   "--publish-every", str(PUBLISH_EVERY)])
        nodes = []
        try:
            wait_for(lambda: os.path.exists(web + "/ready"), 20, "the fake web's start")
            nodes = [make_node(binaries, web, name, ports) for name in ("a", "b")]
            nodes[0].configure(members(["a"], "a", ports))
            nodes[0].start()
            wait_for(lambda: len(papers_read(web)) > EXPECTED // 4, 60, "the first crawler's first quarter")
            moved = share(*nodes, ports)
            wait_for(lambda: settled(nodes, web), 150, "the reading of all %d articles" % EXPECTED)
            visited = {site["site"] for site in sites(nodes[1]) if int(site.get("fetches", 0)) > 0}
            drained = [node.drain() for node in nodes]
            referee = subprocess.run([sys.executable, FAKE_WEB + "/referee.py", web, "--lost", "0"])
            print(json.dumps({"moved": len(moved), "visited_by_the_second": len(visited), "read": len(papers_read(web))}))
            sys.exit(0 if (drained, referee.returncode, visited) == ([0, 0], 0, set(moved)) else 1)
        finally:
            server.kill()
            for node in nodes:
                if node.process and node.process.poll() is None:
                    node.process.kill()


main()
