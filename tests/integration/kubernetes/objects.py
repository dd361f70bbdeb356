"""Rendered objects, and the questions that several checks ask about them."""

import os
import re
import subprocess

import yaml

ROOT = os.environ["TINTINH_SOURCE_DIR"]
MANIFESTS = os.path.join(ROOT, "deploy/kubernetes")
WORKLOADS = ("StatefulSet", "Deployment", "Job")
UNITS = {"": 1, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


def render(folder):
    """What kubectl would apply of a folder of deploy/kubernetes."""
    ran = subprocess.run(["kubectl", "kustomize", os.path.join(MANIFESTS, folder)], capture_output=True, text=True)
    if ran.returncode != 0:
        raise SystemExit(f"{folder}: kubectl kustomize failed:\n{ran.stderr}")
    return [o for o in yaml.safe_load_all(ran.stdout) if o]


def name(thing):
    return f"{thing['kind']}/{thing['metadata']['name']}"


def of_kind(objects, *kinds):
    return [o for o in objects if o["kind"] in kinds]


def find(objects, kind, wanted):
    """The object of that name; a generated ConfigMap by its name without the hash too."""
    for thing in of_kind(objects, kind):
        if thing["metadata"]["name"] == wanted or plain(thing["metadata"]["name"]) == wanted:
            return thing
    return None


def plain(generated):
    """A generated ConfigMap's name without the hash of its content."""
    return re.sub(r"-[a-z0-9]{10}$", "", generated)


def pod(workload):
    return workload["spec"]["template"]["spec"]


def pod_labels(workload):
    return workload["spec"]["template"]["metadata"]["labels"]


def container(workload):
    return pod(workload)["containers"][0]


def selects(selector, labels):
    """A label selector with matchLabels and matchExpressions, as the API defines it."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for rule in selector.get("matchExpressions", []):
        if rule["operator"] != "In":
            raise SystemExit(f"a selector's operator {rule['operator']} is not known to this check")
        if labels.get(rule["key"]) not in rule["values"]:
            return False
    return True


def pod_names(workload):
    return [f"{workload['metadata']['name']}-{i}" for i in range(workload["spec"].get("replicas", 1))]


def container_ports(workload):
    return {p["name"]: p["containerPort"] for p in container(workload).get("ports", [])}


def config_files(objects, workload):
    """{pod: (ConfigMap, key)} of --config; a pod without a name of its own is called as its workload."""
    args = container(workload)["args"]
    path = args[args.index("--config") + 1]
    names = pod_names(workload) if "$(POD_NAME)" in path else [workload["metadata"]["name"]]
    return {n: config_map_file(objects, workload, path.replace("$(POD_NAME)", n)) for n in names}


def config_map_file(objects, workload, path):
    for mount in container(workload).get("volumeMounts", []):
        if os.path.dirname(path) != mount["mountPath"]:
            continue
        volume = next((v for v in pod(workload)["volumes"] if v["name"] == mount["name"]), {})
        if "configMap" in volume:
            return find(objects, "ConfigMap", volume["configMap"]["name"]), os.path.basename(path)
    return None, os.path.basename(path)


def configs(objects, workload):
    """{pod: the parsed configuration}, of those that are there."""
    parsed = {}
    for each, (config_map, key) in config_files(objects, workload).items():
        if config_map and key in config_map.get("data", {}):
            parsed[each] = yaml.safe_load(config_map["data"][key])
    return parsed


def port_of(address):
    return int(address.rsplit(":", 1)[1])


def targets(config):
    """Every HOST, PORT that a configuration calls over gRPC."""
    found = []
    if isinstance(config, dict):
        if isinstance(config.get("target"), str):
            host, port = config["target"].removeprefix("dns:///").rsplit(":", 1)
            found.append((host, int(port)))
        for value in config.values():
            found += targets(value)
    elif isinstance(config, list):
        for value in config:
            found += targets(value)
    return found


def amount(text):
    """A quantity of bytes, 2Gi or 30GiB, or of processors, 500m."""
    match = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(text))
    number, unit = match.groups()
    return float(number) / 1000 if unit == "m" else float(number) * UNITS[unit]
