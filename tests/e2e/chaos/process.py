"""A process of the cluster, in a namespace of its own: started, killed, stopped, cut off, and set going again."""
import os
import signal
import subprocess


class Process:
    """COMMAND runs in the namespace of the same name; what it says is appended to DIRECTORY/log."""

    def __init__(self, network, name, directory, command):
        self.network, self.name, self.directory, self.command = network, name, directory, command
        self.role = name.split("-")[0]
        self.process = None
        self.port_file = directory + "/ports"
        os.makedirs(directory, exist_ok=True)

    def launch(self):
        if os.path.exists(self.port_file):
            os.unlink(self.port_file)
        with open(self.directory + "/log", "a") as log:
            self.process = subprocess.Popen([*self.network.prefix(self.name), *self.command], stdout=log, stderr=log)

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def said(self):
        with open(self.directory + "/log", errors="replace") as log:
            return log.read()

    def end(self):
        if self.alive():
            self.process.kill()
            self.process.wait()

    def suffer(self, kind, peer):
        if kind == "kill":
            self.end()
        elif kind == "stop":
            self.process.send_signal(signal.SIGSTOP)
        elif kind == "cut":
            self.network.cut(self.name)
        else:
            self.network.part(self.name, peer.name)

    def heal(self, kind, peer):
        if kind == "kill":
            self.launch()
        elif kind == "stop":
            self.process.send_signal(signal.SIGCONT)
        elif kind == "cut":
            self.network.join(self.name)
        else:
            self.network.reunite(self.name, peer.name)
