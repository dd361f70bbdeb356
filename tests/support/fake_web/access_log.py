"""What the access log of the fake web says."""
import json


def articles_read(directory):
    """Of all servers, by host and address without the slugs that stand for the same article."""
    seen = set()
    with open(directory + "/access.jsonl") as file:
        for entry in map(json.loads, file):
            if entry["status"] == 200 and (entry.get("version") or entry["path"] == "/tot.html"):
                seen.add((entry["host"], entry["path"].replace("-amp.", ".").replace("-in.", ".")))
    return seen


def papers_read(directory):
    return [path for _, path in articles_read(directory) if path != "/tot.html"]
