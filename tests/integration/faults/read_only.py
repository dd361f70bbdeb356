"""A disk that has become read-only refuses puts, and says so; searches go on; mounted anew, nothing is lost.

While articles are put, the file system of a node finds an error and becomes read-only, as ext4 does. Promised: from then on
puts fail with a reason that names the disk and what is wrong with it; the node lives on and finds what it found before.
When the disk has been mounted anew and the node started again, puts succeed and every acknowledged article is there.
Started on the read-only disk, the node ends at once, and says why.

Debian's RocksDB 7.8 may abort by an assertion when a database whose disk refused a write is closed: for the end of the
node that is accepted here, as long as the next start is clean.

read_only.py BIN
"""
import signal
import sys
import tempfile

from loop_disk import LoopDisk
from puts import must_live, put
from searches import all_there, find
from service import Node, wait_for

BEFORE, MANY, REFUSED, AFTER = 150, 500, 12, 20  # stories put
DONE = (0, -signal.SIGABRT)


def fail_while_writing(node, disk, first):
    """Returns what was acknowledged until then."""
    writer = node.import_stories(first, MANY)
    wait_for(lambda: len(writer.acknowledged()) > MANY // 10, 30, "%d acknowledgements" % (MANY // 10))
    # A sync that is under way in this moment may succeed and yet be lost (Linux 6.18).
    writer.freeze()
    disk.become_read_only()
    writer.kill()
    must_live(node)
    return writer.acknowledged()


def be_refused(node, disk, first):
    writer = put(node, first, REFUSED)
    assert not writer.acknowledged(), "acknowledged on a read-only disk: %s" % writer.acknowledged()
    reasons = {answer["reason"] for _, outcome, answer in writer.outcomes()}
    assert reasons, "nothing was answered: " + writer.said()[-1500:]
    for reason in reasons:
        assert ("Read-only file system" in reason or "Input/output error" in reason) and disk.path in reason, reason
    print("read-only: %d refused: %s" % (REFUSED, sorted(reasons)[0]))


def end(node):
    ended = node.drain()
    assert ended in DONE, "the node ended with %d: %s" % (ended, node.said()[-1500:])


def fail_to_start(node, disk):
    node.launch()
    status = node.process.wait(30)
    last = node.said().splitlines()[-1]
    assert status == 1 and disk.path in last and "Read-only file system" in last, "ended with %d: %s" % (status, last)
    print("a start there: " + last)


def main():
    with tempfile.TemporaryDirectory() as directory:
        disk = LoopDisk(directory, "disk", 96)
        node = Node(sys.argv[1], directory + "/node", disk.path + "/data", "}\nnormalizer: {indexer: {deadline: 2s}")
        try:
            node.start()
            acknowledged = put(node, 0, BEFORE).acknowledged()
            assert len(acknowledged) == BEFORE
            acknowledged.update(fail_while_writing(node, disk, BEFORE))
            be_refused(node, disk, BEFORE + MANY)
            find(node, {number: acknowledged[number] for number in range(BEFORE)})
            end(node)
            fail_to_start(node, disk)
            disk.restore_power()
            node.start()
            acknowledged.update(put(node, BEFORE + MANY, AFTER).acknowledged())
            assert BEFORE + MANY in acknowledged, "no put succeeds on the repaired disk"
            all_there(node, acknowledged)
        finally:
            node.kill()
            disk.discard()


main()
