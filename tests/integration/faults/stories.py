"""Pages to import, each a story of its own, and what a service acknowledged of them."""
import http.client
import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support/fake_web"))
import articles

DURABLE = ("OUTCOME_STORED", "OUTCOME_NEAR_DUPLICATE", "OUTCOME_UNCHANGED")


def write(directory, first, count, more=0):
    """The files, named after the stories' numbers; `more` is how many paragraphs each has beyond its own."""
    os.makedirs(directory, exist_ok=True)
    files = []
    for number in range(first, first + count):
        files.append("%s/%d.html" % (directory, number))
        page = articles.page(number, 1, "2026-03-07T08:47:00+07:00", "https://baothunghiem.vn/bai-%d.html" % number)
        with open(files[-1], "w") as file:
            file.write(page.replace("</div></article>", further(number, more) + "</div></article>"))
    return files


def further(number, paragraphs):
    texts = []
    while len(texts) < paragraphs:
        texts += articles.paragraphs(number * 1000 + len(texts), 1)
    return "".join("<p>%s</p>\n" % text for text in texts[:paragraphs])


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
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            sys.exit("an import did not end within %d s: %s" % (seconds, self.said()[-1500:]))

    def said(self):
        with open(self.log) as log:
            return log.read()

    def freeze(self):
        """Nothing is heard any more; whoever answers does not know."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def all_acknowledged(imports):
    return {number: article for one in imports for number, article in one.acknowledged().items()}


def missing(web_port, acknowledged):
    """The numbers of acknowledged stories that are not there, whole and under their own title."""
    lost = []
    web = http.client.HTTPConnection("127.0.0.1", int(web_port), timeout=30)
    for number, article in sorted(acknowledged.items()):
        web.request("GET", "/v1/articles/" + article)
        answer = web.getresponse()
        body = answer.read()
        if answer.status not in (200, 404):
            sys.exit("asking for article %s: %d %s" % (article, answer.status, body[:300]))
        if answer.status == 404 or not whole(number, json.loads(body)["article"]):
            lost.append(number)
    web.close()
    return lost


def whole(number, article):
    text = json.dumps(article, ensure_ascii=False)
    return article["title"] == articles.title(number) and all(one in text for one in articles.paragraphs(number, 1))
