"""Searchers who ask without a pause worth mentioning, and note how long each answer took and whether it was whole.

The base is on every replica before anything fails, so that an answer that counts less of it is incomplete: it must say so.
"""
import random
import threading
import time

import stories

EVERY_SECONDS, TIMEOUT = 0.1, 5
PAGE = 10  # hits, where nobody says otherwise


class Search:
    """What became of one."""

    def __init__(self, began):
        self.time, self.began, self.took = time.strftime("%H:%M:%S"), began, 0.0
        self.error, self.told, self.said_partial, self.count, self.hits = None, False, False, None, 0

    def __str__(self):
        return "began %s, took %.2f s%s%s" % (self.time, self.took, ", partial" if self.said_partial else "",
                                              ", failed: " + self.error if self.error else "")


class Searcher(threading.Thread):
    """WHOLE is the count of the base in a complete answer."""

    def __init__(self, name, command, server, whole):
        super().__init__(daemon=True)
        self.name, self.command, self.server, self.whole = name, command, server, whole
        self.rng = random.Random(name)
        self.searches, self.closing = [], threading.Event()

    def run(self):
        while not self.closing.is_set():
            self.searches.append(self.search())
            self.closing.wait(EVERY_SECONDS)

    def search(self):
        search = Search(time.monotonic())
        counting = self.rng.random() < 0.7
        words = ['"%s"' % stories.MARK] if counting else [" ".join(stories.syllables(self.rng, 3))]
        status, lines, complaint = self.command.run(self.server, "search", "--exact-total", *words, timeout=TIMEOUT)
        search.took = time.monotonic() - search.began
        if status != 0 or not lines:
            search.error = (complaint.strip().splitlines() or ["no word"])[-1][:200]
            return search
        answer = lines[-1]
        if counting:
            search.count, search.hits = int(answer.get("total", 0)), len(answer.get("hits", []))
        fewer = int(answer.get("shardsAnswered", 0)) < int(answer.get("shardsAsked", 0))
        search.told = any(notice["kind"] == "NOTICE_KIND_PARTIAL" for notice in answer.get("notices", []))
        search.said_partial = fewer and search.told
        return search

    def misleading(self):
        """Counts that are wrong without a word, and pages that miss a hit without one."""
        return [search for search in self.searches if search.count is not None and
                (search.count > self.whole or (search.count < self.whole and not search.said_partial) or
                 (search.hits < PAGE and not search.told))]

    def partial(self):
        return [search for search in self.searches if search.said_partial]
