"""Mistakes that the check has to notice, each made in a world that is right otherwise."""
import copy
import json

import rules


def alert(world, name):
    return next(rule for rule in world.rules if rule["name"] == name)


def with_rule(world, name, **changes):
    changed = copy.deepcopy(world.rules)
    alert(world._replace(rules=changed), name).update(changes)
    return world._replace(rules=changed)


def with_query(world, name, old, new):
    query = alert(world, name)["query"]
    assert old in query, "%s has no %s" % (name, old)
    return with_rule(world, name, query=query.replace(old, new))


def with_text(world, name, text, value):
    return with_rule(world, name, annotations=dict(alert(world, name)["annotations"], **{text: value}))


def with_panel(world, old, new):
    text = json.dumps(world.dashboard)
    assert old in text, "no panel has %s" % old
    return world._replace(dashboard=json.loads(text.replace(old, new)))


def with_tests(world, old, new):
    assert old in world.tests, "no test has %s" % old
    return world._replace(tests=world.tests.replace(old, new))


def with_runbook(world, old, new):
    assert old in world.runbook, "the runbook has no %s" % old
    return world._replace(runbook=world.runbook.replace(old, new))


def without_export(world, metric):
    return world._replace(exported={name: labels for name, labels in world.exported.items() if name != metric})


FAULTS = {
    "an alert over a metric that nothing exports":
        lambda w: with_query(w, "IndexerWaitsForRoom", "apply_waits_total", "write_stalls_total"),
    "an alert over a label that the metric does not have":
        lambda w: with_query(w, "CrawlerSiteRefuses", "outcome=", "result="),
    "an alert over an outcome that no source says":
        lambda w: with_query(w, "CrawlerSiteRefuses", '"refused"', '"banned"'),
    "an alert grouped by a label that the metric does not have":
        lambda w: with_query(w, "IndexerWaitsForRoom", "(job, instance)", "(job, site)"),
    "an alert joined on a label that one side does not have":
        lambda w: with_query(w, "IndexerApplyStalled", "on (job)", "on (site)"),
    "a metric taken out of the sources":
        lambda w: without_export(w, "tintinh_query_partial_total"),
    "a recording rule grouped otherwise than it is called":
        lambda w: with_query(w, "job:query_slow:ratio_rate5m", "by (job)", "by (instance)"),
    "an alert without a severity": lambda w: with_rule(w, "ServiceGone", labels={}),
    "an alert without a description": lambda w: with_text(w, "ServiceGone", "description", ""),
    "a description without the figure": lambda w: with_text(w, "ServiceGone", "description", "{{ $labels.job }} is gone"),
    "a text that names a label which the alert has not":
        lambda w: with_text(w, "ServiceGone", "summary", "{{ $labels.instance }} is gone"),
    "a runbook link to another section":
        lambda w: with_text(w, "ServiceGone", "runbook", "deploy/RUNBOOK.md#servicedown"),
    "an alert without a section": lambda w: with_runbook(w, "### WebErrors\n", ""),
    "a section without an alert": lambda w: with_runbook(w, "### WebErrors\n", "### WebErrors\n\n### WebSlow\n"),
    "an alert without any test": lambda w: with_tests(w, "alertname: WebErrors", "alertname: QueryRefusing"),
    "an alert whose test never fires": lambda w: with_tests(w, "severity: 'critical'", "severity: 'warning'"),
    "a test over series that nothing exports": lambda w: with_tests(w, "tintinh_web_requests_total", "tintinh_web_pages_total"),
    "a panel over a metric that nothing exports":
        lambda w: with_panel(w, "tintinh_crawler_outbox_pages", "tintinh_crawler_outbox_bytes"),
    "a panel over a label that the metric does not have": lambda w: with_panel(w, "by (status)", "by (code)"),
    "a legend that names a label which the panel has not": lambda w: with_panel(w, "{{status}}", "{{path}}"),
    "a panel without a unit": lambda w: with_panel(w, '"unit": "percentunit"', '"unit": ""'),
    "a variable that is not defined": lambda w: with_panel(w, '"name": "machine"', '"name": "host"'),
    "a rule that Prometheus cannot evaluate":
        lambda w: with_rule(w, "ServiceGone", health="err", lastError="many-to-many matching not allowed"),
}


def unnoticed(world):
    known = set(rules.problems(world))
    return ["%s goes unnoticed" % fault for fault, make in FAULTS.items() if not set(rules.problems(make(world))) - known]
