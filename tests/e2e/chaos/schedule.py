"""The seeded schedule of faults.

The rule: one fault at a time, or two that have no role in common (a parted pair has the roles of both). The next comes when the
cluster has recovered: all processes serve, every partition is on all three brokers, both replicas have read the log to its
end. So two of three brokers, or both replicas, are never down at once, nor is one while the other still catches up, nor is
one away while a caller is parted from the other: what the system promises holds all the time.
"""
import random
import time

KINDS = ("kill", "stop", "cut", "part")
HOLD = {"kill": (0.0, 2.0), "stop": (2.0, 9.0), "cut": (2.0, 9.0), "part": (2.0, 9.0)}  # seconds until it is healed
TWO_AT_ONCE = 0.3
# Who is parted from whom: those that talk with one another.
PEERS = {"broker": ("broker", "indexer"), "indexer": ("broker", "normalizer", "query"), "normalizer": ("indexer", "crawler"),
         "query": ("indexer",), "crawler": ("normalizer", "crawler")}


class Fault:
    """PEER: of a parted pair, the other. `healed` is when all of its round were."""

    def __init__(self, process, kind, peer, hold):
        self.process, self.kind, self.peer, self.hold = process, kind, peer, hold
        self.time = self.began = self.healed = self.recovered = None

    def __str__(self):
        whom = "%s from %s" % (self.process.name, self.peer.name) if self.peer else self.process.name
        recovery = "recovered %.1f s later" % (self.recovered - self.healed) if self.recovered else "did not recover"
        return "%s %s %s for %.1f s, %s" % (self.time, self.kind, whom, self.hold, recovery)

    def roles(self):
        return {one.role for one in (self.process, self.peer) if one}

    def begin(self):
        self.time, self.began = time.strftime("%H:%M:%S"), time.monotonic()
        self.process.suffer(self.kind, self.peer)

    def heal(self):
        self.process.heal(self.kind, self.peer)

    def covers(self, began, ended):
        return self.began <= ended and began <= (self.recovered or ended)


def faults(seed, roles, kinds):
    """Endless. ROLES: lists of processes; each role has its turn, and in it every process and kind once a round."""
    rng = random.Random(seed)
    everyone = [process for role in roles for process in role]
    decks = [[] for _ in roles]
    while True:
        for number in rng.sample(range(len(roles)), len(roles)):
            if not decks[number]:
                decks[number] = [(process, kind) for process in roles[number] for kind in kinds]
                rng.shuffle(decks[number])
            process, kind = decks[number].pop()
            peers = [one for one in everyone if one.role in PEERS[process.role] and one is not process]
            yield Fault(process, kind, rng.choice(peers) if kind == "part" else None, rng.uniform(*HOLD[kind]))


def rounds(seed, roles, kinds):
    """The faults of one moment each, in their order."""
    rng = random.Random("two at once %s" % seed)
    coming = faults(seed, roles, kinds)
    one = next(coming)
    while True:
        other = next(coming)
        if rng.random() < TWO_AT_ONCE and not one.roles() & other.roles():
            yield [one, other]
            one = next(coming)
        else:
            yield [one]
            one = other


def suffer(together):
    """All begin at once, and each is healed in its time."""
    for fault in together:
        fault.begin()
    for fault in sorted(together, key=lambda fault: fault.hold):
        time.sleep(max(0.0, fault.began + fault.hold - time.monotonic()))
        fault.heal()
    for fault in together:
        fault.healed = time.monotonic()


def run(seed, roles, kinds, seconds, recovered, patience, tell):
    """Does what the schedule says for that long; ends early when the cluster does not recover. Returns the faults."""
    done, end = [], time.monotonic() + seconds
    for together in rounds(seed, roles, kinds):
        if time.monotonic() + max(fault.hold for fault in together) > end:
            return done
        done += together
        suffer(together)
        healthy = recovered(patience)
        for fault in together:
            fault.recovered = time.monotonic() if healthy else None
            tell(fault)
        if not healthy:
            return done
