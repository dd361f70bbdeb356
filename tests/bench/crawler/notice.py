"""How soon a new article of a site with a feed is found, and what the feed costs while nothing is new.

usage: notice.py BIN_DIRECTORY [--interval SECONDS] [--articles COUNT] [--delay SECONDS] [--seed SEED]
                 [--keep DIRECTORY]

A paper on loopback publishes at random moments, one article an interval in the mean, spread evenly over the time between two
polls; a node crawls it, and each article is searched for until a search returns it. Prints a line for people and one of JSON;
exit status 1 says that the promise does not hold: a median of at most half the interval and two seconds, one 200 for each
state of the feed that was read, and 304 for every other request.
"""
import argparse
import collections
import contextlib
import http.client
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
import urllib.parse

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "support")
sys.path[:0] = [SUPPORT, SUPPORT + "/fake_web"]
import articles  # noqa: E402
from feed_paper import FEED, FeedPaperServer  # noqa: E402
from real_node import Node, wait_for  # noqa: E402

LEEWAY = 2.0  # beyond half the interval
SEARCH_EVERY = 0.05
FIRST_ARTICLES = 3
QUIET_POLLS = 3  # after the last article

# How long an article waited for the feed's turn, then for its own, and then to be found.
Wait = collections.namedtuple("Wait", "feed fetch search")


def moments(count, interval, seed):
    """One in each of `count` equal parts of the interval, each in an interval drawn at random of as many."""
    rng = random.Random(seed)
    return sorted(rng.randrange(count) * interval + (part + rng.random()) / count * interval for part in range(count))


def sites(home, interval, delay):
    return ("sites:\n- id: bao-nhanh\n  name: 'Báo Nhanh'\n  home: '%s'\n  feeds: [%s]\n  delay: %dms\n  feed_interval: %gs\n" %
            (home, FEED, delay * 1000, interval))


class Searcher:
    """A connection for each search: the server closes one that is silent, and so are the times between publications."""

    def __init__(self, port):
        self.port = int(port)

    def finds(self, paper, n):
        query = urllib.parse.urlencode({"q": '"%s"' % articles.title(paper.number(n)).split(": ")[1]})
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", "/v1/search?" + query)
            answer = connection.getresponse()
            body = answer.read().decode()
        if answer.status != 200:
            sys.exit("a search was answered with %d: %s" % (answer.status, body))
        return any(hit["url"] == paper.url(n) for hit in json.loads(body).get("hits", []))


def watch(paper, searcher, planned, patience):
    """Publishes at the planned moments; returns when each article was published and when it was found first."""
    start = time.monotonic()
    published, found = [], {}
    tick = start
    while len(found) < len(planned):
        while len(published) < len(planned) and tick >= start + planned[len(published)]:
            published.append(paper.publish())
        for k in (k for k in range(len(published)) if k not in found):
            if searcher.finds(paper, FIRST_ARTICLES + k):
                found[k] = time.monotonic()
            elif tick > published[k] + patience:
                sys.exit("article %d was not found within %.0f s" % (k, patience))
        tick = max(tick + SEARCH_EVERY, time.monotonic())
        time.sleep(max(0, tick - time.monotonic()))
    return [(published[k], found[k]) for k in range(len(planned))]


def wait_of(paper, n, published, found):
    read = next(entry["moment"] for entry in paper.asked(FEED) if entry["status"] == 200 and entry["count"] > n)
    fetched = next(entry["moment"] for entry in paper.asked(paper.path(n)) if entry["status"] == 200)
    return Wait(read - published, fetched - read, found - fetched)


def judge(interval, waits, feed_requests):
    totals = sorted(sum(wait) for wait in waits)
    statuses = collections.Counter(entry["status"] for entry in feed_requests)
    states = len({entry["etag"] for entry in feed_requests if entry["status"] == 200})
    result = {"interval_s": interval, "articles": len(totals), "median_s": statistics.median(totals),
              "p90_s": totals[math.ceil(0.9 * len(totals)) - 1], "max_s": totals[-1], "bound_s": interval / 2 + LEEWAY,
              "feed_requests": len(feed_requests), "feed_200": statuses[200], "feed_304": statuses[304], "feed_states": states}
    for name, part in zip(Wait._fields, zip(*waits)):
        result["%s_median_s" % name] = statistics.median(part)
    result["holds"] = (result["median_s"] <= result["bound_s"] and statuses[200] == states and
                       statuses[200] + statuses[304] == len(feed_requests))
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in result.items()}


def line(result):
    return ("published → found: median %(median_s).2f s (bound %(bound_s).2f), p90 %(p90_s).2f, max %(max_s).2f; medians of its "
            "parts: until the feed's turn %(feed_median_s).2f, the article's %(fetch_median_s).2f, found "
            "%(search_median_s).3f; the feed in %(feed_states)d states was asked %(feed_requests)d times: %(feed_200)d × 200, "
            "%(feed_304)d × 304" % result)


def run(node, paper, interval, count, seed):
    for _ in range(FIRST_ARTICLES):
        paper.publish()
    node.start()
    searcher = Searcher(node.ports()["web"])
    wait_for(lambda: all(searcher.finds(paper, n) for n in range(FIRST_ARTICLES)), 60, "the reading of the first articles")
    seen = watch(paper, searcher, moments(count, interval, seed), 3 * interval + 30)
    polls = len(paper.asked(FEED)) + QUIET_POLLS
    wait_for(lambda: len(paper.asked(FEED)) >= polls, QUIET_POLLS * (interval + 5), "%d more polls" % QUIET_POLLS)
    waits = [wait_of(paper, FIRST_ARTICLES + k, *moment) for k, moment in enumerate(seen)]
    return judge(interval, waits, paper.asked(FEED))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries")
    parser.add_argument("--interval", type=float, default=20)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--delay", type=float, default=0.5, help="between two requests of the crawler")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", metavar="DIRECTORY", help="where logs and data stay to be looked at; must not exist")
    arguments = parser.parse_args()
    if arguments.keep:
        os.makedirs(arguments.keep)
    with contextlib.nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory() as directory:
        server = FeedPaperServer()
        server.start()
        with open(directory + "/sites.yaml", "w") as file:
            file.write(sites(server.paper.home, arguments.interval, arguments.delay))
        node = Node(arguments.binaries, directory, log_level="info")
        try:
            result = run(node, server.paper, arguments.interval, arguments.articles, arguments.seed)
        finally:
            if node.process:
                node.kill()
            server.stop()
    print(line(result))
    print(json.dumps(result))
    sys.exit(0 if result["holds"] else 1)


if __name__ == "__main__":
    main()
