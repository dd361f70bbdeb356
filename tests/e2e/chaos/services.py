"""The services of the cluster: replicas, normalizers, query roots, crawlers, each a process in a namespace of its own."""
from brokers import TOPIC
from process import Process

SHARDS, REPLICAS, PORT = 4, 2, 7000
PAIR = (0, 1)
SPLIT_PORT, JUDGE_PORT = 7100, 7200


def target(hosts):
    return "ipv4:" + ",".join("%s:%d" % (host, PORT) for host in hosts)


class Services:
    def __init__(self, network, binaries, directory, bootstrap, sites_file):
        self.network, self.binaries, self.directory, self.bootstrap = network, binaries, directory, bootstrap
        self.hosts = {kind: [network.add("%s-%d" % (kind, n), first + n) for n in PAIR]
                      for kind, first in (("indexer", 20), ("normalizer", 30), ("query", 40), ("crawler", 50))}
        self.targets = {kind: target(hosts) for kind, hosts in self.hosts.items()}
        self.processes = [self.service(kind, n, settings) for kind, settings in (
            ("indexer", self.indexer), ("normalizer", lambda n: "indexer: {target: '%s'}" % self.targets["indexer"]),
            ("query", lambda n: "indexers: [{target: '%s'}]" % self.targets["indexer"]),
            ("crawler", lambda n: self.crawler(n, sites_file))) for n in PAIR]
        self.roots = []
        with open(directory + "/processes", "w") as file:
            file.writelines("%s-%d %s:%d\n" % (kind, n, host, PORT) for kind, hosts in self.hosts.items()
                            for n, host in enumerate(hosts))

    def configure(self, name, listen, settings):
        """Returns the command that runs with it."""
        home = "%s/%s" % (self.directory, name)
        process = Process(self.network, name, home, [])
        with open(home + "/config.yaml", "w") as file:
            file.write("server: {listen: '%s', port_file: '%s'}\n%s\n" % (listen, process.port_file, settings))
        process.command = ["%s/tintinh-%s" % (self.binaries, name.split("-")[0]), "--config", home + "/config.yaml"]
        return process

    def service(self, kind, number, settings):
        return self.configure("%s-%d" % (kind, number), "%s:%d" % (self.hosts[kind][number], PORT), settings(number))

    def indexer(self, number):
        # Small, so that segments are written and merged within the run.
        return ("data_directory: '%s/indexer-%d/data'\nshards: %d\nkafka: {brokers: [%s], topic: %s}\n"
                "memory_segment_bytes: 1MiB\nblock_cache_bytes: 32MiB\nbootstrap: {target: '%s', deadline: 1s}" %
                (self.directory, number, SHARDS, ", ".join("'%s'" % broker for broker in self.bootstrap), TOPIC,
                 self.targets["indexer"]))

    def crawler(self, number, sites_file):
        members = ", ".join("{target: '%s:%d'}" % (host, PORT) for host in self.hosts["crawler"])
        return ("data_directory: '%s/crawler-%d/data'\nsites_file: '%s'\nnormalizer: {target: '%s'}\n"
                "user_agent: 'tintinh/0.1 (+https://vidu.vn/robot)'\nfetch_timeout: 3s\nallowed_private_networks: ['127.0.0.0/8']\n"
                "members: [crawler-0, crawler-1]\nmember: crawler-%d\nmember_targets: [%s]" %
                (self.directory, number, sites_file, self.targets["normalizer"], number, members))

    def of(self, kind):
        return [process for process in self.processes if process.name.startswith(kind)]

    def root(self, name, port, indexers):
        """A query root of the judge's own, here; returns its address. It is nobody's to kill."""
        address = "%s:%d" % (self.network.here, port)
        peers = ", ".join("{target: '%s'}" % indexer for indexer in indexers)
        process = self.configure("query-" + name, address, "indexers: [%s]" % peers)
        process.network = Here
        process.launch()
        self.roots.append(process)
        return address

    def split_root(self):
        """To it the replicas are two indexers with shards of their own: one that is away leaves its answers incomplete."""
        return self.root("split", SPLIT_PORT, ["%s:%d" % (host, PORT) for host in self.hosts["indexer"]])

    def judge_root(self, number):
        return self.root("judge-%d" % number, JUDGE_PORT + number, ["%s:%d" % (self.hosts["indexer"][number], PORT)])

    def end(self):
        for process in self.processes + self.roots:
            process.end()


class Here:
    """The namespace of the test itself."""
    @staticmethod
    def prefix(_):
        return []
