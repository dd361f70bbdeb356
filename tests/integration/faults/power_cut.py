"""A power cut loses nothing that was acknowledged: the embedded log.

An indexer's data is on a file system of its own. While two imports put articles by a normalizer, that file system loses its
power at a seeded moment: neither dirty pages nor the journal of recent writes reach it, and every process is killed. After
the journal's replay the indexer must start and have every article that was acknowledged, those of earlier rounds too. A file
written without fsync beside the data must be gone, or the cut was none.

power_cut.py BIN [--rounds N] [--seed S]
"""
import argparse
import random
import tempfile
import time

import canary
import stories
from loop_disk import LoopDisk
from service import Chain, wait_for

STORIES_A_WRITER = 500
WRITERS = 2


def cut_while_writing(chain, disk, first, wanted, delay):
    """Cuts the power `delay` seconds after that many acknowledgements; returns all there were."""
    canary.write_synced(disk.path)
    writers = [chain.normalizer.import_stories(first + i * STORIES_A_WRITER, STORIES_A_WRITER) for i in range(WRITERS)]
    try:
        wait_for(lambda: len(stories.all_acknowledged(writers)) >= wanted, 60, "%d acknowledgements" % wanted)
        canary.write_unsynced(disk.path)
        time.sleep(delay)
        # A sync that is under way in this moment may succeed and yet be lost (Linux 6.18): without power nobody would hear.
        for writer in writers:
            writer.freeze()
        disk.cut_power()
    finally:
        chain.kill()
        for writer in writers:
            writer.kill()
    acknowledged = stories.all_acknowledged(writers)
    assert len(acknowledged) < WRITERS * STORIES_A_WRITER, "the cut came after the last article"
    return acknowledged


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    flags = parser.parse_args()
    moments = random.Random(flags.seed)
    with tempfile.TemporaryDirectory() as directory:
        disk = LoopDisk(directory, "disk", 256)
        chain = Chain(flags.bin, directory, disk.path + "/data")
        try:
            chain.start()
            acknowledged = {}
            for number in range(flags.rounds):
                first = number * WRITERS * STORIES_A_WRITER
                wanted, delay = moments.randrange(50, 400), moments.random() * 0.05
                heard = cut_while_writing(chain, disk, first, wanted, delay)
                acknowledged.update(heard)
                disk.restore_power()
                canary.check(disk.path)
                began = time.monotonic()
                chain.start()
                lost = chain.missing(acknowledged)
                print("cut %d after %d acknowledgements: back in %.1f s, %d of %d acknowledged articles lost"
                      % (number + 1, len(heard), time.monotonic() - began, len(lost), len(acknowledged)), flush=True)
                assert not lost, "seed %d: lost %s" % (flags.seed, lost[:20])
            assert chain.indexer.drain() == 0
        finally:
            chain.kill()
            disk.discard()


main()
