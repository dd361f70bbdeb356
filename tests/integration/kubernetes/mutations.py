"""What may go wrong with manifests, done to a good set; each with words of the problem that must be found."""

import objects as o


def workload(objects, name):
    return next(w for w in o.of_kind(objects, *o.WORKLOADS) if w["metadata"]["name"] == name)


def policy(objects, name):
    return o.find(objects, "NetworkPolicy", name)


def misspelt_field(objects):
    o.container(workload(objects, "query"))["livenesProbe"] = {}


def wrong_type(objects):
    workload(objects, "indexer-a")["spec"]["replicas"] = "2"


def unknown_word(objects):
    o.pod(workload(objects, "query"))["topologySpreadConstraints"][0]["whenUnsatisfiable"] = "Perhaps"


def required_field(objects):
    del workload(objects, "crawler")["spec"]["serviceName"]


def unknown_kind(objects):
    objects.append({"apiVersion": "v1", "kind": "Endpoint", "metadata": {"name": "x", "namespace": "tintinh"}})


def service_of_nothing(objects):
    o.find(objects, "Service", "query")["spec"]["selector"]["app.kubernetes.io/name"] = "queries"


def headless_port(objects):
    o.find(objects, "Service", "query")["spec"]["ports"][0]["port"] = 443


def target_port(objects):
    o.find(objects, "Service", "web")["spec"]["ports"][0]["targetPort"] = "https"


def governing_service(objects):
    workload(objects, "indexer-a")["spec"]["serviceName"] = "indexer"


def config_key(objects):
    del o.find(objects, "ConfigMap", "crawler")["data"]["crawler-1.yaml"]


def config_map(objects):
    o.pod(workload(objects, "web"))["volumes"][0]["configMap"]["name"] = "webb"


def unmounted_secret(objects):
    o.container(workload(objects, "query"))["volumeMounts"].pop()


def key_not_mounted(objects):
    volume = next(v for v in o.pod(workload(objects, "query"))["volumes"] if v["name"] == "tls")
    volume["secret"]["items"] = [{"key": "ca.crt", "path": "ca.crt"}]


def no_liveness(objects):
    del o.container(workload(objects, "indexer-a"))["livenessProbe"]


def probe_port(objects):
    o.container(workload(objects, "web"))["readinessProbe"]["httpGet"]["port"] = "metrics"


def health_port(objects):
    o.container(workload(objects, "indexer-a"))["readinessProbe"]["grpc"]["port"] = 7310


def no_limit(objects):
    del o.container(workload(objects, "crawler"))["resources"]["limits"]


def request_beyond_limit(objects):
    o.container(workload(objects, "query"))["resources"]["requests"]["memory"] = "2Gi"


def root(objects):
    o.pod(workload(objects, "web"))["securityContext"]["runAsUser"] = 0


def writable(objects):
    o.container(workload(objects, "topic"))["securityContext"]["readOnlyRootFilesystem"] = False


def capability(objects):
    o.container(workload(objects, "indexer-a"))["securityContext"]["capabilities"] = {"add": ["NET_ADMIN"]}


def no_seccomp(objects):
    del o.pod(workload(objects, "normalizer"))["securityContext"]["seccompProfile"]


def api_token(objects):
    del o.pod(workload(objects, "query"))["automountServiceAccountToken"]


def host_path(objects):
    volume = o.pod(workload(objects, "query"))["volumes"][0]
    del volume["configMap"]
    volume["hostPath"] = {"path": "/etc"}


def latest(objects):
    o.container(workload(objects, "query"))["image"] = "tintinh:latest"


def unknown_program(objects):
    o.container(workload(objects, "query"))["command"] = ["/usr/local/bin/tintinh-root"]


def spread_of_others(objects):
    constraint = o.pod(workload(objects, "indexer-a"))["topologySpreadConstraints"][0]
    constraint["labelSelector"]["matchLabels"]["tintinh/group"] = "b"


def budget_of_nothing(objects):
    o.find(objects, "PodDisruptionBudget", "indexer-a")["spec"]["selector"]["matchLabels"]["tintinh/group"] = "b"


