"""What the NetworkPolicies let through: all that the configurations need, and to the world only what is public."""

import ipaddress
import os
import re

import objects as o

GUARD = "services/crawler/fetch/address_guard.cc"
# Of the addresses that are handed out at all (2000::/3): protocol assignments, documentation, 6to4.
SPECIAL_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]


def check(objects):
    return [*_default(objects), *_world(objects), *_names(objects), *_needed(objects), *_brokers(objects), *_named_pods(objects)]


def _policies(objects, labels, way):
    for policy in o.of_kind(objects, "NetworkPolicy"):
        if way in policy["spec"]["policyTypes"] and o.selects(policy["spec"]["podSelector"], labels):
            yield policy


def _default(objects):
    denying = [p for p in o.of_kind(objects, "NetworkPolicy") if p["spec"] == {
        "podSelector": {}, "policyTypes": ["Ingress", "Egress"]}]
    if o.of_kind(objects, "StatefulSet", "Deployment") and not denying:
        yield "no NetworkPolicy denies what the others do not allow"


def special_networks():
    """What the crawler itself takes for not public."""
    with open(os.path.join(o.ROOT, GUARD), encoding="utf-8") as file:
        table = re.search(r"kSpecialIpv4 = \{\{(.*?)\}\};", file.read(), re.S).group(1)
    blocks = re.findall(r"\{\{(\d+), (\d+), (\d+), (\d+)\}, (\d+)\}", table)
    if len(blocks) < 10:
        raise SystemExit(f"{GUARD}: its table cannot be read any more")
    return [ipaddress.ip_network(f"{a}.{b}.{c}.{d}/{bits}") for a, b, c, d, bits in blocks] + [
        ipaddress.ip_network(each) for each in SPECIAL_IPV6]


def _world(objects):
    for policy in o.of_kind(objects, "NetworkPolicy"):
        for rule in policy["spec"].get("egress", []):
            if "to" not in rule:
                yield f"{o.name(policy)} lets its pods out to everywhere"
            for block in (p["ipBlock"] for p in rule.get("to", []) if "ipBlock" in p):
                yield from (f"{o.name(policy)}: {each}" for each in _block(policy, rule, block))


def _block(policy, rule, block):
    if not policy["spec"]["podSelector"].get("matchLabels", {}).get("app.kubernetes.io/name") == "crawler":
        yield "others than the crawler are let out"
    if {(p["protocol"], p["port"]) for p in rule.get("ports", [])} != {("TCP", 80), ("TCP", 443)}:
        yield "ports other than those of the web are let out"
    whole = ipaddress.ip_network(block["cidr"])
    if whole.version == 6 and not whole.subnet_of(ipaddress.ip_network("2000::/3")):
        yield f"{whole} is more than addresses that are handed out"
    left_out = [ipaddress.ip_network(each) for each in block.get("except", [])]
    for special in special_networks():
        if special.version == whole.version and special.overlaps(whole) and not any(
                special.subnet_of(n) for n in left_out if n.version == special.version):
            yield f"{special} is not public and let out"


def _allows(rules, key, labels, ports):
    """Whether one of a policy's rules names a pod with these labels, of our namespace, and one of the ports."""
    for rule in rules:
        if not {p["port"] for p in rule.get("ports", [])} & ports:
            continue
        for peer in rule.get(key, []):
            if "podSelector" in peer and "namespaceSelector" not in peer and o.selects(peer["podSelector"], labels):
                return True
    return False


def _needed(objects):
    """Every call that a configuration names passes out of the caller and into the called."""
    for caller in o.of_kind(objects, "StatefulSet", "Deployment"):
        for config in o.configs(objects, caller).values():
            for host, port in o.targets(config):
                called = called_by(objects, host)
                if not called:
                    yield f"{o.name(caller)} calls {host}, which is no Service and no pod"
                elif port not in o.container_ports(called).values():
                    yield f"{o.name(caller)} calls {host} at port {port}, which {o.name(called)} does not have"
                else:
                    yield from _passes(objects, caller, called, port)


def called_by(objects, host):
    """The workload that a target's host names: a Service, or POD.SERVICE of a StatefulSet."""
    pod, _, service = host.rpartition(".")
    found = o.find(objects, "Service", service)
    for workload in o.of_kind(objects, *o.WORKLOADS) if found else []:
        if o.selects({"matchLabels": found["spec"]["selector"]}, o.pod_labels(workload)):
            if not pod or workload["spec"].get("serviceName") == service and pod in o.pod_names(workload):
                return workload
    return None


def _passes(objects, caller, called, port):
    names = {n for n, p in o.container_ports(called).items() if p == port} | {port}
    out, into = o.pod_labels(caller), o.pod_labels(called)
    if not any(_allows(p["spec"].get("egress", []), "to", into, {port}) for p in _policies(objects, out, "Egress")):
        yield f"no NetworkPolicy lets {o.name(caller)} out to {o.name(called)}:{port}"
    if not any(_allows(p["spec"].get("ingress", []), "from", out, names) for p in _policies(objects, into, "Ingress")):
        yield f"no NetworkPolicy lets {o.name(caller)} into {o.name(called)}:{port}"


def _brokers(objects):
    for workload in o.of_kind(objects, *o.WORKLOADS):
        for config in o.configs(objects, workload).values():
            for broker in config.get("kafka", {}).get("brokers", []):
                namespace = broker.rsplit(":", 1)[0].split(".")[1]
                if not any(_reaches(p, namespace, o.port_of(broker))
                           for p in _policies(objects, o.pod_labels(workload), "Egress")):
                    yield f"no NetworkPolicy lets {o.name(workload)} out to {broker}"


def _names(objects):
    """Whoever is let out to some places only needs to be let out to ask for names."""
    for workload in o.of_kind(objects, *o.WORKLOADS):
        policies = list(_policies(objects, o.pod_labels(workload), "Egress"))
        if policies and not any(_reaches(p, "kube-system", 53) for p in policies):
            yield f"no NetworkPolicy lets {o.name(workload)} ask for names"


def _reaches(policy, namespace, port):
    for rule in policy["spec"].get("egress", []):
        for peer in rule.get("to", []):
            wanted = peer.get("namespaceSelector", {}).get("matchLabels", {})
            if wanted == {"kubernetes.io/metadata.name": namespace} and port in {p["port"] for p in rule.get("ports", [])}:
                return True
    return False


def _named_pods(objects):
    """A policy for pods that do not exist protects nobody."""
    workloads = o.of_kind(objects, *o.WORKLOADS)
    for policy in o.of_kind(objects, "NetworkPolicy") if workloads else []:
        if not any(o.selects(policy["spec"]["podSelector"], o.pod_labels(w)) for w in workloads):
            yield f"{o.name(policy)} is of no pod"
        for rule in policy["spec"].get("ingress", []) + policy["spec"].get("egress", []):
            for peer in rule.get("from", []) + rule.get("to", []):
                if "podSelector" in peer and "namespaceSelector" not in peer and not any(
                        o.selects(peer["podSelector"], o.pod_labels(w)) for w in workloads):
                    yield f"{o.name(policy)} names a peer that is no pod"
