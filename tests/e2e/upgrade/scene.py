"""The node that a release leaves behind and the next one finds: its papers, its articles, and asking it for them."""
import errno
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "../../support/fake_web"), os.path.join(HERE, "../../integration/faults")]
import articles
import stories
from feed_paper import FEED, FeedPaper, FeedPaperServer
from service import Service

# The papers by site: which of the fake web's each is.
PAPERS = {"mo": 3, "chan": 4, "nghi": 5}
OPEN, BLOCKED, PAUSED = PAPERS
BLOCKED_SECONDS = 20 * 3600
PATIENCE = 120
SHARDS = 2
CRAWLED = 3  # articles of each paper, all but the refusing one's read


class RefusingPaper(FeedPaper):
    """Asks to be left alone until tomorrow, but shows its robots.txt."""

    def refusal(self, now):
        return self.refuse(now, BLOCKED_SECONDS, 429, Retry_After=str(BLOCKED_SECONDS))


def open_papers(ports, of=()):
    """PORTS: site → its port, which the URLs that a release has stored name; OF: site → class of its paper. Returns site → server."""
    servers = {site: when_free(lambda: FeedPaperServer(PAPERS[site], dict(of).get(site, FeedPaper), ports[site])) for site in PAPERS}
    for server in servers.values():
        server.start()
    return servers


def when_free(bind):
    """Another run of this test may have the port."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return bind()
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def make_node(binaries, directory, servers, memory_segment_bytes, environment=None):
    """With its data in DIRECTORY/data, whatever is there."""
    with open(directory + "/sites.yaml", "w") as file:
        file.write("sites:\n")
        for site, server in servers.items():
            file.write("- {id: %s, name: 'Báo %s', home: '%s', feeds: [%s], feed_interval: 1s, delay: 200ms}\n" %
                       (site, site, server.paper.home, FEED))
    settings = ("data_directory: '%s/data'\nweb: {http_listen: '127.0.0.1:0'}\n"
                "indexer: {shards: %d, memory_segment_bytes: %s, block_cache_bytes: 8MiB}\n"
                "crawler: {sites_file: '%s/sites.yaml', user_agent: 'tintinh/0.1 (+https://vidu.vn/robot)', "
                "allowed_private_networks: ['127.0.0.0/8']}"
                % (directory, SHARDS, memory_segment_bytes, directory))
    return Service(binaries, directory + "/node", "node", settings, environment=environment)


def put(node, numbers, version=1):
    """Returns number → id of what was acknowledged, which is all of it."""
    directory = node.directory + "/pages"
    os.makedirs(directory, exist_ok=True)
    files = []
    for number in numbers:
        files.append("%s/%d.html" % (directory, number))
        with open(files[-1], "w") as file:
            file.write(articles.page(number, version, "2026-03-07T08:47:00+07:00", "https://baothunghiem.vn/bai-%d.html" % number))
    done = stories.Import(node.binaries, node.address(), files, directory + "/import.out")
    ended = done.wait(30)
    stored = {number: answer["articleId"] for number, outcome, answer in done.outcomes() if outcome == "OUTCOME_STORED"}
    if ended != 0 or sorted(stored) != sorted(numbers):
        sys.exit("put %s, stored %s: %s" % (list(numbers), sorted(stored), done.said()))
    return stored


def delete(node, article):
    """No command does it: one gRPC call, with the id as the first field of its request."""
    request = bytes([0x0A, len(article)]) + article.encode()
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--http2-prior-knowledge", "--max-time", "10", "--header", "Content-Type: application/grpc",
         "--header", "TE: trailers", "--data-binary", "@-", "http://%s/tintinh.v1.IndexerService/DeleteArticle" % node.address()],
        input=b"\0" + len(request).to_bytes(4, "big") + request, capture_output=True)
    # The response's first field says that there was such an article.
    if done.returncode != 0 or done.stdout[5:7] != b"\x08\x01":
        sys.exit("deleting %s: %s %s" % (article, done.stdout, done.stderr.decode()))


def found(node, number):
    """The ids that a search for a story's title finds."""
    answer = node.ask("search", '"%s"' % articles.title(number).split(": ")[1])
    if answer["shardsAnswered"] != answer["shardsAsked"]:
        sys.exit("a search was answered in part: %s" % answer)
    return [hit["articleId"] for hit in answer.get("hits", ())]


def is_whole(node, number, article, version):
    """Its text is that of the version: each sentence is there, and a correction exactly when there was one."""
    status, out, _ = node.command("get", article)
    last = articles.paragraphs(number, 2)[-1]
    return status == 0 and all(text in out for text in articles.paragraphs(number, version)) and (last in out) == (version > 1)


def shards(node):
    return node.ask("status")["shards"]


def digests(node):
    """Shard → its digest and how many articles it has."""
    return {str(shard.get("shard", 0)): [shard["digest"], int(shard.get("articles", 0))] for shard in shards(node)}


def sites(node):
    return {site["site"]: site for site in node.ask("crawl", "status")["sites"]}


def verify(binaries, directory):
    """What `tintinh verify` says of each shard; SystemExit where it finds a fault."""
    done = subprocess.run([binaries + "/tintinh", "--json", "verify", directory], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("verify of %s ended with %d: %s%s" % (directory, done.returncode, done.stdout, done.stderr))
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