def generous_budget(objects):
    o.find(objects, "PodDisruptionBudget", "indexer-a")["spec"]["maxUnavailable"] = 2


def scaled_shards(objects):
    o.find(objects, "HorizontalPodAutoscaler", "query")["spec"]["scaleTargetRef"] = {
        "apiVersion": "apps/v1", "kind": "StatefulSet", "name": "indexer-a"}


def fixed_replicas(objects):
    workload(objects, "query")["spec"]["replicas"] = 2


def metrics_port(objects):
    next(p for p in o.container(workload(objects, "query"))["ports"] if p["name"] == "metrics")["containerPort"] = 7399


def scraped_twice(objects):
    o.find(objects, "Service", "indexer-a")["metadata"]["labels"]["tintinh/metrics"] = "yes"


def not_scraped(objects):
    del o.find(objects, "Service", "crawler")["metadata"]["labels"]["tintinh/metrics"]


def other_job(objects):
    o.find(objects, "ServiceMonitor", "tintinh")["spec"]["endpoints"][0]["relabelings"].pop(0)


def open_by_default(objects):
    policy(objects, "deny-all")["spec"]["policyTypes"] = ["Ingress"]


def no_names(objects):
    objects.remove(policy(objects, "names"))


def metadata_service(objects):
    _world(objects, "0.0.0.0/0")["except"].remove("169.254.0.0/16")


def private_range(objects):
    _world(objects, "0.0.0.0/0")["except"].remove("10.0.0.0/8")


def documentation_ipv6(objects):
    _world(objects, "2000::/3")["except"].remove("2002::/16")


def local_ipv6(objects):
    _world(objects, "2000::/3")["cidr"] = "::/0"


def any_port(objects):
    _rule(objects, "0.0.0.0/0")["ports"].append({"protocol": "TCP", "port": 22})


