"""Twenty made-up province papers on 127.0.1.1 to 127.0.1.20 and a server of faults on 127.0.1.21, with an access log.

usage: fake_web.py DIRECTORY [--duration SECONDS] [--publish-every SECONDS]

Writes DIRECTORY/sites.yaml for the crawler, DIRECTORY/rules.json for referee.py and then DIRECTORY/ready, and appends to
DIRECTORY/access.jsonl one line for each request. Publishes for `duration` seconds, and serves until it is killed.
"""
import argparse
import asyncio
import json
import os
import socket
import time

import faults
from paper import FIRST_ARTICLES, FIRST_NUMBER, PATH, QUIRKS, Answer, Site

REASONS = {200: "OK", 301: "Moved Permanently", 304: "Not Modified", 403: "Forbidden", 404: "Not Found",
           429: "Too Many Requests", 503: "Service Unavailable"}
FAULT_HOST = "127.0.1.21"


class Web:
    def __init__(self, arguments, port):
        self.start = time.time()
        os.makedirs(arguments.directory, exist_ok=True)
        self.log = open(arguments.directory + "/access.jsonl", "a", buffering=1)
        self.sites = {}
        for index in range(len(QUIRKS)):
            site = Site(index, port, self.start, arguments.publish_every, arguments.duration)
            self.sites[site.host] = site
        self.fault_home = "http://%s:%d/" % (FAULT_HOST, port)
        self.in_flight = {}

    def write_rules(self, directory):
        rules = {host: {"delay": site.delay(), "publish_every": site.publish_every, "first": FIRST_ARTICLES, "quirk": site.quirk,
                        "first_number": FIRST_NUMBER, "path": PATH, "start": self.start, "duration": site.duration} for host, site in self.sites.items()}
        rules[FAULT_HOST] = {"delay": 0.25, "quirk": "faults"}
        with open(directory + "/rules.json", "w") as file:
            json.dump(rules, file)
        with open(directory + "/sites.yaml", "w") as file:
            file.write("sites:\n" + "\n".join(site.config() for site in self.sites.values()))
            file.write("\n- id: loi\n  name: 'Báo Lỗi'\n  home: '%s'\n  delay: 250ms\n  feeds: [/rss.xml]\n" % self.fault_home)

    async def serve(self, reader, writer):
        host = writer.get_extra_info("sockname")[0]
        try:
            while await self.serve_one(host, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def serve_one(self, host, reader, writer):
        """One request; False when the connection is to be closed."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        entry = {"time": time.time(), "host": host, "path": head[0].split(" ")[1]}
        headers = dict((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:] if line))
        entry["conditional"] = "if-none-match" in headers or "if-modified-since" in headers
        entry["agent"] = headers.get("user-agent", "")
        self.in_flight[host] = entry["in_flight"] = self.in_flight.get(host, 0) + 1
        try:
            return await self.answer(host, entry, headers, reader, writer)
        finally:
            self.in_flight[host] -= 1
            entry.setdefault("end", time.time())
            self.log.write(json.dumps(entry) + "\n")

    async def answer(self, host, entry, headers, reader, writer):
        if host == FAULT_HOST and entry["path"] in faults.ANSWERS:
            entry["status"] = 0
            await faults.ANSWERS[entry["path"]](reader, writer)
            return False
        answer = self.good_fault(entry["path"]) if host == FAULT_HOST else self.sites[host].answer(entry["path"], headers, entry["time"])
        entry["status"], entry["version"] = answer.status, answer.headers.get("X-Version")
        if host in self.sites:
            entry["refused_until"] = self.sites[host].refused_until
            entry["disallowed"] = self.sites[host].disallowed(entry["path"])
        lines = ["HTTP/1.1 %d %s" % (answer.status, REASONS.get(answer.status, "?"))]
        lines += ["%s: %s" % item for item in answer.headers.items()] + ["Content-Length: %d" % len(answer.body), "", ""]
        # Before the answer leaves: nobody has it earlier, however late this process gets on.
        entry["end"] = time.time()
        writer.write("\r\n".join(lines).encode() + answer.body)
        await writer.drain()
        return True

    def good_fault(self, path):
        if path == "/rss.xml":
            return Answer(200, faults.feed(self.fault_home), "application/rss+xml")
        return Answer(200, faults.good_page(self.fault_home)) if path == "/tot.html" else Answer(404)


def free_port():
    """One that is free on every address."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.bind(("0.0.0.0", 0))
            return probe.getsockname()[1]


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", help="made where it is not there")
    parser.add_argument("--duration", type=float, default=60)
    parser.add_argument("--publish-every", type=float, default=6)
    arguments = parser.parse_args()
    port = free_port()
    web = Web(arguments, port)
    hosts = list(web.sites) + [FAULT_HOST]
    servers = [await asyncio.start_server(web.serve, host, port, limit=1 << 17) for host in hosts]
    web.write_rules(arguments.directory)
    open(arguments.directory + "/ready", "w").close()
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main())
