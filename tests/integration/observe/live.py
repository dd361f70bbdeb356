"""Real processes to look at: a node that crawls, stores, searches and serves pages; node_exporter; Prometheus over both."""
import functools
import glob
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support"))
from real_node import wait_for

SECONDS = 30


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def serve_paper(binaries, directory):
    """The demo newspaper; its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=directory))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = "http://127.0.0.1:%d" % server.server_address[1]
    subprocess.run([binaries + "/tintinh-demo-site", "generate", "--directory", directory, "--base", base], check=True,
                   stdout=subprocess.DEVNULL)
    return base


def logged_port(path):
    """Of Prometheus' programs, which say where they listen."""
    with open(path) as log:
        found = re.findall(r"address=127\.0\.0\.1:([1-9]\d*)", log.read())
    return found[-1] if found else None


class Live:
    """The processes end with the `with`."""

    def __init__(self, binaries, root, directory):
        self.binaries, self.root, self.directory, self.processes = binaries, root, directory, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(30)

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)

    def start(self, name, command):
        with open(self.path(name + ".log"), "w") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log))

    def start_node(self):
        base = serve_paper(self.binaries, self.path("site"))
        feeds = ["/" + os.path.relpath(feed, self.path("site")) for feed in glob.glob(self.path("site/rss/*"))[:1]]
        self.write("sites.yaml", "sites:\n- {id: bao-thu, name: Báo Thử, home: '%s/', feeds: %s, section_pages: ['/'], delay: 0s}\n"
                   % (base, json.dumps(feeds)))
        self.write("node.yaml", "data_directory: '%s'\nserver: {listen: '127.0.0.1:0', metrics_listen: '127.0.0.1:0', "
                   "port_file: '%s', log_level: warn}\nweb: {http_listen: '127.0.0.1:0'}\ncrawler: {sites_file: '%s', "
                   "allowed_private_networks: ['127.0.0.0/8']}\n" % (self.path("data"), self.path("ports"), self.path("sites.yaml")))
        self.start("node", [self.binaries + "/tintinh-node", "--config", self.path("node.yaml")])
        wait_for(lambda: os.path.exists(self.path("ports")), SECONDS, "the node's start")
        with open(self.path("ports")) as file:
            self.ports = dict(line.split() for line in file)
        self.metrics = "http://127.0.0.1:%s/metrics" % self.ports["metrics"]

    def use_node(self, wanted):
        """Until its page has all metrics of `wanted`, as far as a crawl, a search and a page bring them."""
        subprocess.run([self.binaries + "/tintinh", "--server", "127.0.0.1:" + self.ports["grpc"], "search", "nông thôn"],
                       check=True, stdout=subprocess.DEVNULL)
        get("http://127.0.0.1:%s/" % self.ports["web"])
        wait_for(lambda: all(name in get(self.metrics) for name in wanted), SECONDS, "every metric's appearance")

    def start_machine(self):
        self.start("machine", ["prometheus-node-exporter", "--web.listen-address=127.0.0.1:0",
                               "--collector.filesystem.fs-types-exclude=^$"])
        wait_for(lambda: logged_port(self.path("machine.log")), SECONDS, "node_exporter's start")
        self.machine = "http://127.0.0.1:%s/metrics" % logged_port(self.path("machine.log"))

    def start_prometheus(self):
        jobs = [{"job_name": job, "static_configs": [{"targets": [urllib.parse.urlsplit(url).netloc]}]}
                for job, url in (("tintinh-node", self.metrics), ("machine", self.machine))]
        self.write("prometheus.yml", json.dumps({"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                                                 "rule_files": [os.path.join(self.root, "deploy/observe/alerts.yaml")],
                                                 "scrape_configs": jobs}))
        self.start("prometheus", ["prometheus", "--config.file=" + self.path("prometheus.yml"),
                                  "--storage.tsdb.path=" + self.path("tsdb"), "--web.listen-address=127.0.0.1:0"])
        wait_for(lambda: logged_port(self.path("prometheus.log")), SECONDS, "Prometheus' start")
        self.prometheus = "http://127.0.0.1:%s/api/v1/" % logged_port(self.path("prometheus.log"))
        wait_for(self.is_judging, SECONDS, "the first evaluation of every rule")

    def is_judging(self):
        try:
            return len(self.answers('up == 1')) == 2 and all(rule["health"] != "unknown" for rule in self.rules())
        except (OSError, ValueError):
            return False

    def ask(self, what):
        return json.loads(get(self.prometheus + what))["data"]

    def rules(self):
        return [rule for group in self.ask("rules")["groups"] for rule in group["rules"]]

    def answers(self, query):
        return self.ask("query?query=" + urllib.parse.quote(query))["result"]

    def refusal(self, query):
        """What Prometheus has against a query; nothing as a rule."""
        try:
            self.answers(query)
        except urllib.error.HTTPError as error:
            return json.loads(error.read())["error"]
        return None
