"""A small ext4 file system in a file, which can lose its power, be full, or become read-only."""
import errno
import fcntl
import os
import shutil
import struct
import subprocess
import sys
import time

SKIPPED = 77
EXT4_IOC_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
NO_LOG_FLUSH = 2
PATIENCE = 20


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise OSError("%s: %s" % (" ".join(command), done.stdout.strip()))


def require():
    """Ends the program as skipped where file systems cannot be made and mounted."""
    if os.geteuid() != 0:
        print("mounting needs root")
        sys.exit(SKIPPED)
    for tool in ("mkfs.ext4", "mount", "umount"):
        if shutil.which(tool) is None:
            print("no %s on this machine: ./deploy/install-packages test" % tool)
            sys.exit(SKIPPED)


class LoopDisk:
    """Mounted at directory/NAME from directory/NAME.ext4. Ends the program as skipped where loop mounts are refused."""

    def __init__(self, directory, name, megabytes):
        require()
        self.image, self.path = "%s/%s.ext4" % (directory, name), "%s/%s" % (directory, name)
        os.makedirs(self.path)
        with open(self.image, "wb") as file:
            file.truncate(megabytes << 20)
        # No block is kept for root alone: a full disk is full for a test that runs as root too.
        run("mkfs.ext4", "-q", "-F", "-m", "0", self.image)
        self.mounted = False
        try:
            self.mount()
        except OSError as refused:
            print("no loop mounts here: %s" % refused)
            sys.exit(SKIPPED)

    def mount(self):
        run("mount", "-o", "loop", self.image, self.path)
        self.mounted = True

    def unmount(self):
        if self.mounted:
            run("umount", self.path)
            self.mounted = False

    def sync(self):
        run("sync", "-f", self.path)

    def cut_power(self):
        """From now on nothing reaches the image, neither what waits to be written nor the journal of what was written."""
        with_no_flush = struct.pack("I", NO_LOG_FLUSH)
        root = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(root, EXT4_IOC_SHUTDOWN, with_no_flush)
        finally:
            os.close(root)

    def restore_power(self):
        """The journal is replayed. REQUIRES: who has files here is gone or has been killed."""
        deadline = time.monotonic() + PATIENCE
        while self.mounted:
            try:
                self.unmount()
            except OSError:
                # The kernel takes the files of the killed from them in its own time.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.mount()

    def become_read_only(self):
        """As ext4 does when it finds an error, under the feet of whoever is writing; ends with restore_power."""
        run("mount", "-o", "remount,abort", self.path)

    def fill(self):
        """Leaves not a block."""
        self.sync()
        with open(self.path + "/ballast", "wb", buffering=0) as file:
            for size in (1 << 16, 1 << 10, 1):
                try:
                    while file.write(bytes(size)):
                        continue
                except OSError as refused:
                    if refused.errno != errno.ENOSPC:
                        raise

    def make_room(self):
        os.unlink(self.path + "/ballast")

    def discard(self):
        """For the end of a test: what cannot be unmounted now is as soon as its last process is gone."""
        if self.mounted:
            subprocess.run(["umount", "-l", self.path], check=False)
            self.mounted = False
