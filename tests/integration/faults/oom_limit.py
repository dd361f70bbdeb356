"""An indexer that its memory limit kills starts again and has everything that it acknowledged.

A chain's indexer runs in a control group of memory and keeps what is put in memory, up to 64 MiB a shard. Its limit is set a
few megabytes above what it uses, and articles are put until the kernel kills it. Promised: callers are told (a put fails,
none hangs), a start without the limit replays the log and has every acknowledged article, and puts go on.

oom_limit.py BIN
"""
import signal
import sys
import tempfile

from memory_limit import MemoryLimit
from service import Chain, wait_for

LEEWAY = 6 << 20
ROUND = 100
ROUNDS = 40
LARGE_SHARDS = "shards: 2\nmemory_segment_bytes: 64MiB\nblock_cache_bytes: 8MiB"


def confine(chain, limit, data):
    chain.indexer.prefix = limit.prefix()
    chain.indexer.configure("data_directory: '%s'\n%s" % (data, LARGE_SHARDS))


def be_quick_to_refuse(chain):
    """The normalizer offers an article again until its deadline: ten seconds unless configured otherwise."""
    chain.normalizer.kill()
    chain.normalizer.configure("indexer: {target: '%s', deadline: 1s}" % chain.indexer.address())
    chain.normalizer.start()


def put_until_killed(chain, limit, acknowledged):
    limit.set(limit.used() + LEEWAY)
    for number in range(ROUNDS):
        pages = chain.normalizer.import_stories(1000 + number * ROUND, ROUND)
        try:
            pages.wait(90)
        finally:
            pages.kill()
        acknowledged.update(pages.acknowledged())
        if limit.kills() > 0:
            outcomes = [outcome for _, outcome, _ in pages.outcomes()]
            assert "OUTCOME_FAILED" in outcomes or len(outcomes) < ROUND, "nobody was told"
            return
    sys.exit("%d articles fit into %d bytes: this test could not fail" % (ROUNDS * ROUND, LEEWAY))


def live_through(chain, limit):
    chain.start()
    be_quick_to_refuse(chain)
    acknowledged = dict(chain_put(chain, 0, 50))
    put_until_killed(chain, limit, acknowledged)
    wait_for(lambda: not chain.indexer.alive(), 10, "the end of the indexer")
    assert chain.indexer.process.returncode == -signal.SIGKILL, "the indexer ended with %d" % chain.indexer.process.returncode
    chain.kill()
    limit.lift()
    chain.start()
    lost = chain.missing(acknowledged)
    assert not lost, "lost %s" % lost[:20]
    assert len(chain_put(chain, 90_000, 20)) == 20, "puts do not go on"
    assert chain.indexer.drain() == 0
    print("killed by its limit after %d acknowledged articles; started again, none lost" % len(acknowledged))


def chain_put(chain, first, count):
    pages = chain.normalizer.import_stories(first, count)
    pages.wait(60)
    return pages.acknowledged()


def main():
    with tempfile.TemporaryDirectory() as directory:
        limit = MemoryLimit("tintinh-oom")
        chain = Chain(sys.argv[1], directory, directory + "/data")
        confine(chain, limit, directory + "/data")
        try:
            live_through(chain, limit)
        finally:
            chain.kill()
            limit.remove()


main()
