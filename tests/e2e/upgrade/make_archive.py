"""Makes what a release leaves behind: a small data directory of every format, packed, and what was in it. README.md says when.

make_archive.py BIN RELEASE

Writes RELEASE.tar.gz and RELEASE.json beside this program. BIN is a folder with tintinh-node and tintinh of that release.
"""
import json
import os
import sys
import tarfile
import tempfile
import time

import scene
import kafka_brokers
from real_node import wait_for

FLUSHED, CORRECTED, DELETED, LATER = range(20), 5, 7, range(20, 26)
LATER_CORRECTED, LATER_DELETED = 6, 8


def crawl(node, servers):
    """Both papers that answer are read, the third refuses; then one is paused and goes on publishing."""
    wait_for(lambda: "blockedUntil" in scene.sites(node)[scene.BLOCKED], 30, "the refusal")
    of = {site: [servers[site].paper.number(n) for n in range(scene.CRAWLED)] for site in (scene.OPEN, scene.PAUSED)}
    numbers = [number for one in of.values() for number in one]
    wait_for(lambda: all(scene.found(node, number) for number in numbers), 60, "the crawl")
    assert node.command("crawl", "pause", scene.PAUSED)[0] == 0
    servers[scene.PAUSED].paper.publish()
    return {number: [scene.found(node, number)[0], 1] for number in numbers}


def fill(node, servers):
    """Segments on disk with a correction and a deletion in them, then a log with one more of each. Returns number → id and
    version of what is there, and number → id of what was deleted."""
    node.start()
    there = {number: [article, 1] for number, article in scene.put(node, FLUSHED).items()}
    there.update(crawl(node, servers))
    assert node.drain() == 0
    gone = {}
    node.start()
    for corrected, deleted in ((CORRECTED, DELETED), (LATER_CORRECTED, LATER_DELETED)):
        there[corrected] = [scene.put(node, [corrected], 2)[corrected], 2]
        gone[deleted] = there.pop(deleted)[0]
        scene.delete(node, gone[deleted])
        if deleted == DELETED:
            assert node.drain() == 0
            node.start()
    there.update({number: [article, 1] for number, article in scene.put(node, LATER).items()})
    return there, gone


def settled(node):
    shards = scene.shards(node)
    return all(shard["appliedPosition"] == shard["logLastPosition"] for shard in shards)


def note(node, release, there, gone):
    wait_for(lambda: settled(node), 10, "the applying of the log")
    for shard in scene.shards(node):
        assert int(shard["segments"]) > 0 and int(shard["memorySegmentBytes"]) > 0, "a shard is all in one place: %s" % shard
    return {"release": release, "made": int(time.time()), "articles": there, "deleted": gone, "digests": scene.digests(node),
            "blocked_until": scene.sites(node)[scene.BLOCKED]["blockedUntil"]}


def pack(directory, path):
    """Without RocksDB's notes for people: which options it had, and what it did."""
    keep = lambda entry: None if os.path.basename(entry.name).startswith(("LOG", "OPTIONS")) else entry
    with tarfile.open(path, "w:gz", compresslevel=9) as archive:
        archive.add(directory + "/data", "data", filter=keep)
    print("%s: %d bytes" % (path, os.path.getsize(path)))


def main():
    binaries, release = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as directory:
        ports = {site: kafka_brokers.free_base(1) for site in scene.PAPERS}
        servers = scene.open_papers(ports, {scene.BLOCKED: scene.RefusingPaper})
        for server in servers.values():
            for _ in range(scene.CRAWLED):
                server.paper.publish()
        node = scene.make_node(binaries, directory, servers, "16MiB")
        try:
            noted = dict(note(node, release, *fill(node, servers)), ports=ports)
            node.kill()
            with open("%s/%s.json" % (scene.HERE, release), "w") as file:
                json.dump(noted, file, indent=1, sort_keys=True)
                file.write("\n")
            pack(directory, "%s/%s.tar.gz" % (scene.HERE, release))
        finally:
            node.kill()
            for server in servers.values():
                server.stop()


main()
