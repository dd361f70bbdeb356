#!/bin/sh
# The quickstart's main job with this build's binaries: it ends with 0, crawls every article and shows hits.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

run() {
  TINTINH_DATA=$work TINTINH_GRPC_PORT=0 TINTINH_WEB_PORT=0 TINTINH_METRICS_PORT=0 TINTINH_SITE_PORT=$site_port \
    "$TINTINH_SOURCE_DIR/deploy/quickstart" --exit >"$work/out" 2>&1 || { cat "$work/out"; tail -20 "$work/node.log"; exit 1; }
  cat "$work/out"
}
expect() { grep -q -- "$1" "$work/out" || { echo "missing: $1"; exit 1; }; }

site_port=$(free_port)
run
expect '^72 articles stored'
expect 'search hội nghị tổng kết'
expect '«'
expect 'from publication to searchable: [0-9]* ms'
expect '^search page  http://127.0.0.1:'
[ "$(grep -c '^1\. ' "$work/out")" = 3 ] || { echo "not every example search has a hit"; exit 1; }

# A second run resumes: no article of the first is fetched again.
before=$(grep -c ' 200 /.*\.html' "$work/nginx-access.log")
run
after=$(grep -c ' 200 /.*\.html' "$work/nginx-access.log")
[ $((after - before)) -le 1 ] || { echo "the second run fetched $((after - before)) articles again"; exit 1; }
