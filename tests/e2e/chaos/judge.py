"""What must be true when everything is healed: of each replica by itself, of both together, and of the searches."""
import stories


def status(command, address):
    code, lines, complaint = command.run(address, "status")
    return lines[-1]["shards"] if code == 0 else None


def caught_up(command, addresses):
    """Every replica has applied the whole log, and all the same."""
    all_shards = [status(command, address) for address in addresses]
    if None in all_shards:
        return False
    ends = [[(int(shard.get("appliedPosition", 0)), int(shard.get("logLastPosition", 0))) for shard in shards]
            for shards in all_shards]
    return all(end == ends[0] for end in ends) and all(applied == last for applied, last in ends[0])


def digests(command, addresses):
    return [[(shard.get("shard", 0), shard["digest"], shard.get("articles")) for shard in status(command, address) or []]
            for address in addresses]


def articles(command, address):
    """-1 when it does not answer."""
    shards = status(command, address)
    return -1 if shards is None else sum(int(shard.get("articles", 0)) for shard in shards)


def listing(command, root, site):
    """Every hit of a site, page after page."""
    token = []
    while True:
        code, lines, complaint = command.run(root, "search", "--site", site, "--sort", "newest", "-n", "100", *token, timeout=30)
        if code != 0:
            raise SystemExit("a replica does not list %s: %s" % (site, complaint))
        answer = lines[-1]
        if int(answer.get("shardsAnswered", 0)) != int(answer["shardsAsked"]):
            raise SystemExit("a replica lists %s in part only" % site)
        yield from answer.get("hits", [])
        if not answer.get("nextPageToken"):
            return
        token = ["--page-token", answer["nextPageToken"]]


def breaches_of_own(command, root, who, site, acknowledged):
    """ACKNOWLEDGED: number of the story → (article id, version)."""
    titles = {}
    for hit in listing(command, root, site):
        if hit["articleId"] in titles:
            yield "%s: article %s twice" % (who, hit["articleId"])
        titles[hit["articleId"]] = hit["title"]
    lost = [number for number, (article, _) in acknowledged.items() if article not in titles]
    if lost:
        yield "%s: %d acknowledged stories of %s are not there: %s" % (who, len(lost), site, sorted(lost)[:20])
    for number, (article, version) in acknowledged.items():
        if article in titles and titles[article] != stories.title(number, version):
            yield "%s: story %d is \"%s\", acknowledged was version %d" % (who, number, titles[article], version)
    strange = set(titles) - {article for article, _ in acknowledged.values()}
    if strange:
        yield "%s: %d articles of %s nobody wrote: %s" % (who, len(strange), site, [titles[one] for one in strange][:5])


def breaches_of_web(command, root, who, sites, acknowledged, read, whole):
    """ACKNOWLEDGED: article ids that crawlers were told; READ: (host, path) of every page that was sent to one. WHOLE: all of
    those must be there; otherwise one that was lost on its way to the crawler may not be."""
    hits = [hit for site in sites for hit in listing(command, root, site)]
    ids = [hit["articleId"] for hit in hits]
    # An article has the address by which it was stored last: one of its slugs.
    found = [tuple(hit["url"].split("//")[1].replace("-amp.", ".").replace("-in.", ".").split("/", 1)) for hit in hits]
    found = [(host.split(":")[0], "/" + path) for host, path in found]
    for what, twice in (("articles", len(ids) - len(set(ids))), ("addresses", len(found) - len(set(found)))):
        if twice:
            yield "%s: %d crawled %s twice" % (who, twice, what)
    for what, wrong in (("acknowledged articles are not there", acknowledged - set(ids)),
                        ("pages that were read are not there", read - set(found) if whole else ()),
                        ("pages are there that nobody read", set(found) - read)):
        if wrong:
            yield "%s: %d crawled %s: %s" % (who, len(wrong), what, sorted(wrong)[:5])


def quantiles(times):
    """Seconds; those of the longest."""
    ordered = sorted(times)
    at = lambda share: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)
    return {"median": at(0.5), "p99": at(0.99), "p99.9": at(0.999), "longest": [round(one, 2) for one in ordered[-5:]]}
