"""A control group of memory: a process that outgrows it is killed by the kernel, as a container's is."""
import os
import sys

ROOTS = ("/sys/fs/cgroup/memory", "/sys/fs/cgroup")


def root():
    """Where groups of memory can be made, of version 1 or 2. Ends the program as skipped where they cannot."""
    for path in ROOTS:
        limits = path == ROOTS[0] and os.path.exists(path + "/memory.limit_in_bytes")
        if (limits or "memory" in read(path + "/cgroup.subtree_control").split()) and os.access(path, os.W_OK):
            return path
    print("no control groups of memory can be made here")
    sys.exit(77)


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


class MemoryLimit:
    def __init__(self, name):
        self.path = "%s/%s-%d" % (root(), name, os.getpid())
        self.version_1 = self.path.startswith(ROOTS[0] + "/")
        os.mkdir(self.path)

    def prefix(self):
        """For a program that is to run in it."""
        return ["sh", "-c", 'echo $$ >"$0/cgroup.procs" && exec "$@"', self.path]

    def _write(self, name, value):
        with open("%s/%s" % (self.path, name), "w") as file:
            file.write(str(value))

    def set(self, limit):
        self._write("memory.limit_in_bytes" if self.version_1 else "memory.max", limit)

    def lift(self):
        self.set(-1 if self.version_1 else "max")

    def used(self):
        """Without what the kernel would take back."""
        numbers = dict(line.split() for line in read(self.path + "/memory.stat").splitlines())
        return int(numbers["rss" if self.version_1 else "anon"])

    def kills(self):
        lines = read("%s/%s" % (self.path, "memory.oom_control" if self.version_1 else "memory.events")).splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))

    def remove(self):
        """REQUIRES: its processes have ended."""
        if os.path.isdir(self.path):
            os.rmdir(self.path)
