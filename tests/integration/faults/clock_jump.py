"""A clock that jumps, forward and back, makes no crawler rude, stalls nothing and ends nothing.

A node with a clock of its own (false_clock.cc) crawls a paper whose delay is 600 ms; the paper's log, by a clock that does
not jump, is the judge. Between two requests the node's clock goes ahead by hours and by a day, and then back to the day
before. Promised: two requests are never closer than the delay, the crawl goes on after each jump, articles are put and
found throughout, and the node ends orderly.

clock_jump.py BIN LIBRARY
"""
import os
import sys
import tempfile
import time

import stories
from false_clock import FalseClock
from service import Service, wait_for
from feed_paper import FEED, FeedPaperServer

DELAY = 0.6
SLACK = 0.01  # two processes read their clocks at different moments
ARTICLES = 20  # as many as the feed shows
REQUESTS = 2  # after each jump
PATIENCE = 10
HOUR = 3600
JUMPS = (HOUR, 3 * HOUR, 24 * HOUR, 48 * HOUR, 24 * HOUR)  # in seconds from the true time


def make_node(binaries, directory, home, clock):
    with open(directory + "/sites.yaml", "w") as file:
        file.write("sites:\n- id: bao-gio\n  name: 'Báo Giờ'\n  home: '%s'\n  feeds: [%s]\n  delay: %dms\n" %
                   (home, FEED, DELAY * 1000))
    settings = ("data_directory: '%s/data'\nweb: {http_listen: '127.0.0.1:0'}\ncrawler: {sites_file: '%s/sites.yaml', "
                "user_agent: 'tintinh/0.1 (+https://vidu.vn/robot)', allowed_private_networks: ['127.0.0.0/8']}"
                % (directory, directory))
    return Service(binaries, directory + "/node", "node", settings, environment=clock.environment)


def moments(paper):
    return [entry["moment"] for entry in list(paper.log)]


def crawl_on(node, paper, when):
    """Until there are that many more requests, an article has been put, and it is found."""
    before = len(paper.log)
    wait_for(lambda: len(paper.log) >= before + REQUESTS or not node.alive(), PATIENCE, "%d requests %s" % (REQUESTS, when))
    assert node.alive(), "the node ended %s: %s" % (when, node.said()[-2000:])
    number = 5000 + before
    put = node.import_stories(number, 1)
    assert put.wait(30) == 0, "a put %s: %s" % (when, put.said())
    words = '"%s"' % stories.articles.title(number).split(": ")[1]
    wait_for(lambda: '"articleId"' in node.command("search", words)[1], 10, "the finding of an article put " + when)


def check_distances(paper):
    log = list(paper.log)
    gap, first, second = min((after["moment"] - before["moment"], before["path"], after["path"])
                             for before, after in zip(log, log[1:]))
    assert gap >= DELAY - SLACK, "%.3f s between %s and %s, the delay is %.1f s" % (gap, first, second, DELAY)


def jump_between_requests(paper, clock, offset):
    """When the last request is over and its distance is being kept."""
    before = len(paper.log)
    wait_for(lambda: len(paper.log) > before and time.monotonic() > moments(paper)[-1] + DELAY / 2, PATIENCE,
             "the request before the jump")
    clock.jump(offset)


def main():
    with tempfile.TemporaryDirectory() as directory:
        clock = FalseClock(os.path.abspath(sys.argv[2]), directory)
        server = FeedPaperServer()
        server.start()
        for _ in range(ARTICLES):
            server.paper.publish()
        node = make_node(sys.argv[1], directory, server.paper.home, clock)
        try:
            node.start()
            crawl_on(node, server.paper, "before any jump")
            for offset in JUMPS:
                jump_between_requests(server.paper, clock, offset)
                crawl_on(node, server.paper, "with a clock %+d h off" % (offset // HOUR))
                check_distances(server.paper)
            ended = node.drain()
            assert ended == 0, "the node ended with %d" % ended
            print("%d requests over %d jumps, none before its time" % (len(server.paper.log), len(JUMPS)))
        finally:
            node.kill()
            server.stop()


main()
