"""Two files beside the data, one of them synced: after a power cut they tell whether the cut was one."""
import os

BYTES = b"x" * 10_000


def write_synced(directory):
    """Long before the cut: a sync commits the journal for everybody, and would help who did not sync."""
    with open(directory + "/synced", "wb") as file:
        file.write(BYTES)
        file.flush()
        os.fsync(file.fileno())


def write_unsynced(directory):
    # A new file each time: ext4 writes out what replaces older content.
    if os.path.exists(directory + "/unsynced"):
        os.unlink(directory + "/unsynced")
    with open(directory + "/unsynced", "wb") as file:
        file.write(BYTES)


def read(path):
    if not os.path.exists(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def check(directory):
    assert read(directory + "/synced") == BYTES, "the cut lost what was synced: no power cut does that"
    assert read(directory + "/unsynced") != BYTES, "the cut lost nothing: this test could not fail"
