"""A new article of a site with a feed is found within half the feed's interval and two seconds in the median, and an
unchanged feed costs nothing but 304s: tests/bench/crawler/notice.py in small, its figures judged here once more.

usage: feed_notice.py BIN_DIRECTORY
"""
import json
import os
import subprocess
import sys
import unittest

NOTICE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench", "crawler", "notice.py")
BINARIES = sys.argv.pop()
INTERVAL, ARTICLES = 2, 8


class FeedNoticeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_ = subprocess.run([sys.executable, NOTICE, BINARIES, "--interval", str(INTERVAL), "--articles", str(ARTICLES)],
                                  stdout=subprocess.PIPE, text=True)
        print(cls.run_.stdout)
        cls.result = json.loads(cls.run_.stdout.splitlines()[-1])

    def test_the_promise_holds(self):
        self.assertEqual((self.run_.returncode, self.result["holds"]), (0, True))

    def test_half_of_the_articles_are_found_in_time(self):
        self.assertEqual(self.result["articles"], ARTICLES)
        self.assertLessEqual(self.result["median_s"], INTERVAL / 2 + 2)

    def test_each_state_of_the_feed_is_read_once(self):
        self.assertGreater(self.result["feed_states"], 1)
        self.assertEqual(self.result["feed_200"], self.result["feed_states"])

    def test_an_unchanged_feed_costs_304s_only(self):
        self.assertGreaterEqual(self.result["feed_304"], 3)
        self.assertEqual(self.result["feed_304"], self.result["feed_requests"] - self.result["feed_200"])


unittest.main()