def query_to_the_world(objects):
    policy(objects, "query")["spec"]["egress"].append({"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]})


def everywhere(objects):
    policy(objects, "query")["spec"]["egress"].append({})


def not_let_out(objects):
    policy(objects, "normalizer")["spec"]["egress"] = []


def not_let_in(objects):
    policy(objects, "indexer")["spec"]["ingress"][0]["from"].pop(0)


def brokers_out_of_reach(objects):
    for each in [p for p in objects if p["kind"] == "NetworkPolicy" and p["metadata"]["name"] == "kafka"]:
        each["spec"]["egress"][0]["ports"][0]["port"] = 9092


def unknown_key(objects):
    _edit(objects, "query", "query.yaml", "indexers:", "indexer_list: 1\nindexers:")


def beyond_limit(objects):
    for each in ("indexer", "topic"):
        _edit(objects, each, "indexer.yaml", "shards: 4", "shards: 4000")


def wrong_target(objects):
    _edit(objects, "query", "query.yaml", "dns:///indexer-a:7310", "dns:///indexer:7310")


def another_topic(objects):
    _edit(objects, "topic", "indexer.yaml", "topic: tintinh-articles", "topic: articles")


def no_common_log(objects):
    config = o.find(objects, "ConfigMap", "indexer")
    config["data"]["indexer.yaml"] = config["data"]["indexer.yaml"].partition("kafka:")[0]


def wrong_member(objects):
    _edit(objects, "crawler", "crawler-1.yaml", "member: crawler-1", "member: crawler-0")


def third_crawler(objects):
    workload(objects, "crawler")["spec"]["replicas"] = 3


def archive_fills_volume(objects):
    for i in (0, 1):
        _edit(objects, "crawler", f"crawler-{i}.yaml", "warc_total_bytes: 30GiB", "warc_total_bytes: 40GiB")


def certificate_name(objects):
    o.find(objects, "Certificate", "services")["spec"]["dnsNames"].remove("normalizer")


def short_wildcard(objects):
    names = o.find(objects, "Certificate", "services")["spec"]["dnsNames"]
    names[names.index("crawler-1.crawler")] = "*.crawler"


def other_alerts(objects):
    o.find(objects, "PrometheusRule", "tintinh")["spec"]["groups"].append({"name": "more", "rules": []})


def other_namespace(objects):
    workload(objects, "query")["metadata"]["namespace"] = "default"


def _rule(objects, cidr):
    return next(rule for rule in policy(objects, "crawler")["spec"]["egress"]
                if any(p.get("ipBlock", {}).get("cidr") == cidr for p in rule["to"]))


def _world(objects, cidr):
    return next(p["ipBlock"] for p in _rule(objects, cidr)["to"] if p["ipBlock"]["cidr"] == cidr)


def _edit(objects, config_map_name, key, old, new):
    data = o.find(objects, "ConfigMap", config_map_name)["data"]
    if old not in data[key]:
        raise SystemExit(f"{key} has no {old} for a mutation to change")
    data[key] = data[key].replace(old, new)


ALL = [
    (misspelt_field, "'livenesProbe' was unexpected"), (wrong_type, "'2' is not of type 'integer'"),
    (unknown_word, "'Perhaps' is not one of"), (required_field, "'serviceName' is a required property"),
    (unknown_kind, "no schema of v1 Endpoint"), (service_of_nothing, "Service/query selects the pods of 0"),
    (headless_port, "reach port 443 itself"), (target_port, "no port https"), (governing_service, "its pods have no names"),
    (config_key, "has the key crawler-1.yaml"), (config_map, "there is no ConfigMap webb"),
    (unmounted_secret, "mounted or declared, not both"), (key_not_mounted, "tls.key, which nothing mounts"),
    (no_liveness, "no livenessProbe"), (probe_port, "nothing answers /healthz"), (no_limit, "no limit of memory"),
    (health_port, "no gRPC health in plain text at port 7310"),
    (request_beyond_limit, "more memory than its limit"), (root, "runAsUser and fsGroup are not"),
    (writable, "readOnlyRootFilesystem is not True"), (capability, "capabilities is not"),
    (no_seccomp, "seccompProfile is None"), (api_token, "a token of the cluster's API"),
    (host_path, "neither a ConfigMap nor a Secret"), (latest, "is not of one version"),
    (unknown_program, "the image holds no"), (spread_of_others, "counts other pods"),
    (budget_of_nothing, "has 0 PodDisruptionBudgets"), (generous_budget, "more than one pod be evicted"),
    (scaled_shards, "keeps data"), (fixed_replicas, "back to its replicas"), (metrics_port, "is not its port `metrics`"),
    (scraped_twice, "is scraped 2 times"), (not_scraped, "is scraped 0 times"),
    (other_job, "is scraped as job []"), (open_by_default, "no NetworkPolicy denies"),
    (no_names, "lets Deployment/web ask for names"), (metadata_service, "169.254.0.0/16 is not public"), (private_range, "10.0.0.0/8 is not public"),
    (documentation_ipv6, "2002::/16 is not public"), (local_ipv6, "more than addresses that are handed out"),
    (any_port, "ports other than those of the web"), (query_to_the_world, "others than the crawler"),
    (everywhere, "lets its pods out to everywhere"), (not_let_out, "lets Deployment/normalizer out to"),
    (not_let_in, "lets Deployment/normalizer into"), (brokers_out_of_reach, "out to tintinh-kafka-bootstrap"),
    (unknown_key, "tintinh-query refuses it"), (beyond_limit, "tintinh-indexer refuses it"),
    (wrong_target, "which is no Service and no pod"), (another_topic, "a topic that Job/topic does not make"),
    (no_common_log, "replicas without a common log"), (wrong_member, "crawler-1 is member crawler-0"),
    (third_crawler, "has the key crawler-2.yaml"), (archive_fills_volume, "the archive may fill"),
    (certificate_name, "calls normalizer, and no certificate"),
    (short_wildcard, "calls crawler-1.crawler, and no"), (other_alerts, "PrometheusRule/tintinh differs"),
    (other_namespace, "is in namespace default"),
]
OF_CONFIGURATIONS = {unknown_key, beyond_limit, another_topic, no_common_log, wrong_member, archive_fills_volume,
                     certificate_name, short_wildcard}
