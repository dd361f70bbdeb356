"""A full disk refuses what it cannot keep, and says so; searches go on; with room again, so do puts.

A node's disk is filled to its last block. Promised: puts are acknowledged as long as they fit into room that is reserved
already, then fail with a reason that names the disk and the lack of space; the node lives on and finds what it found
before. When room has been made, puts succeed again within half a minute, at the latest after a restart: RocksDB may have
given up on a database whose disk was full. In the end every acknowledged article is there.

Debian's RocksDB 7.8 may abort by an assertion when such a database is closed: for the end of the node that is accepted
here, as long as the next start is clean.

disk_full.py BIN
"""
import signal
import sys
import tempfile

from loop_disk import LoopDisk
from puts import put
from searches import all_there, find
from service import Node, wait_for

BEFORE, REFUSED, AFTER = 150, 24, 20  # stories put
PATIENCE = 30
DONE = (0, -signal.SIGABRT)


def be_refused(node, disk):
    """Returns what was acknowledged on the full disk."""
    writer = put(node, BEFORE, REFUSED)
    reasons = {answer["reason"] for _, outcome, answer in writer.outcomes() if outcome == "OUTCOME_FAILED"}
    assert reasons, "the full disk refused nothing: this test could not fail: " + writer.said()[-1500:]
    for reason in reasons:
        assert "No space left on device" in reason and disk.path in reason, reason
    heard = writer.acknowledged()
    print("on the full disk: %d acknowledged, %d refused: %s" % (len(heard), REFUSED - len(heard), sorted(reasons)[0]))
    return heard


def put_again(node):
    """Returns the acknowledged; restarts the node if it must."""
    heard, tries = {}, [0]

    def all_accepted():
        tries[0] += 1
        heard.update(put(node, BEFORE + REFUSED * tries[0], AFTER).acknowledged())
        return len(heard) >= AFTER

    try:
        wait_for(all_accepted, PATIENCE, "a put after room was made")
        print("with room: puts succeed after %d tries" % tries[0])
    except SystemExit:
        restart(node)
        assert all_accepted(), "no put succeeds after a restart either"
        print("with room: puts succeed after a restart")
    return heard


def restart(node):
    ended = node.drain()
    assert ended in DONE, "the node ended with %d: %s" % (ended, node.said()[-1500:])
    node.start()


def main():
    with tempfile.TemporaryDirectory() as directory:
        disk = LoopDisk(directory, "disk", 96)
        node = Node(sys.argv[1], directory + "/node", disk.path + "/data", "}\nnormalizer: {indexer: {deadline: 2s}")
        try:
            node.start()
            acknowledged = put(node, 0, BEFORE).acknowledged()
            assert len(acknowledged) == BEFORE
            # A database that has just been opened has no room reserved for its write-ahead log.
            restart(node)
            disk.fill()
            acknowledged.update(be_refused(node, disk))
            find(node, {number: acknowledged[number] for number in range(BEFORE)})
            disk.make_room()
            acknowledged.update(put_again(node))
            restart(node)
            all_there(node, acknowledged)
        finally:
            node.kill()
            disk.discard()


main()
