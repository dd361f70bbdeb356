"""Objects against JSON schemas of the API.

The schemas know every field and its type. They are made strict: a field that they do not know is an error, as it is for
`kubectl apply --validate=strict`. They do not know which fields are required and which words a field takes; of the
objects used here REQUIRED and WORDS say so, from the API's reference.
"""

import glob
import json
import os
import zipfile

import jsonschema

TYPES = {
    ("v1", "Namespace"): "kubernetes_core_Namespace",
    ("v1", "Service"): "kubernetes_core_Service",
    ("v1", "ConfigMap"): "kubernetes_core_ConfigMap",
    ("apps/v1", "StatefulSet"): "kubernetes_apps_StatefulSet",
    ("apps/v1", "Deployment"): "kubernetes_apps_Deployment",
    ("batch/v1", "Job"): "kubernetes_batch_v1_Job",
    ("autoscaling/v2", "HorizontalPodAutoscaler"): "kubernetes_autoscaling_v2_HorizontalPodAutoscaler",
    ("networking.k8s.io/v1", "NetworkPolicy"): "kubernetes_networking_v1_NetworkPolicy",
    ("policy/v1", "PodDisruptionBudget"): "kubernetes_policy_v1_PodDisruptionBudget",
    ("monitoring.coreos.com/v1", "ServiceMonitor"): "os_monitoring_v1_ServiceMonitor",
    ("monitoring.coreos.com/v1", "PrometheusRule"): "os_monitoring_v1_PrometheusRule",
    ("cert-manager.io/v1", "Certificate"): "github_com_cert-manager_cert-manager_pkg_apis_certmanager_v1_Certificate",
    ("cert-manager.io/v1", "Issuer"): "github_com_cert-manager_cert-manager_pkg_apis_certmanager_v1_Issuer",
}
# By the end of a definition's name.
REQUIRED = {
    "apps_StatefulSetSpec": ["selector", "serviceName", "template"], "apps_DeploymentSpec": ["selector", "template"],
    "batch_v1_JobSpec": ["template"], "core_PodSpec": ["containers"], "core_Container": ["name", "image"],
    "core_ContainerPort": ["containerPort"], "core_ServicePort": ["port"], "core_VolumeMount": ["name", "mountPath"],
    "core_Volume": ["name"], "core_EnvVar": ["name"], "core_HTTPGetAction": ["port"], "core_GRPCAction": ["port"],
    "core_ObjectFieldSelector": ["fieldPath"], "core_SeccompProfile": ["type"], "core_KeyToPath": ["key", "path"],
    "core_TopologySpreadConstraint": ["maxSkew", "topologyKey", "whenUnsatisfiable"],
    "autoscaling_v2_HorizontalPodAutoscalerSpec": ["scaleTargetRef", "maxReplicas"],
    "autoscaling_v2_CrossVersionObjectReference": ["kind", "name"], "autoscaling_v2_MetricSpec": ["type"],
    "autoscaling_v2_ResourceMetricSource": ["name", "target"], "autoscaling_v2_MetricTarget": ["type"],
    "autoscaling_v2_HPAScalingPolicy": ["type", "value", "periodSeconds"],
    "networking_v1_NetworkPolicySpec": ["podSelector"], "networking_v1_IPBlock": ["cidr"],
    "LabelSelectorRequirement": ["key", "operator"], "monitoring_v1_ServiceMonitorSpec": ["selector", "endpoints"],
    "monitoring_v1_RuleGroup": ["name"], "monitoring_v1_Rule": ["expr"],
    "certmanager_v1_CertificateSpec": ["secretName", "issuerRef"],
}
WORDS = {
    ("core_ServicePort", "protocol"): ["TCP", "UDP", "SCTP"],
    ("networking_v1_NetworkPolicyPort", "protocol"): ["TCP", "UDP", "SCTP"],
    ("core_ServiceSpec", "type"): ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
    ("core_Container", "imagePullPolicy"): ["Always", "IfNotPresent", "Never"],
    ("core_PodSpec", "restartPolicy"): ["Always", "OnFailure", "Never"],
    ("core_SeccompProfile", "type"): ["RuntimeDefault", "Localhost", "Unconfined"],
    ("core_PodSecurityContext", "fsGroupChangePolicy"): ["OnRootMismatch", "Always"],
    ("core_TopologySpreadConstraint", "whenUnsatisfiable"): ["DoNotSchedule", "ScheduleAnyway"],
    ("apps_StatefulSetSpec", "podManagementPolicy"): ["Parallel", "OrderedReady"],
    ("apps_StatefulSetUpdateStrategy", "type"): ["RollingUpdate", "OnDelete"],
    ("apps_DeploymentStrategy", "type"): ["RollingUpdate", "Recreate"],
    ("autoscaling_v2_MetricSpec", "type"): ["Resource", "Pods", "Object", "External", "ContainerResource"],
    ("autoscaling_v2_MetricTarget", "type"): ["Utilization", "Value", "AverageValue"],
    ("autoscaling_v2_HPAScalingPolicy", "type"): ["Pods", "Percent"],
    ("policy_v1_PodDisruptionBudgetSpec", "unhealthyPodEvictionPolicy"): ["IfHealthyBudget", "AlwaysAllow"],
    ("LabelSelectorRequirement", "operator"): ["In", "NotIn", "Exists", "DoesNotExist"],
}
# Go types that are a string or a number in JSON; the schemas show what they are made of.
PLAIN = {
    "Quantity": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[0-9.]+(m|k|Ki|M|Mi|G|Gi|T|Ti)?$"}]},
    "IntOrString": {"type": ["integer", "string"]},
}


