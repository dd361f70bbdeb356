"""What the loss of an indexer, and of nothing else, adds to the longest wait for an answer."""
import judge

LOSS_SECONDS = 1.0  # it may add so much


def unanswered(searches):
    """(began, ended) of every wait for an answer: a search that fails is answered by the next that does not."""
    began = None
    for search in searches:
        began = search.began if began is None else began
        if not search.error:
            yield began, search.began + search.took
            began = None
    if began is not None:
        yield began, searches[-1].began + searches[-1].took


def judged(searchers, faults):
    """Figures and breaches."""
    others = [fault for fault in faults if "indexer" not in fault.roles()]
    losses = [fault for fault in faults if "indexer" in fault.roles()]
    calm, lost = [], []
    for searcher in searchers:
        for began, ended in unanswered(searcher.searches):
            if any(fault.covers(began, ended) for fault in others):
                continue
            covering = [fault for fault in losses if fault.covers(began, ended)]
            (lost if covering else calm).append((ended - began, searcher.name, covering))
    if not calm or not lost:
        return None, []
    normal = judge.quantiles([wait for wait, _, _ in calm])
    felt = judge.quantiles([wait for wait, _, _ in lost])
    figures = {"calm": {"waits": len(calm), **normal}, "lost": {"waits": len(lost), **felt}}
    return figures, ["%s waited %.2f s for an answer, normal is %.2f s: %s" % (name, wait, normal["p99"], faults[0])
                     for wait, name, faults in lost if wait > normal["p99"] + LOSS_SECONDS]
