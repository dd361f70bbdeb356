"""The configurations: each against the service's own loader, and what they say of one another."""

import os
import subprocess
import tempfile

import objects as o

SITES = "deploy/sites/vietnam.yaml"


def check(objects):
    problems = [*_topic(objects), *_replicas(objects), *_crawlers(objects), *_certificate(objects)]
    for workload in o.of_kind(objects, *o.WORKLOADS):
        problems += _load(objects, workload)
    return problems


def _load(objects, workload):
    """--check-config of the very program, with mounted folders put below a temporary one."""
    program = os.path.basename(o.container(workload)["command"][0])
    if workload["kind"] == "Job":
        program = "tintinh-indexer"  # the file that the job reads is an indexer's
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "sites"))
        os.symlink(os.path.join(o.ROOT, SITES), os.path.join(folder, "sites/sites.yaml"))
        for config_map, key in o.config_files(objects, workload).values():
            if not config_map or key not in config_map["data"]:
                continue
            path = os.path.join(folder, key)
            with open(path, "w", encoding="utf-8") as file:
                file.write(config_map["data"][key].replace("/etc/tintinh/", folder + "/"))
            ran = subprocess.run([os.path.join(os.environ["TINTINH_BIN"], program), "--config", path, "--check-config"],
                                 capture_output=True, text=True)
            if ran.returncode != 0:
                yield f"{o.name(workload)}: {key}: {program} refuses it: {ran.stderr.strip()}"


def _topic(objects):
    """The job that makes the topic reads what the indexers read."""
    job = o.find(objects, "Job", "topic")
    if not job:
        return
    ours = list(o.configs(objects, job).values())
    for indexer in _named(objects, "indexer"):
        if list(o.configs(objects, indexer).values()) != ours:
            yield f"{o.name(indexer)} follows a topic that Job/topic does not make"
    args = o.container(job)["args"]
    if int(args[args.index("--replicas") + 1]) <= int(args[args.index("--min-in-sync") + 1]):
        yield "Job/topic: no broker may be away"


def _named(objects, name):
    return [w for w in o.of_kind(objects, "StatefulSet", "Deployment")
            if o.pod_labels(w)["app.kubernetes.io/name"] == name]


def _replicas(objects):
    for indexer in _named(objects, "indexer"):
        for config in o.configs(objects, indexer).values():
            if indexer["spec"]["replicas"] > 1 and not config.get("kafka", {}).get("brokers"):
                yield f"{o.name(indexer)}: replicas without a common log hold different articles"


def _crawlers(objects):
    for crawler in _named(objects, "crawler"):
        configs = o.configs(objects, crawler)
        pods = o.pod_names(crawler)
        service = crawler["spec"]["serviceName"]
        if crawler["spec"]["replicas"] == 1 and not any("members" in c for c in configs.values()):
            continue
        for pod, config in configs.items():
            if config.get("member") != pod or config.get("members") != pods:
                yield f"{o.name(crawler)}: {pod} is member {config.get('member')} of {config.get('members')}"
            if [t["target"].split(":")[0] for t in config.get("member_targets", [])] != [f"{p}.{service}" for p in pods]:
                yield f"{o.name(crawler)}: {pod}: member_targets are not its pods"
        if len({str({k: v for k, v in c.items() if k != "member"}) for c in configs.values()}) > 1:
            yield f"{o.name(crawler)}: members differ in more than `member`"
    for crawler in _named(objects, "crawler"):
        claim = crawler["spec"]["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"]
        for pod, config in o.configs(objects, crawler).items():
            # The file being written may take 1 GiB beside, the frontier and the outbox several.
            if o.amount(config["warc_total_bytes"]) > 0.8 * o.amount(claim):
                yield f"{o.name(crawler)}: {pod}: the archive may fill the volume"


def _certificate(objects):
    names = [n for c in o.of_kind(objects, "Certificate") for n in c["spec"].get("dnsNames", [])]
    if not names:
        return
    for workload in o.of_kind(objects, "StatefulSet", "Deployment"):
        for config in o.configs(objects, workload).values():
            for host, _ in o.targets(config):
                if host not in names and not _wild(host, names):
                    yield f"{o.name(workload)} calls {host}, and no certificate bears that name"


def _wild(host, names):
    """As gRPC compares: a wildcard stands for one label, and only above a name that has a dot."""
    rest = host.partition(".")[2]
    return "." in rest and f"*.{rest}" in names
