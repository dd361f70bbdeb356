"""A real service of a build, its settings and what it says in a directory of its own."""
import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support"))
import stories
from real_node import wait_for


# So that flushes, merges and trims happen in the seconds of a test.
SMALL_SHARDS = "shards: 2\nmemory_segment_bytes: 256KiB\nblock_cache_bytes: 8MiB"


class Service:
    """KIND is node, indexer, query, …; SETTINGS is YAML beside the server section. PREFIX goes before the program."""

    def __init__(self, binaries, directory, kind, settings, prefix=(), environment=None):
        self.binaries, self.directory, self.kind, self.prefix = binaries, directory, kind, list(prefix)
        self.environment = dict(os.environ, **(environment or {}))
        self.process = None
        os.makedirs(directory, exist_ok=True)
        self.configure(settings)

    def configure(self, settings):
        """From the next start on."""
        with open(self.directory + "/config.yaml", "w") as file:
            file.write("server: {listen: '127.0.0.1:0', port_file: '%s/ports', log_level: warn}\n%s\n"
                       % (self.directory, settings))

    def launch(self):
        if os.path.exists(self.directory + "/ports"):
            os.unlink(self.directory + "/ports")
        with open(self.directory + "/log", "a") as log:
            self.process = subprocess.Popen(
                [*self.prefix, "%s/tintinh-%s" % (self.binaries, self.kind), "--config", self.directory + "/config.yaml"],
                stderr=log, env=self.environment)

    def start(self, seconds=30):
        self.launch()
        wait_for(lambda: self.serving() or self.process.poll() is not None, seconds, "the start of the " + self.kind)
        if self.process.poll() is not None:
            sys.exit("the %s ended with %d:\n%s" % (self.kind, self.process.returncode, self.said()[-3000:]))

    def serving(self):
        return ({"grpc", "web"} if self.kind in ("node", "web") else {"grpc"}) <= set(self.ports())

    def ports(self):
        if not os.path.exists(self.directory + "/ports"):
            return {}
        with open(self.directory + "/ports") as file:
            return dict(line.split() for line in file)

    def address(self):
        return "127.0.0.1:" + self.ports()["grpc"]

    def said(self):
        with open(self.directory + "/log") as file:
            return file.read()

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        if self.alive():
            self.process.kill()
        if self.process is not None:
            self.process.wait()

    def drain(self, seconds=30):
        """Returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def command(self, *words, timeout="10"):
        """What `tintinh --json` answers: exit status, standard output, standard error."""
        done = subprocess.run([self.binaries + "/tintinh", "--server", self.address(), "--json", "--timeout", timeout, *words],
                              capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def ask(self, *words):
        status, out, err = self.command(*words)
        if status != 0:
            sys.exit("tintinh %s ended with %d: %s%s" % (" ".join(words), status, out, err))
        return json.loads(out.splitlines()[-1])

    def import_stories(self, first, count, more=0):
        pages = stories.write(self.directory + "/pages", first, count, more)
        return stories.Import(self.binaries, self.address(), pages, "%s/import-%d.out" % (self.directory, first))


class Node(Service):
    """All services in one process, with its data where it is told."""

    def __init__(self, binaries, directory, data, indexer="", **more):
        settings = ("data_directory: '%s'\nweb: {http_listen: '127.0.0.1:0'}\n"
                    "indexer: {%s%s}" % (data, SMALL_SHARDS.replace("\n", ", "), indexer))
        super().__init__(binaries, directory, "node", settings, **more)

    def missing(self, acknowledged):
        return stories.missing(self.ports()["web"], acknowledged)


class Chain:
    """Indexer, normalizer, query root and web server, a process each."""

    def __init__(self, binaries, directory, data):
        make = lambda kind, settings: Service(binaries, directory + "/" + kind, kind, settings)
        self.indexer = make("indexer", "data_directory: '%s'\n%s" % (data, SMALL_SHARDS))
        self.normalizer, self.query, self.web = make("normalizer", ""), make("query", ""), make("web", "")

    def start(self):
        self.indexer.start()
        self.normalizer.configure("indexer: " + peer(self.indexer))
        self.normalizer.start()
        self.query.configure("indexers: [%s]" % peer(self.indexer))
        self.query.start()
        # There is no crawler, and nobody asks for one.
        self.web.configure("http_listen: '127.0.0.1:0'\nindexer: %s\nquery: %s\ncrawler: %s"
                           % (peer(self.indexer), peer(self.query), peer(self.query)))
        self.web.start()

    def kill(self):
        for service in (self.indexer, self.normalizer, self.query, self.web):
            service.kill()

    def missing(self, acknowledged):
        return stories.missing(self.web.ports()["web"], acknowledged)


def peer(service):
    return "{target: '%s'}" % service.address()
