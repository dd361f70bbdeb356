"""A tintinh-node of a build with a directory of its own, for tests that talk to it from outside."""
import json
import os
import signal
import subprocess
import sys
import time

POLL = 0.05


def wait_for(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("%s did not happen within %d s" % (what, seconds))
        time.sleep(POLL)


class Node:
    """Reads directory/sites.yaml, which is its user's to write, and logs to directory/node.log."""

    def __init__(self, binaries, directory, log_level="warn", port=0):
        self.binaries, self.directory, self.log_level, self.port = binaries, directory, log_level, port
        self.process, self.memory = None, []
        self.configure()

    def configure(self, crawler=""):
        """From the next start on; `crawler` is added to the crawler's settings."""
        with open(self.directory + "/node.yaml", "w") as file:
            file.write("data_directory: '%s/data'\nserver: {listen: '127.0.0.1:%d', port_file: '%s/ports', log_level: %s}\n"
                       "web: {http_listen: '127.0.0.1:0'}\ncrawler: {sites_file: '%s/sites.yaml', fetch_timeout: 3s, "
                       "user_agent: 'tintinh/0.1 (+https://vidu.vn/robot)', allowed_private_networks: ['127.0.0.0/8']%s}\n"
                       % (self.directory, self.port, self.directory, self.log_level, self.directory, crawler))

    def start(self):
        if os.path.exists(self.directory + "/ports"):
            os.unlink(self.directory + "/ports")
        with open(self.directory + "/node.log", "a") as log:
            self.process = subprocess.Popen([self.binaries + "/tintinh-node", "--config", self.directory + "/node.yaml"],
                                            stderr=log)
        wait_for(lambda: {"grpc", "web"} <= set(self.ports()), 30, "the node's start")

    def ports(self):
        if not os.path.exists(self.directory + "/ports"):
            return {}
        with open(self.directory + "/ports") as file:
            return dict(line.split() for line in file)

    def kill(self):
        self.sample()
        self.process.kill()
        self.process.wait()

    def drain(self):
        """Returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def sample(self):
        with open("/proc/%d/status" % self.process.pid) as file:
            self.memory += [int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS")]

    def ask(self, *command):
        out = subprocess.run([self.binaries + "/tintinh", "--server", "127.0.0.1:" + self.ports()["grpc"], "--json", *command],
                             capture_output=True, text=True, check=True).stdout
        return json.loads(out.splitlines()[-1])

    def articles(self):
        return sum(int(shard.get("articles", 0)) for shard in self.ask("status")["shards"])
