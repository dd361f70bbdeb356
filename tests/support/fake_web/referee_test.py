"""The referee finds each kind of breach in a log made up for it, and none in a clean one."""
import unittest

import referee

PATH = "/thoi-su/bai-%d.html"
RULE = {"delay": 0.25, "publish_every": 6, "first": 2, "quirk": "plain", "first_number": 100, "path": PATH, "start": 0,
        "duration": 0}


def entry(time, path, status=200, **more):
    return {"time": time, "end": time + 0.01, "host": "h", "path": path, "status": status, "in_flight": 1, "refused_until": 0,
            "agent": "tintinh (+https://vidu.vn)", "disallowed": False, "version": "1" if "bai-" in path else None, **more}


CLEAN = [entry(0, "/robots.txt"), entry(1, PATH % 100), entry(2, PATH % 101), entry(3, PATH % 100, version="2")]


class RefereeTest(unittest.TestCase):
    def breaches(self, entries, lost=0):
        return "\n".join(referee.breaches(entries, {"h": RULE}, lost))

    def test_a_clean_log_has_no_breach(self):
        self.assertEqual(self.breaches(CLEAN), "")

    def test_a_gap_below_the_rule(self):
        self.assertIn("0.040 s between", self.breaches(CLEAN + [entry(3.05, "/rss.xml", 304)]))

    def test_a_page_before_robots_txt(self):
        self.assertIn("before robots.txt", self.breaches(CLEAN[1:]))

    def test_a_disallowed_page(self):
        self.assertIn("is disallowed", self.breaches(CLEAN + [entry(9, "/noi-bo/a", disallowed=True)]))

    def test_two_at_once(self):
        self.assertIn("2 requests at once", self.breaches(CLEAN + [entry(9, "/", in_flight=2)]))

    def test_a_request_before_its_time(self):
        refused = entry(9, "/rss.xml", 429, refused_until=13)
        self.assertIn("3.00 s before its time", self.breaches(CLEAN + [refused, entry(10, "/rss.xml")]))
        self.assertEqual(self.breaches(CLEAN + [refused, entry(13, "/rss.xml")]), "")

    def test_an_article_read_again_unchanged(self):
        again = CLEAN + [entry(9, PATH % 101)]
        self.assertIn("1 articles were read again", self.breaches(again))
        self.assertEqual(self.breaches(again, lost=1), "")

    def test_an_article_missed(self):
        self.assertIn("articles [1] were missed", self.breaches(CLEAN[:2] + CLEAN[3:]))

    def test_a_fault_tried_too_often(self):
        tries = [entry(n, "/treo.html", 0) for n in range(1, 6)]
        rules = {"h": {"delay": 0.25, "quirk": "faults"}}
        self.assertIn("tried 5 times", "\n".join(referee.breaches([entry(0, "/robots.txt")] + tries, rules, 0)))

    def test_an_agent_without_a_contact(self):
        self.assertIn("no contact", self.breaches(CLEAN + [entry(9, "/", agent="curl")]))


unittest.main()
