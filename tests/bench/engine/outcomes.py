"""Outcomes of a query run, one query a line: mode, text, exact count, median µs of the ten best, median µs with the exact
count, "ordinal:score …". As a program: outcomes.py OURS.tsv LUCENES.tsv prints the ratios of two such files."""

import statistics
import sys
from typing import NamedTuple

# Ours multiplies scores by k1 + 1 = 2.2; Lucene 8 leaves that out. The byte for the length rounds down by less than 1/16
# here and by less than 1/8 there, so that two scores of one document differ by less than 1/8; lists are compared rank by
# rank. oracle.py checks our scores exactly.
SCALE = 2.2
TOLERANCE = 1 / 8


class Outcome(NamedTuple):
    mode: str
    text: str
    count: int
    top_us: float
    count_us: float
    hits: list  # of (ordinal, score), best first

    @property
    def group(self):
        return self.mode if " " in self.text else "TERM"


def parse(line):
    mode, text, count, top_us, count_us, hits = line.rstrip("\n").split("\t")
    pairs = [hit.split(":") for hit in hits.split()]
    return Outcome(mode, text, int(count), float(top_us), float(count_us), [(int(o), float(s)) for o, s in pairs])


def read(path):
    with open(path, encoding="utf-8") as file:
        return [parse(line) for line in file]


def median_of(runs):
    """One run whose times are the medians, query by query, of several."""
    return [same[0]._replace(top_us=statistics.median(o.top_us for o in same),
                             count_us=statistics.median(o.count_us for o in same)) for same in zip(*runs)]


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def print_ratios(ours, lucene):
    print(f"{'mode':8}{'queries':>8} {'what':10}{'QPS':>9}{'Lucene':>9}{'QPS ratio':>11}"
          f"{'p50 us':>9}{'Lucene':>9}{'ratio':>7}{'p95 ratio':>11}{'p99 us':>9}{'Lucene':>9}{'p99 ratio':>11}")
    for what, field in (("top 10", "top_us"), ("and count", "count_us")):
        for group in ("TERM", "AND", "OR", "PHRASE", "ALL"):
            picked = [i for i, o in enumerate(ours) if group in ("ALL", o.group)]
            if not picked:
                continue
            a = [getattr(ours[i], field) for i in picked]
            b = [getattr(lucene[i], field) for i in picked]
            p = {share: (quantile(a, share), quantile(b, share)) for share in (0.5, 0.95, 0.99)}
            mean_a, mean_b = statistics.mean(a), statistics.mean(b)
            print(f"{group:8}{len(picked):8} {what:10}{1e6 / mean_a:9.0f}{1e6 / mean_b:9.0f}{mean_b / mean_a:10.2f}x"
                  f"{p[.5][0]:9.0f}{p[.5][1]:9.0f}{p[.5][0] / p[.5][1]:7.2f}{p[.95][0] / p[.95][1]:11.2f}"
                  f"{p[.99][0]:9.0f}{p[.99][1]:9.0f}{p[.99][0] / p[.99][1]:11.2f}")


def same_scores(ours, lucene):
    return len(ours) == len(lucene) and all(
        abs(a / SCALE - b) <= TOLERANCE * b for (_, a), (_, b) in zip(ours, lucene))


def print_agreement(ours, lucene):
    counts = [(o.mode, o.text, o.count, l.count) for o, l in zip(ours, lucene) if o.count != l.count]
    scores = [(o.mode, o.text) for o, l in zip(ours, lucene) if not same_scores(o.hits, l.hits)]
    overlap = [len({h for h, _ in o.hits} & {h for h, _ in l.hits}) / len(l.hits) for o, l in zip(ours, lucene) if l.hits]
    print(f"\ncounts equal on {len(ours) - len(counts)} of {len(ours)} queries {counts[:3] or ''}")
    print(f"score lists, ours / {SCALE}, within {TOLERANCE:.1%} on {len(ours) - len(scores)} of {len(ours)} {scores[:3] or ''}; "
          f"mean overlap of the ten best {statistics.mean(overlap):.3f}")


if __name__ == "__main__":
    print_ratios(read(sys.argv[1]), read(sys.argv[2]))
    print_agreement(read(sys.argv[1]), read(sys.argv[2]))
