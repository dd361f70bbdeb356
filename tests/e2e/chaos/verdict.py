"""The figures of a run, and every promise that was not kept in it."""
import collections

import judge
import replica_loss
from services import PAIR

SUCCESS = 0.995
LONG_SECONDS = 1.0


def asked(searcher, faults):
    """Its searches; of one that asks a single root, those made while that root was not away."""
    own = [fault for fault in faults if fault.process.name == searcher.name and fault.kind != "part"]
    return [search for search in searcher.searches
            if not any(fault.covers(search.began, search.began + search.took) for fault in own)]


def searches(cluster, faults):
    figures, breaches = {}, []
    # In a brief run already the one search that was on its way to a root when that failed is more than the share.
    on_their_way = sum(fault.process.role == "query" and fault.kind != "part" for fault in faults) if cluster.web.brief else 0
    for searcher in cluster.searchers:
        judged = asked(searcher, faults)
        failed = [search for search in judged if search.error]
        misleading = searcher.misleading()
        figures[searcher.name] = {
            "searches": len(searcher.searches), "judged": len(judged), "failed": len(failed),
            "partial": len(searcher.partial()), "misleading": len(misleading),
            "seconds": judge.quantiles([search.took for search in judged]),
            "errors": dict(collections.Counter(search.error for search in failed).most_common(3))}
        if len(judged) == 0 or len(failed) > max((1 - SUCCESS) * len(judged), on_their_way):
            breaches.append("%s: %d of %d searches failed" % (searcher.name, len(failed), len(judged)))
        breaches += ["%s: %d articles counted of %d, %d hits shown, without a word (%s)" %
                     (searcher.name, search.count, searcher.whole, search.hits, search)
                     for search in misleading[:5]]
    return figures, breaches


def never_partial(cluster, faults):
    """The root to which the replicas are two indexers must have been seen to answer in part, or nothing was tested."""
    away = [fault for fault in faults if fault.process.role == "indexer" and fault.kind != "part" and fault.hold > 1.5]
    if away and not any(searcher.partial() for searcher in cluster.searchers if searcher.name == "split"):
        yield "split: an indexer was away and no answer was partial"


def replicas(cluster):
    """Each replica asked by itself, through a root that knows of no other."""
    command, breaches = cluster.command, []
    told = judge.digests(command, cluster.replicas)
    if told[0] != told[1] or not told[0]:
        breaches.append("the replicas' digests differ: %s" % told)
    crawled, read = cluster.crawled(), cluster.web.read()
    expected = len(cluster.base) + len(cluster.acknowledged.of) + len(crawled)
    for number in PAIR:
        who, address = "indexer-%d" % number, cluster.replicas[number]
        root = cluster.services.judge_root(number)
        if not cluster.within(cluster.deadline(), lambda: command.run(root, "search", "--site", "goc", timeout=2)[0] == 0):
            breaches.append("the judge's root of %s does not start" % who)
            continue
        stored = judge.articles(command, address)
        if stored != expected:
            breaches.append("%s has %d articles, acknowledged and crawled were %d" % (who, stored, expected))
        breaches += judge.breaches_of_own(command, root, who, "goc", cluster.base)
        breaches += judge.breaches_of_own(command, root, who, "viet", cluster.acknowledged.of)
        breaches += judge.breaches_of_web(command, root, who, cluster.web.sites, crawled, read, not cluster.web.brief)
    return told, breaches


def during(cluster, faults, role, names):
    """How long searches took while one of a role was away."""
    mine = [fault for fault in faults if fault.process.name.startswith(role)]
    times = [search.took for searcher in cluster.searchers if searcher.name in names for search in searcher.searches
             if any(fault.covers(search.began, search.began + search.took) for fault in mine)]
    if not times:
        return None
    return {"searches": len(times), **judge.quantiles(times), "over_a_second": sum(took > LONG_SECONDS for took in times)}


def verdict(cluster, faults, missing):
    figures, breaches = searches(cluster, faults)
    breaches += ["%s did not happen in time" % what for what in missing]
    breaches += ["not recovered: %s" % fault for fault in faults if fault.recovered is None]
    breaches += ["refused: %s" % (one,) for one in cluster.acknowledged.rejected]
    breaches += never_partial(cluster, faults)
    told, more = replicas(cluster)
    breaches += more
    kinds = collections.Counter("%s %s" % (fault.kind, fault.process.name.split("-")[0]) for fault in faults)
    recoveries = [fault.recovered - fault.healed for fault in faults if fault.recovered]
    clients = [searcher for searcher in cluster.searchers if searcher.name != "split"]
    felt, long = replica_loss.judged(clients, faults)
    breaches += long
    whole = [searcher.name for searcher in cluster.searchers if searcher.name.startswith("both")]
    away = {role: during(cluster, faults, role, whole) for role in ("broker", "indexer", "normalizer", "query", "crawler")}
    return {
        "faults": len(faults), "of": dict(sorted(kinds.items())),
        "recovery_seconds": judge.quantiles(recoveries) if recoveries else None,
        "acknowledgements": cluster.acknowledged.answers, "stories": len(cluster.acknowledged.of),
        "acknowledged_after_seconds": judge.quantiles(cluster.acknowledged.waits),
        "imports_failed": sum((collections.Counter(writer.complaints) for writer in cluster.writers), collections.Counter()),
        "crawled": len(cluster.crawled()), "read": len(cluster.web.read()), "settling_seconds": round(cluster.settling, 1),
        "digests": [shard[1] for shard in told[0]], "searches": figures,
        "replica_loss": felt,
        "while_away": away,
    }, breaches
