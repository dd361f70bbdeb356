"""The verdict of notice.py on figures made up for it, and the moments it publishes at."""
import unittest

import notice


def feed(*answers):
    return [{"status": int(answer.split()[0]), "etag": answer.split()[1]} for answer in answers]


SPARING = feed("200 a", "304 a", "200 b", "304 b", "304 b")


def waits(*totals):
    return [notice.Wait(total, 0, 0) for total in totals]


class JudgeTest(unittest.TestCase):
    def test_the_median_may_reach_half_the_interval_and_two_seconds(self):
        self.assertTrue(notice.judge(20, waits(1, 12, 40), SPARING)["holds"])
        self.assertFalse(notice.judge(20, waits(1, 12.01, 40), SPARING)["holds"])

    def test_a_wait_is_the_sum_of_its_parts(self):
        result = notice.judge(20, [notice.Wait(9, 2, 1.5)], SPARING)
        self.assertEqual((result["median_s"], result["feed_median_s"], result["fetch_median_s"], result["search_median_s"]),
                         (12.5, 9, 2, 1.5))
        self.assertFalse(result["holds"])

    def test_figures(self):
        result = notice.judge(20, waits(*range(1, 11)), SPARING)
        self.assertEqual((result["median_s"], result["p90_s"], result["max_s"], result["bound_s"]), (5.5, 9, 10, 12))
        self.assertEqual((result["feed_requests"], result["feed_200"], result["feed_304"]), (5, 2, 3))

    def test_a_state_of_the_feed_read_twice_breaks_the_promise(self):
        self.assertFalse(notice.judge(20, waits(1), SPARING + feed("200 b"))["holds"])

    def test_any_other_answer_of_the_feed_breaks_the_promise(self):
        self.assertFalse(notice.judge(20, waits(1), SPARING + feed("404 b"))["holds"])


class MomentsTest(unittest.TestCase):
    def test_every_part_of_the_interval_has_one(self):
        phases = sorted(moment % 20 for moment in notice.moments(30, 20, seed=1))
        self.assertEqual([int(phase / 20 * 30) for phase in phases], list(range(30)))

    def test_a_seed_stands_for_the_same_moments(self):
        self.assertEqual(notice.moments(30, 20, seed=1), notice.moments(30, 20, seed=1))
        self.assertNotEqual(notice.moments(30, 20, seed=1), notice.moments(30, 20, seed=2))


unittest.main()
