"""What objects say of one another: Services, budgets, autoscalers and monitors against the pods they mean."""

import os

import objects as o


def check(objects):
    return [*_services(objects), *_stateful_sets(objects), *_budgets(objects), *_autoscalers(objects), *_metrics(objects)]


def _selected(objects, selector):
    return [w for w in o.of_kind(objects, *o.WORKLOADS) if o.selects(selector, o.pod_labels(w))]


def _services(objects):
    for service in o.of_kind(objects, "Service"):
        spec = service["spec"]
        chosen = _selected(objects, {"matchLabels": spec["selector"]})
        if len(chosen) != 1:
            yield f"{o.name(service)} selects the pods of {len(chosen)} workloads, not of one"
            continue
        ports = o.container_ports(chosen[0])
        for port in spec["ports"]:
            bound = ports.get(port["targetPort"])
            if bound is None:
                yield f"{o.name(service)}: its pods have no port {port['targetPort']}"
            elif spec.get("clusterIP") == "None" and port["port"] != bound:
                yield f"{o.name(service)}: callers of a headless Service reach port {port['port']} itself; it is {bound}"


def _stateful_sets(objects):
    for workload in o.of_kind(objects, "StatefulSet"):
        service = o.find(objects, "Service", workload["spec"]["serviceName"])
        if not service or service["spec"].get("clusterIP") != "None":
            yield f"{o.name(workload)}: its pods have no names: no headless Service {workload['spec']['serviceName']}"
        elif workload not in _selected(objects, {"matchLabels": service["spec"]["selector"]}):
            yield f"{o.name(workload)}: {o.name(service)} selects other pods"


def _budgets(objects):
    held = []
    for budget in o.of_kind(objects, "PodDisruptionBudget"):
        chosen = _selected(objects, budget["spec"]["selector"])
        held += [o.name(w) for w in chosen]
        if len(chosen) != 1:
            yield f"{o.name(budget)} selects the pods of {len(chosen)} workloads, not of one"
        if budget["spec"].get("maxUnavailable") != 1:
            yield f"{o.name(budget)} lets more than one pod be evicted at once"
    for workload in o.of_kind(objects, "StatefulSet", "Deployment"):
        if held.count(o.name(workload)) != 1:
            yield f"{o.name(workload)} has {held.count(o.name(workload))} PodDisruptionBudgets, not one"


def _autoscalers(objects):
    for scaler in o.of_kind(objects, "HorizontalPodAutoscaler"):
        spec = scaler["spec"]
        workload = o.find(objects, spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"])
        if not workload:
            yield f"{o.name(scaler)} scales nothing"
            continue
        if workload["kind"] != "Deployment":
            yield f"{o.name(scaler)}: {o.name(workload)} keeps data, which no autoscaler moves"
        if "replicas" in workload["spec"]:
            yield f"{o.name(scaler)}: each apply would set {o.name(workload)} back to its replicas"
        if not 1 < spec["minReplicas"] < spec["maxReplicas"]:
            yield f"{o.name(scaler)}: from {spec['minReplicas']} to {spec['maxReplicas']} replicas"


def _metrics(objects):
    scraped = []
    for monitor in o.of_kind(objects, "ServiceMonitor"):
        for service in o.of_kind(objects, "Service"):
            if not o.selects(monitor["spec"]["selector"], service["metadata"].get("labels", {})):
                continue
            scraped += [o.name(w) for w in _selected(objects, {"matchLabels": service["spec"]["selector"]})]
            ports = {p["name"] for p in service["spec"]["ports"]}
            for endpoint in monitor["spec"]["endpoints"]:
                if endpoint["port"] not in ports:
                    yield f"{o.name(monitor)}: {o.name(service)} has no port {endpoint['port']}"
                yield from _job(objects, service, endpoint)
    for workload in o.of_kind(objects, "StatefulSet", "Deployment"):
        if o.of_kind(objects, "ServiceMonitor") and scraped.count(o.name(workload)) != 1:
            yield f"{o.name(workload)} is scraped {scraped.count(o.name(workload))} times, not once"
        for config in o.configs(objects, workload).values():
            wanted = o.port_of(config["server"]["metrics_listen"])
            if o.container_ports(workload).get("metrics") != wanted:
                yield f"{o.name(workload)}: its metrics are at port {wanted}, which is not its port `metrics`"


def _job(objects, service, endpoint):
    """Alert rules know a service by the name of its program."""
    label = "__meta_kubernetes_service_label_app_kubernetes_io_name"
    jobs = [r["replacement"].replace("$1", service["metadata"]["labels"]["app.kubernetes.io/name"])
            for r in endpoint.get("relabelings", []) if r.get("targetLabel") == "job" and r.get("sourceLabels") == [label]]
    for workload in _selected(objects, {"matchLabels": service["spec"]["selector"]}):
        program = os.path.basename(o.container(workload)["command"][0])
        if jobs != [program]:
            yield f"{o.name(workload)} is scraped as job {jobs}, not {program}"


def namespaces(objects):
    """Of what is applied; the base is in none."""
    for thing in objects:
        if thing["kind"] != "Namespace" and thing["metadata"].get("namespace") != "tintinh":
            yield f"{o.name(thing)} is in namespace {thing['metadata'].get('namespace')}"
