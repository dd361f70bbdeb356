"""Pages a second: normalize_bench against python3-readability, in alternating rounds, medians and spread."""

import gzip
import json
import pathlib
import statistics
import subprocess
import sys
import time

import readability


def read(path):
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")


def theirs(pages):
    start = time.perf_counter()
    for page in pages:
        document = readability.Document(page)
        document.short_title()
        document.summary()
    return len(pages) / (time.perf_counter() - start)


def ours(bench, folder):
    run = subprocess.run([bench, folder], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)["pages_per_s"]


def spread(rates):
    return f"{statistics.median(rates):.1f} ({min(rates):.1f} to {max(rates):.1f})"


def main():
    bench, folder, *rounds = sys.argv[1:]
    files = sorted(p for p in pathlib.Path(folder).iterdir() if p.name.endswith((".html", ".html.gz")))
    pages = [read(path) for path in files]
    mine, others = [], []
    for _ in range(int(rounds[0]) if rounds else 3):
        mine.append(ours(bench, folder))
        others.append(theirs(pages))
    print(f"pages {len(pages)}, mean {sum(map(len, pages)) // len(pages)} letters")
    print(f"ours        {spread(mine)} pages/s")
    print(f"readability {spread(others)} pages/s")
    print(f"ratio       {statistics.median(mine) / statistics.median(others):.1f}")


main()
