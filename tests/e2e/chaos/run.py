"""A whole cluster under a seeded schedule of kills, stops and network cuts, while stories are put, pages are crawled and
searches are asked: three Kafka brokers, 4 shards × 2 replicas, 2 normalizers, 2 query roots, 2 crawlers, each a process in a
network namespace of its own.

Faults: kill -9 and a new start, SIGSTOP and SIGCONT, a cut link, of any process, brokers included, and a pair that no longer
hears one another; one or two at a time, the next when the cluster has recovered (schedule.py states the rule). At the end every
acknowledged story and every crawled page must be on each replica exactly once, in its newest acknowledged version, with equal
digests; 99.5 % of the searches must have been answered, none in part without saying so, and the loss of an indexer may have
added a second to one and no more.

usage: run.py BIN [--seconds N] [--seed S] [--no-netns] [--keep DIRECTORY]

Exit status: 0 all of it is true, 1 something is not, 77 no Java, no Kafka or no network namespaces here.
"""
import argparse
import contextlib
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(HERE, "../../support")
sys.path[:0] = [SUPPORT, os.path.join(SUPPORT, "fake_web")]
import brokers as kafka  # noqa: E402
import network  # noqa: E402
from cluster import Cluster  # noqa: E402
from kafka_brokers import SKIPPED  # noqa: E402
from verdict import verdict  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries")
    parser.add_argument("--seconds", type=float, default=25, help="how long faults come")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-netns", action="store_true", help="all on loopback, and no link is cut")
    parser.add_argument("--keep", metavar="DIRECTORY", help="where logs and data stay to be looked at; must not exist")
    arguments = parser.parse_args()
    libraries = kafka.jars()
    if not arguments.no_netns and not network.enter():
        print("no network namespaces on this machine")
        sys.exit(SKIPPED)
    if arguments.keep:
        os.makedirs(arguments.keep)
    place = contextlib.nullcontext(os.path.abspath(arguments.keep)) if arguments.keep else tempfile.TemporaryDirectory()
    with place as directory:
        cluster = Cluster(os.path.abspath(arguments.binaries), directory, libraries, arguments.seconds,
                          not arguments.no_netns)
        try:
            cluster.start()
            faults = cluster.run(arguments.seed)
            settled = cluster.settle()
            figures, breaches = verdict(cluster, faults, settled)
        finally:
            cluster.end()
    print("\n".join(breaches + [json.dumps({"seed": arguments.seed, **figures}, ensure_ascii=False)]))
    sys.exit(1 if breaches else 0)


main()
