"""Exhaustive BM25 over a corpus of tokens, in as few ideas as possible: which score lists should a query run have found?
As a program: oracle.py TOK.jsonl OUTCOMES.tsv."""

import collections
import heapq
import math
import sys

import outcomes

K1, B = 1.2, 0.75
TOLERANCE = 2e-4  # outcomes have four decimals


def norm_length(length):
    """The length as the index keeps it: five significant bits, rounded down."""
    shift = max(0, length.bit_length() - 5)
    return length >> shift << shift


def documents(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line[line.index('"text":"') + 8:line.rindex('"}')]


class Corpus:
    """Lengths of all documents; frequencies of the queries' words and phrases by document."""

    def __init__(self, path, queries):
        wanted = {w for q in queries for w in q.text.split()}
        by_words = collections.defaultdict(set)  # phrases by their rarest word so far: any of theirs
        for phrase in {q.text for q in queries if q.group == "PHRASE"}:
            by_words[max(phrase.split(), key=len)].add(phrase)
        self.lengths, self.freqs = [], collections.defaultdict(dict)
        for ordinal, text in enumerate(documents(path)):
            words = collections.Counter(text.split(" "))
            self.lengths.append(words.total())
            for word in wanted & words.keys():
                self.freqs[word][ordinal] = words[word]
            for word in by_words.keys() & words.keys():
                self.add_phrases(ordinal, f" {text} ", by_words[word])
        self.average = sum(self.lengths) / len(self.lengths)

    def add_phrases(self, ordinal, text, phrases):
        """Occurrences may overlap, so each is looked for behind the begin of the one before."""
        for phrase in phrases:
            at, count = text.find(f" {phrase} "), 0
            while at >= 0:
                count, at = count + 1, text.find(f" {phrase} ", at + 1)
            if count:
                self.freqs[phrase][ordinal] = count

    def idf(self, word):
        df = len(self.freqs.get(word, ()))
        return math.log1p((len(self.lengths) - df + 0.5) / (df + 0.5))

    def score(self, weight, freq, ordinal):
        penalty = K1 * (1 - B + B * norm_length(self.lengths[ordinal]) / self.average)
        return weight * freq * (K1 + 1) / (freq + penalty)

    def matches(self, query):
        """Score by document."""
        words = query.text.split()
        if query.group == "PHRASE":
            weight = sum(self.idf(w) for w in words)
            return {d: self.score(weight, f, d) for d, f in self.freqs.get(query.text, {}).items()}
        lists = [self.freqs.get(w, {}) for w in words]
        found = set.intersection(*map(set, lists)) if query.mode == "AND" else set().union(*lists)
        idfs = [self.idf(w) for w in words]
        return {d: sum(self.score(i, l[d], d) for i, l in zip(idfs, lists) if d in l) for d in found}


def agrees(outcome, scores):
    best = heapq.nlargest(10, scores.values())
    return (outcome.count == len(scores) and len(outcome.hits) == len(best) and
            all(abs(s - b) <= TOLERANCE and abs(scores.get(d, -1) - s) <= TOLERANCE
                for (d, s), b in zip(outcome.hits, best)))


def check(corpus_path, found):
    corpus = Corpus(corpus_path, found)
    wrong = [(o.mode, o.text) for o in found if not agrees(o, corpus.matches(o))]
    print(f"exhaustive BM25: counts, scores and hits as they should be on {len(found) - len(wrong)} of {len(found)} queries "
          f"{wrong[:3] or ''}")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if check(sys.argv[1], outcomes.read(sys.argv[2])) else 1)
