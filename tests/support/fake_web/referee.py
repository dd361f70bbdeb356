"""Judges a crawler by the access log of fake_web.py.

usage: referee.py DIRECTORY [--lost KILLS]

Prints every breach of a rule and a summary, and exits with 1 when there was one. `lost` is how often the crawler was
killed: what it had asked for at that moment may be asked for once more.
"""
import argparse
import collections
import json
import sys

SLACK = 0.01  # clocks of two processes are read at different moments
ROBOTS = ("/robots.txt", "/robots2.txt")


def read(directory):
    with open(directory + "/access.jsonl") as file:
        entries = sorted((json.loads(line) for line in file), key=lambda entry: entry["time"])
    with open(directory + "/rules.json") as file:
        return entries, json.load(file)


def gaps(host, entries, rule):
    """Between the end of a request and the next, with one at a time."""
    for before, entry in zip(entries, entries[1:]):
        gap = entry["time"] - before["end"]
        if gap < rule["delay"] - SLACK:
            yield "%s: %.3f s between %s and %s, the rule is %.3f" % (host, gap, before["path"], entry["path"], rule["delay"])


def refusals(host, entries):
    until = 0
    for entry in entries:
        if entry["time"] < until - SLACK:
            yield "%s: %s asked %.2f s before its time" % (host, entry["path"], until - entry["time"])
        if entry["status"] in (429, 503):
            until = max(until, entry["refused_until"])


def manners(host, entries):
    if entries and entries[0]["path"] not in ROBOTS:
        yield "%s: %s before robots.txt" % (host, entries[0]["path"])
    for entry in entries:
        if entry.get("disallowed"):
            yield "%s: %s is disallowed" % (host, entry["path"])
        if entry["in_flight"] > 1:
            yield "%s: %d requests at once" % (host, entry["in_flight"])
        if "+http" not in entry["agent"]:
            yield "%s: no contact in user agent %r" % (host, entry["agent"])


def articles(host, entries, rule, lost):
    """Each article is read once for each version that it had while somebody looked, and none is missed."""
    read_count = collections.Counter((entry["path"], entry["version"]) for entry in entries
                                     if entry["status"] == 200 and entry.get("version"))
    again = sum(count - 1 for count in read_count.values())
    if again > lost:
        yield "%s: %d articles were read again unchanged" % (host, again)
    published = rule["first"] + int(rule["duration"] / rule["publish_every"])
    paths = {path for path, _ in read_count}
    missed = [n for n in range(published) if rule["path"] % (rule["first_number"] + n) not in paths]
    if missed:
        yield "%s (%s): articles %s were missed" % (host, rule["quirk"], missed)


def faults(host, entries, lost):
    tries = collections.Counter(entry["path"] for entry in entries if entry["status"] == 0)
    for path, count in tries.items():
        if count > 3 + lost:
            yield "%s: %s tried %d times" % (host, path, count)


def breaches(entries, rules, lost):
    by_host = collections.defaultdict(list)
    for entry in entries:
        by_host[entry["host"]].append(entry)
    for host, rule in rules.items():
        mine = by_host[host]
        yield from gaps(host, mine, rule)
        yield from manners(host, mine)
        if rule["quirk"] == "faults":
            yield from faults(host, mine, lost)
        else:
            yield from refusals(host, mine)
            yield from articles(host, mine, rule, lost)


def summary(entries):
    statuses = collections.Counter(entry["status"] for entry in entries)
    feeds = [entry["status"] for entry in entries if entry["path"] == "/rss.xml"]
    return {"requests": len(entries), "statuses": dict(sorted(statuses.items())), "feeds_304": feeds.count(304),
            "feeds_200": feeds.count(200), "articles": len({(e["host"], e["path"]) for e in entries if e.get("version")}),
            "corrections": sum(1 for e in entries if e.get("version") == "2")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("--lost", type=int, default=0)
    arguments = parser.parse_args()
    entries, rules = read(arguments.directory)
    found = list(breaches(entries, rules, arguments.lost))
    print("\n".join(found + [json.dumps(summary(entries))]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
