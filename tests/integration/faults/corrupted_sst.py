"""A flipped byte in a table file never changes an answer unsaid.

Two indexers hold the same shards. In one table file of the second a byte is flipped, elsewhere in each round, by turns
before it starts and while it serves. Promised: a damaged indexer does not start and says what is damaged; or it answers
each question as before; or its answer is an error or called partial, and a log names the file. The same holds of a
query root that knows both indexers. With the byte as it was the indexer serves as before. Damage that no question meets
may be: not in every round, or nothing was tried.

corrupted_sst.py BIN [--rounds N] [--seed S]
"""
import argparse
import glob
import json
import os
import random
import sys
import tempfile

from service import SMALL_SHARDS, Service, wait_for
from slow_peer import fill

QUESTIONS = ("mắc ca", '"bài toán đầu ra"', "thanh long", "Sủng Là", "bàn ghế cho điểm trường lẻ", "+sâm +dây")
NOT_MET = "not met"


def flip(path, place):
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0x40]))


class Damage:
    """A byte of a table file, both chosen by the seed."""

    def __init__(self, data, moments):
        tables = sorted(glob.glob(data + "/shard-*/*.sst"))
        assert tables, "there are no table files"
        self.path = moments.choice(tables)
        self.place = moments.randrange(os.path.getsize(self.path))

    def toggle(self):
        """A table that a merge has replaced meanwhile does no harm any more."""
        try:
            flip(self.path, self.place)
        except FileNotFoundError:
            pass

    def names(self, text):
        return os.path.basename(self.path) in text


def ask(query, words):
    """The hits in order, whether they are all, and what was said about it."""
    status, out, err = query.command("search", "--exact-total", "-n", "20", words)
    if status != 0:
        return None, False, out + err
    answer = json.loads(out.splitlines()[-1])
    partial = any(notice["kind"] == "NOTICE_KIND_PARTIAL" for notice in answer["notices"])
    whole = answer["shardsAnswered"] == answer["shardsAsked"] and not partial
    return [(hit["articleId"], hit["title"], hit["snippets"]) for hit in answer["hits"]], whole, json.dumps(answer["notices"])


def root(binaries, directory, name, indexers):
    addresses = ",".join(indexer.address() for indexer in indexers)
    query = Service(binaries, "%s/query-%s" % (directory, name), "query", "indexers: [{target: 'ipv4:%s'}]" % addresses)
    query.start()
    return query


def try_to_start(indexer):
    """Whether it serves; otherwise it has ended."""
    indexer.launch()
    wait_for(lambda: indexer.serving() or not indexer.alive(), 30, "the start or the end of a damaged indexer")
    return indexer.alive()


def judge(query, damaged, expected, damage):
    """How many questions met the damage. No answer may be wrong and say nothing, and somebody names the file."""
    met = 0
    for words, right in expected.items():
        hits, whole, said = ask(query, words)
        if hits == right:
            continue
        met += 1
        assert hits is None or not whole, "a wrong answer to %s without a word: %s" % (words, damage.path)
        assert damage.names(said + query.said() + damaged.said()), "nobody names %s: %s" % (damage.path, said)
    return met


def refused_to_start(damaged, damage):
    before = len(damaged.said()) if os.path.exists(damaged.directory + "/log") else 0
    if try_to_start(damaged):
        return False
    said = damaged.said()[before:]
    assert damaged.process.returncode == 1, "it ended with %d: %s" % (damaged.process.returncode, said[-500:])
    # RocksDB blames the manifest for a table whose properties are damaged.
    assert os.path.dirname(damage.path) in said and "Corruption" in said, "it did not say why: %s" % said[-500:]
    return True


def one_round(binaries, directory, sound, damaged, expected, damage, serving):
    """What became of damage done to a file of an indexer that is at work, or is yet to start."""
    queries = []
    if serving:
        damaged.start()
    damage.toggle()
    try:
        if not serving and refused_to_start(damaged, damage):
            return "refused to start"
        queries = [root(binaries, directory, "alone", [damaged]), root(binaries, directory, "both", [sound, damaged])]
        met, met_by_both = [judge(query, damaged, expected, damage) for query in queries]
        return "%d of %d answers refused or partial, %d with a replica" % (met, len(expected), met_by_both) if met else NOT_MET
    finally:
        damaged.kill()
        for query in queries:
            query.kill()
        damage.toggle()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    flags = parser.parse_args()
    moments = random.Random(flags.seed)
    with tempfile.TemporaryDirectory() as directory:
        fill(flags.bin, directory)
        sound, damaged = [Service(flags.bin, "%s/indexer-%d" % (directory, i), "indexer",
                                  "data_directory: '%s/data-%d'\n%s" % (directory, i, SMALL_SHARDS)) for i in range(2)]
        query = None
        try:
            sound.start()
            query = root(flags.bin, directory, "sound", [sound])
            expected = {words: ask(query, words)[0] for words in QUESTIONS}
            assert all(expected.values()), "nothing is found"
            ends = []
            for number in range(flags.rounds):
                damage = Damage(directory + "/data-1", moments)
                ends.append(one_round(flags.bin, directory, sound, damaged, expected, damage, serving=number % 2 == 1))
                print("%s, %s at %d: %s" % ("at work" if number % 2 else "stopped", os.path.basename(damage.path), damage.place,
                                            ends[-1]), flush=True)
            if set(ends) == {NOT_MET}:
                sys.exit("seed %d: no damage was met" % flags.seed)
        finally:
            for service in (sound, damaged, query):
                if service:
                    service.kill()


main()
