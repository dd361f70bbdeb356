"""Pages to import, each a story of its own, and what a service acknowledged of them."""
import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support/fake_web"))
import articles

DURABLE = ("OUTCOME_STORED", "OUTCOME_NEAR_DUPLICATE", "OUTCOME_UNCHANGED")


def write(directory, first, count):
    """The files, named after the stories' numbers."""
    os.makedirs(directory, exist_ok=True)
    files = []
    for number in range(first, first + count):
        files.append("%s/%d.html" % (directory, number))
        with open(files[-1], "w") as file:
            file.write(articles.page(number, 1, "2026-03-07T08:47:00+07:00", "https://baothunghiem.vn/bai-%d.html" % number))
    return files


class Import:
    """`tintinh import` at work; its outcomes go to a file, so that nothing that it printed is lost with it."""

    def __init__(self, binaries, server, files, log):
        self.log = log
        with open(log, "w") as out:
            self.process = subprocess.Popen([binaries + "/tintinh", "--server", server, "--json", "import", *files],
                                            stdout=out, stderr=subprocess.STDOUT)

    def outcomes(self):
        """(number of the story, outcome, whole answer) in the order of the answers."""
        with open(self.log) as log:
            # The last line may still be on its way.
            lines = [line for line in log if line.startswith("{") and line.endswith("\n")]
        for line in lines:
            answer = json.loads(line)
            yield int(os.path.basename(answer["pageId"])[:-len(".html")]), answer["outcome"], answer

    def acknowledged(self):
        """Number of the story → id of the article."""
        return {number: answer["articleId"] for number, outcome, answer in self.outcomes() if outcome in DURABLE}

    def wait(self, seconds):
        return self.process.wait(seconds)

    def said(self):
        with open(self.log) as log:
            return log.read()

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def all_acknowledged(imports):
    return {number: article for one in imports for number, article in one.acknowledged().items()}