def _strict(node):
    """Without `required: true` inside a property, which is no JSON schema, and without fields that are not named."""
    if isinstance(node, list):
        return [_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _strict(value) for key, value in node.items() if not (key == "required" and isinstance(value, bool))}
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        made["additionalProperties"] = False
        made["required"] = [k for k, v in node["properties"].items() if isinstance(v, dict) and v.get("required") is True]
    return made


def _ends(definition, suffix):
    return definition == suffix or definition.endswith("_" + suffix)


def _complete(definitions):
    """Says in the definitions what the tables above say; returns which of their lines met one."""
    met = set()
    for definition in definitions:
        for suffix, schema in PLAIN.items():
            if _ends(definition, suffix):
                definitions[definition] = schema
        for suffix, fields in REQUIRED.items():
            if _ends(definition, suffix):
                definitions[definition]["required"] += fields
                met.add(suffix)
        for (suffix, field), words in WORDS.items():
            if _ends(definition, suffix):
                definitions[definition]["properties"][field] = {"enum": words}
                met.add((suffix, field))
    return met


def load():
    """{(apiVersion, kind): validator} of the jars in $TINTINH_KUBERNETES_SCHEMAS."""
    validators = {}
    met = set()
    for jar in sorted(glob.glob(os.path.join(os.environ["TINTINH_KUBERNETES_SCHEMAS"], "*.jar"))):
        with zipfile.ZipFile(jar) as archive:
            inside = next(n for n in archive.namelist() if n.endswith(("validation-schema.json", "certmanager-schema.json")))
            definitions = _strict(json.loads(archive.read(inside))["definitions"])
        met |= _complete(definitions)
        for kind, definition in TYPES.items():
            if definition in definitions and kind not in validators:
                schema = {"$ref": f"#/definitions/{definition}", "definitions": definitions}
                validators[kind] = jsonschema.Draft7Validator(schema)
    missing = [k for k in TYPES if k not in validators] + [k for k in [*REQUIRED, *WORDS] if k not in met]
    if missing:
        raise SystemExit(f"the jars hold no schema of {missing}")
    return validators


def check(validators, thing):
    validator = validators.get((thing.get("apiVersion"), thing.get("kind")))
    if validator is None:
        return [f"no schema of {thing.get('apiVersion')} {thing.get('kind')} is known to this check"]
    return [f"/{'/'.join(str(p) for p in error.absolute_path)}: {error.message[:200]}"
            for error in validator.iter_errors(thing)]
