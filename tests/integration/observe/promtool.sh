#!/bin/sh
# What Prometheus says of its rules and configurations, and every alert over made-up series: it fires, it does not, it ends.
set -eu
command -v promtool >/dev/null || { echo "skipped: promtool is not installed"; exit 77; }
cd "$(dirname "$0")"
observe=../../../deploy/observe
promtool check config "$observe/prometheus.yml" "$observe/prometheus-cluster.yml"
promtool check rules "$observe/alerts.yaml"
broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
# A test that expects what an alert does not do has to fail, or the tests below would mean nothing.
sed -e "s|\.\./\.\./\.\./deploy|$(cd ../../.. && pwd)/deploy|" -e 's/exp_alerts: \[\]/exp_alerts: [{exp_labels: {job: none}}]/' \
  service_alerts.yaml >"$broken/service_alerts.yaml"
if promtool test rules "$broken/service_alerts.yaml" >/dev/null 2>&1; then
  echo "promtool passes a test that is wrong"
  exit 1
fi
# They wait on nothing but the processor.
for tests in *_alerts.yaml; do promtool test rules "$tests" || exit 1; done
