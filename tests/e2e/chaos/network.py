"""Network namespaces on one bridge, each with a link that can be cut, and each pair of which can be parted.

Every namespace has an address in 127.0.2.0/24, which the kernel routes between them here: services talk in plain text to
loopback addresses only. Runs in a namespace of its own (`enter`), so that nothing outside is touched and nothing stays behind.
"""
import os
import random
import shutil
import socket
import subprocess
import sys

INSIDE = "TINTINH_CHAOS_INSIDE"
SERVICES, WEB = "127.0.2.0/24", "127.0.1.0/24"
ROUTED = "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet"
NOBODY = "02:00:00:00:00:00"
HELD_PORT = 6999
KINDS = ("cut", "part")  # of faults, that need namespaces


def enter():
    """Goes on as the same program, first of new network, process and mount namespaces; all end with it. False: not here."""
    if os.environ.get(INSIDE):
        return True
    if any(shutil.which(tool) is None for tool in ("ip", "unshare", "nsenter")):
        return False
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    apart = ["unshare", *user, "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if subprocess.run([*apart, "sh", "-c", "ip link add probe type bridge && " + ROUTED], capture_output=True).returncode != 0:
        return False
    sys.stdout.flush()
    os.execvpe("unshare", [*apart, sys.executable, *sys.argv], dict(os.environ, **{INSIDE: "1"}))


def ip(*words):
    subprocess.run(["ip", *words], check=True)


class Network:
    def __init__(self):
        os.makedirs("/run/netns", exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "namespaces", "/run/netns"], check=True)
        self.names, self.here = {}, "127.0.2.1"
        ip("link", "set", "lo", "up")
        ip("link", "add", "hub", "type", "bridge")
        self.settle([], "hub", self.here, (SERVICES, WEB))

    def settle(self, prefix, device, address, networks):
        """The device's address, and the routes that lead past `lo`, where all of 127.0.0.0/8 is otherwise."""
        run = lambda *words: subprocess.run([*prefix, *words], check=True)
        run("sh", "-c", ROUTED)
        run("ip", "addr", "add", address + "/24", "dev", device)
        run("ip", "link", "set", device, "up")
        for network in networks:
            run("ip", "route", "add", network, "dev", device, "src", address, "table", "local")

    def add(self, name, number, is_web=False):
        """A namespace; returns its address. The web's has all of 127.0.1.0/24."""
        address = "127.0.2.%d" % number
        self.names[name] = address
        ip("netns", "add", name)
        ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
        ip("link", "set", name, "master", "hub", "up")
        ip("-n", name, "link", "set", "lo", "up")
        self.settle(self.prefix(name), "eth0", address, (SERVICES,) if is_web else (SERVICES, WEB))
        return address

    def prefix(self, name):
        """What goes before a command that is to run there."""
        return ["nsenter", "--net=/run/netns/" + name]

    # The bridge's end of the pair: the other end keeps its routes.
    def cut(self, name):
        ip("link", "set", name, "down")

    def join(self, name):
        ip("link", "set", name, "up")

    # Neither end is told: what it sends goes to a station that is not there.
    def part(self, name, other):
        for one, address in ((name, self.names[other]), (other, self.names[name])):
            ip("-n", one, "neigh", "replace", address, "lladdr", NOBODY, "nud", "permanent", "dev", "eth0")

    def reunite(self, name, other):
        for one, address in ((name, self.names[other]), (other, self.names[name])):
            ip("-n", one, "neigh", "del", address, "dev", "eth0")


class Loopback:
    """Instead of a Network: addresses of this machine's loopback, of a net that nobody listens in. Nothing can be cut."""

    def __init__(self):
        while True:
            self.net = "127.%d.%d." % (random.randrange(16, 255), random.randrange(256))
            if self.free(self.net + "1"):
                break
        self.here = self.net + "1"

    def free(self, address):
        """Holds it, so that no other run takes the same net."""
        self.held = socket.socket()
        try:
            self.held.bind((address, HELD_PORT))
        except OSError:
            return False
        return True

    def add(self, name, number, is_web=False):
        return self.net + str(number)

    def prefix(self, name):
        return []
