"""The fake web in a namespace of its own, and what the crawlers have read of it."""
import json
import os
import re
import sys

from access_log import articles_read, papers_read
from process import Process

FAKE_WEB = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support/fake_web/fake_web.py")
ROUNDS = 40  # of publishing, in a long run
# In a run briefer than this nobody waits until every page has been read: a crawler that was cut off asks again after half a
# minute, and one paper wants to be left alone for a minute, again and again.
BRIEF_SECONDS = 120


class Web:
    def __init__(self, network, directory, seconds):
        network.add("web", 2, is_web=True)
        self.directory, self.brief = directory, seconds < BRIEF_SECONDS
        self.sites_file = directory + "/sites.yaml"
        self.process = Process(network, "web", directory, [
            sys.executable, FAKE_WEB, directory, "--duration", str(seconds), "--publish-every", str(max(6, seconds / ROUNDS))])

    def ready(self):
        return os.path.exists(self.directory + "/ready")

    def know(self):
        """Once it is ready: its papers and their ids."""
        with open(self.directory + "/rules.json") as file:
            rules = json.load(file)
        self.papers = [rule for rule in rules.values() if "first" in rule]
        with open(self.sites_file) as file:
            self.sites = re.findall(r"^- id: (\S+)", file.read(), re.MULTILINE)

    def published(self):
        return sum(rule["first"] + int(rule["duration"] / rule["publish_every"]) for rule in self.papers)

    def all_read(self):
        return len(papers_read(self.directory)) >= self.published()

    def read(self):
        return articles_read(self.directory)
