"""The judge finds each kind of breach in answers made up for it, and none in good ones."""
import itertools
import unittest

import judge
import replica_loss
import schedule
import stories
from searchers import Search, Searcher

ACKNOWLEDGED = {number: ("id-%d" % number, 1 + number % 2) for number in range(4)}


class Named:
    def __init__(self, name):
        self.name, self.role = name, name.split("-")[0]


ROLES = [[Named("broker-0"), Named("broker-1"), Named("broker-2")], [Named("indexer-0"), Named("indexer-1")]]
READ = {("127.0.1.1", "/a.html"), ("127.0.1.2", "/b.html")}


def hit(number, version):
    return {"articleId": "id-%d" % number, "title": stories.title(number, version), "url": "https://viet.vn/bai-%d.html" % number}


GOOD = [hit(number, version) for number, (_, version) in ACKNOWLEDGED.items()]


class Told:
    """Answers every search with the hits of its site, two a page, or with what it was told to answer."""

    def __init__(self, hits=None, answer=None, status=0):
        self.hits, self.answer, self.status = hits or {}, answer, status

    def run(self, server, command, *words, timeout=10):
        if self.answer is not None or self.status != 0:
            return self.status, [self.answer], "no word"
        hits = self.hits.get(words[words.index("--site") + 1], [])
        at = int(words[words.index("--page-token") + 1]) if "--page-token" in words else 0
        more = {"nextPageToken": str(at + 2)} if at + 2 < len(hits) else {}
        return 0, [{"hits": hits[at:at + 2], "shardsAsked": 4, "shardsAnswered": 4, **more}], ""


class JudgeTest(unittest.TestCase):
    def own(self, hits):
        return "\n".join(judge.breaches_of_own(Told({"viet": hits}), "", "indexer-0", "viet", ACKNOWLEDGED))

    def web(self, a, b, whole=True):
        told = Told({"a": a, "b": b})
        return "\n".join(judge.breaches_of_web(told, "", "indexer-0", ["a", "b"], {"1", "2"}, READ, whole))

    def test_what_was_acknowledged_is_there(self):
        self.assertEqual(self.own(GOOD), "")

    def test_a_lost_story(self):
        self.assertIn("1 acknowledged stories of viet are not there: [3]", self.own(GOOD[:3]))

    def test_a_story_twice(self):
        self.assertIn("article id-0 twice", self.own(GOOD + GOOD[:1]))

    def test_an_older_version(self):
        self.assertIn("acknowledged was version 2", self.own([GOOD[0], hit(1, 1), *GOOD[2:]]))

    def test_a_story_of_nobody(self):
        self.assertIn("1 articles of viet nobody wrote", self.own(GOOD + [hit(9, 1)]))

    def test_crawled_pages(self):
        page = lambda id, url: {"articleId": id, "url": "http://127.0.1.%s" % url}
        a, b = page("1", "1:80/a.html"), page("2", "2:80/b.html")
        self.assertEqual(self.web([a], [b]), "")
        self.assertEqual(self.web([a], [page("2", "2:80/b-amp.html")]), "")
        self.assertIn("1 crawled acknowledged articles are not there", self.web([a], []))
        self.assertIn("1 crawled pages that were read are not there", self.web([a], []))
        self.assertNotIn("pages that were read", self.web([a], [], whole=False))
        self.assertIn("1 crawled articles twice", self.web([a], [b, b]))
        self.assertIn("1 crawled addresses twice", self.web([a], [b, page("3", "2:80/b.html")]))
        self.assertIn("1 crawled pages are there that nobody read", self.web([a, page("4", "1:80/c.html")], [b]))


class SearcherTest(unittest.TestCase):
    def judged(self, answer, status=0, hits=10):
        searcher = Searcher("both", Told(answer={"hits": [{}] * hits, **answer}, status=status), "", 120)
        searcher.searches = [searcher.search() for _ in range(20)]
        return searcher

    def test_a_whole_answer(self):
        searcher = self.judged({"total": "120", "shardsAsked": 4, "shardsAnswered": 4})
        self.assertEqual((searcher.partial(), searcher.misleading()), ([], []))

    def test_a_part_that_says_so(self):
        notices = [{"kind": "NOTICE_KIND_PARTIAL"}]
        searcher = self.judged({"total": "60", "shardsAsked": 4, "shardsAnswered": 2, "notices": notices})
        self.assertEqual((len(searcher.partial()), searcher.misleading()), (20, []))

    def test_a_part_that_does_not(self):
        for answered in (4, 2):
            searcher = self.judged({"total": "60", "shardsAsked": 4, "shardsAnswered": answered})
            self.assertNotEqual(searcher.misleading(), [])

    def test_a_hit_that_is_missing(self):
        whole = {"total": "120", "shardsAsked": 4, "shardsAnswered": 4}
        self.assertNotEqual(self.judged(whole, hits=9).misleading(), [])
        self.assertEqual(self.judged({**whole, "notices": [{"kind": "NOTICE_KIND_PARTIAL"}]}, hits=9).misleading(), [])

    def test_an_article_counted_twice(self):
        self.assertNotEqual(self.judged({"total": "121", "shardsAsked": 4, "shardsAnswered": 4}).misleading(), [])

    def test_a_failure(self):
        self.assertTrue(all(search.error == "no word" for search in self.judged({}, status=1).searches))


class ScheduleTest(unittest.TestCase):
    def test_a_seed_is_a_schedule_in_which_everything_has_its_turn(self):
        first, again, other = ([str(fault) for fault in itertools.islice(schedule.faults(seed, ROLES, schedule.KINDS), 24)]
                               for seed in (1, 1, 2))
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)
        turns = [(fault.process.name, fault.kind) for fault in itertools.islice(schedule.faults(1, ROLES, schedule.KINDS), 24)]
        self.assertEqual(len(set(turns)), 20)

    def test_faults_at_once_have_no_role_in_common(self):
        together = [faults for faults in itertools.islice(schedule.rounds(1, ROLES, schedule.KINDS), 500) if len(faults) == 2]
        self.assertGreater(len(together), 50)
        for one, other in together:
            self.assertEqual(one.roles() & other.roles(), set())


class ReplicaLossTest(unittest.TestCase):
    """An indexer is away from the tenth second to the twentieth; a search is asked each second and takes a tenth of one."""

    def breaches(self, **changed):
        searcher = Searcher("both-0", None, "", 120)
        for second in range(30):
            search = Search(second)
            search.took, search.error = 0.1, None
            searcher.searches.append(search)
        for second, (took, error) in changed.items():
            searcher.searches[int(second[1:])].took, searcher.searches[int(second[1:])].error = took, error
        fault = schedule.Fault(Named("indexer-0"), "kill", None, 5)
        fault.began, fault.healed, fault.recovered = 10, 15, 20
        return [*replica_loss.judged([searcher], [fault])[1]]

    def test_nothing_is_felt(self):
        self.assertEqual(self.breaches(), [])

    def test_a_retry(self):
        self.assertEqual(self.breaches(_12=(1.0, None)), [])

    def test_a_long_wait(self):
        self.assertEqual(len(self.breaches(_12=(1.3, None))), 1)
        self.assertEqual(self.breaches(_25=(1.3, None)), [])

    def test_one_that_fails_at_once_is_answered_by_the_next(self):
        self.assertEqual(len(self.breaches(_12=(0.1, "no word"), _13=(0.2, None))), 1)


unittest.main()
