"""A replica that has become slow does not make searches slow.

Two indexers hold the same shards, one of them behind a proxy that can hand everything on 300 ms late. The query root hedges: a
call that is not answered within 50 ms is made to the other replica too. Promised: with the slow replica every search is
answered, whole, with the same hits as before, and sooner than the slow replica alone could. A second query root, which
does not hedge, must feel the delay, or there was none.

slow_peer.py BIN
"""
import json
import shutil
import sys
import tempfile

from service import SMALL_SHARDS, Service, wait_for
from slow_proxy import SlowProxy

STORIES = 200
SEARCHES, UNHEDGED = 20, 5
DELAY = 0.3
WORDS = ("mắc ca", "bài toán đầu ra", "thanh long", "chuyện dứa", "Sủng Là")


def fill(binaries, directory):
    """A data directory with articles in it, and nobody at work there."""
    indexer = Service(binaries, directory + "/first", "indexer", "data_directory: '%s/data-0'\n%s" % (directory, SMALL_SHARDS))
    normalizer = Service(binaries, directory + "/normalizer", "normalizer", "")
    try:
        indexer.start()
        normalizer.configure("indexer: {target: '%s'}" % indexer.address())
        normalizer.start()
        pages = normalizer.import_stories(0, STORIES)
        assert pages.wait(60) == 0 and len(pages.acknowledged()) == STORIES, pages.said()[-500:]
        assert indexer.drain() == 0
    finally:
        indexer.kill()
        normalizer.kill()
    shutil.copytree(directory + "/data-0", directory + "/data-1")


def root(binaries, directory, hedge_after, ports):
    addresses = ",".join("127.0.0.1:%s" % port for port in ports)
    return Service(binaries, "%s/query-%s" % (directory, hedge_after), "query",
                   "indexers: [{target: 'ipv4:%s'}]\nhedge_after: %s" % (addresses, hedge_after))


def search(query, number):
    """The ids of the hits and the seconds that the query root took."""
    status, out, err = query.command("search", "--exact-total", WORDS[number % len(WORDS)])
    assert status == 0, "a search failed: " + err
    answer = json.loads(out.splitlines()[-1])
    assert answer["shardsAnswered"] == answer["shardsAsked"] == 2 and not answer["notices"], answer
    return [hit["articleId"] for hit in answer["hits"]], float(answer["took"].rstrip("s"))


def measure(query, searches):
    """The hits of each search and how long the longest took."""
    found = [search(query, number) for number in range(searches)]
    return [hits for hits, _ in found], max(took for _, took in found)


def compare(hedging, patient, proxy):
    expected, quick = measure(hedging, SEARCHES)
    assert all(expected), "nothing is found"
    proxy.delay = DELAY
    found, hedged = measure(hedging, SEARCHES)
    assert found == expected, "the slow replica changed what is found"
    found, waited = measure(patient, UNHEDGED)
    assert found == expected[:UNHEDGED], "the slow replica changed what is found without hedging"
    print("the longest of %d searches: %.3f s; with a replica %.1f s late %.3f s, without hedging %.3f s"
          % (SEARCHES, quick, DELAY, hedged, waited))
    # There and back.
    assert waited >= 2 * DELAY, "the delay is not felt without hedging: this test could not fail"
    assert hedged < 2 * DELAY, "hedging does not help"


def main():
    binaries = sys.argv[1]
    with tempfile.TemporaryDirectory() as directory:
        fill(binaries, directory)
        services = [Service(binaries, "%s/indexer-%d" % (directory, i), "indexer",
                            "data_directory: '%s/data-%d'\n%s" % (directory, i, SMALL_SHARDS)) for i in range(2)]
        try:
            for indexer in services[:2]:
                indexer.start()
            proxy = SlowProxy(int(services[1].ports()["grpc"]))
            ports = (services[0].ports()["grpc"], proxy.port)
            services += [root(binaries, directory, after, ports) for after in ("0.05s", "0s")]
            for query in services[2:]:
                query.start()
                # Both replicas are connected to before one becomes slow.
                wait_for(lambda: search(query, 0), 20, "the first search")
            compare(services[2], services[3], proxy)
        finally:
            for service in services:
                service.kill()


if __name__ == "__main__":
    main()
