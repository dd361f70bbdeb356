"""What every pod of ours must be: bounded, probed, without rights, and with all that it mounts."""

import os

import objects as o

# Made by an operator, as deploy/kubernetes/README.md says.
SECRETS = {"tls": {"tls.crt", "tls.key", "ca.crt"}, "kafka": {"ca.crt", "password"}}
CONFIG_MAPS = {"sites": {"sites.yaml"}}
POD_SECURITY = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
CONTAINER_SECURITY = {"allowPrivilegeEscalation": False, "privileged": False, "readOnlyRootFilesystem": True,
                      "capabilities": {"drop": ["ALL"]}}


def check(objects, programs, user):
    """Problems of each workload; `programs` are the paths of the image's binaries, `user` its user."""
    problems = []
    for workload in o.of_kind(objects, *o.WORKLOADS):
        found = [*_security(workload, user), *_resources(workload), *_probes(objects, workload), *_mounts(objects, workload),
                 *_paths(objects, workload), *_image(workload, programs), *_spread(workload)]
        problems += [f"{o.name(workload)}: {each}" for each in found]
    return problems


def _security(workload, user):
    spec = o.pod(workload)
    security = spec.get("securityContext", {})
    for key, value in POD_SECURITY.items():
        if security.get(key) != value:
            yield f"securityContext.{key} is {security.get(key)}, not {value}"
    if security.get("runAsUser") != user or security.get("fsGroup") != user:
        yield f"securityContext: runAsUser and fsGroup are not {user}, as in the image"
    for key, value in CONTAINER_SECURITY.items():
        if o.container(workload).get("securityContext", {}).get(key) != value:
            yield f"the container's securityContext.{key} is not {value}"
    if spec.get("automountServiceAccountToken") is not False:
        yield "it is given a token of the cluster's API"
    if any(spec.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")):
        yield "it shares something with its machine"
    if len(spec["containers"]) != 1 or spec.get("initContainers"):
        yield "it has more than one container, and this check looks at the first"
    if not o.selects({"matchLabels": {"app.kubernetes.io/part-of": "tintinh"}}, o.pod_labels(workload)):
        yield "its pods have not the label that policies go by"


def _resources(workload):
    resources = o.container(workload).get("resources", {})
    requests, limits = resources.get("requests", {}), resources.get("limits", {})
    if "memory" not in limits:
        yield "no limit of memory"
    for key in ("cpu", "memory"):
        if key not in requests:
            yield f"no request of {key}"
        elif key in limits and o.amount(requests[key]) > o.amount(limits[key]):
            yield f"it requests more {key} than its limit"


def _probes(objects, workload):
    if workload["kind"] == "Job":
        return
    ports = o.container_ports(workload)
    for config in o.configs(objects, workload).values():
        health = o.port_of(config["server"]["health_listen"])
        http = o.port_of(config["http_listen"]) if "http_listen" in config else None
        for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
            probe = o.container(workload).get(kind, {})
            asked = probe.get("httpGet", probe.get("grpc"))
            if not asked:
                yield f"no {kind} over gRPC or HTTP"
            elif "grpc" in probe and not asked["port"] == health == ports.get("health"):
                yield f"{kind}: no gRPC health in plain text at port {asked['port']}"
            elif "httpGet" in probe and (asked.get("path"), ports.get(asked["port"], asked["port"])) != ("/healthz", http):
                yield f"{kind}: nothing answers {asked.get('path')} at port {asked['port']}"


def _mounts(objects, workload):
    volumes = {v["name"]: v for v in o.pod(workload).get("volumes", [])}
    claims = {c["metadata"]["name"] for c in workload["spec"].get("volumeClaimTemplates", [])}
    mounts = o.container(workload).get("volumeMounts", [])
    for name in {m["name"] for m in mounts} ^ (set(volumes) | claims):
        yield f"volume {name} is mounted or declared, not both"
    for volume in volumes.values():
        if "configMap" in volume:
            wanted = volume["configMap"]["name"]
            if wanted not in CONFIG_MAPS and not o.find(objects, "ConfigMap", wanted):
                yield f"there is no ConfigMap {wanted}"
        elif "secret" in volume:
            secret = volume["secret"]["secretName"]
            keys = {i["key"] for i in volume["secret"].get("items", [])}
            if secret not in SECRETS or not keys <= SECRETS[secret]:
                yield f"there is no Secret {secret} with {sorted(keys)}"
        else:
            yield f"volume {volume['name']} is neither a ConfigMap nor a Secret"
    for mount in mounts:
        if mount["name"] not in claims and mount.get("readOnly") is not True:
            yield f"{mount['mountPath']} is not mounted read-only"


def _files(objects, workload):
    """Every path that mounted ConfigMaps and Secrets make."""
    volumes = {v["name"]: v for v in o.pod(workload).get("volumes", [])}
    for mount in o.container(workload).get("volumeMounts", []):
        volume = volumes.get(mount["name"], {})
        keys = set()
        if "secret" in volume:
            keys = {i["path"] for i in volume["secret"].get("items", [])} or SECRETS.get(volume["secret"]["secretName"], set())
        elif "configMap" in volume:
            wanted = volume["configMap"]["name"]
            config_map = o.find(objects, "ConfigMap", wanted)
            keys = set(config_map["data"]) if config_map else CONFIG_MAPS.get(wanted, set())
        yield from (os.path.join(mount["mountPath"], key) for key in keys)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _paths(objects, workload):
    for name, (config_map, key) in o.config_files(objects, workload).items():
        if not config_map or key not in config_map.get("data", {}):
            yield f"{name}: no ConfigMap that it mounts has the key {key} of --config"
    files = set(_files(objects, workload))
    data = [m["mountPath"] for m in o.container(workload).get("volumeMounts", []) if m["name"] == "data"]
    for config in o.configs(objects, workload).values():
        for path in _strings(config):
            if workload["kind"] == "Job" and path.startswith("/etc/tintinh/tls/"):
                continue  # an indexer's configuration, of which a job reads the part on Kafka
            if path.startswith("/etc/") and path not in files:
                yield f"its configuration names {path}, which nothing mounts"
            if path.startswith("/var/") and workload["kind"] != "Job" and not any(path.startswith(d + "/") for d in data):
                yield f"its configuration keeps data in {path}, which is on no volume"


def _image(workload, programs):
    image = o.container(workload)["image"]
    bare = "namespace" not in workload["metadata"]  # an overlay puts it into a namespace, and gives the image its version
    versioned = ":" in image.rsplit("/", 1)[-1] or "@sha256:" in image
    if not (image == "tintinh" if bare else versioned) or image.endswith(":latest"):
        yield f"its image {image} is not of one version"
    command = o.container(workload).get("command", [])
    if len(command) != 1 or command[0] not in programs:
        yield f"the image holds no {command}"


def _spread(workload):
    if workload["kind"] == "Job":
        return
    selector = workload["spec"]["selector"]
    if not o.selects(selector, o.pod_labels(workload)):
        yield "its selector does not select its own pods"
    constraints = o.pod(workload).get("topologySpreadConstraints", [])
    if not constraints:
        yield "nothing spreads its pods"
    if any(each.get("labelSelector") != selector for each in constraints):
        yield "a topologySpreadConstraint counts other pods than its own"
