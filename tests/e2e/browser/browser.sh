#!/bin/sh
# The page in a browser that Playwright drives, over a node with invented articles; see page_test.mjs.
#   npm ci --prefix tests/e2e/browser    installs what it needs, once
set -eu
here=$TINTINH_SOURCE_DIR/tests/e2e/browser
skip() { echo "skipped: $1"; exit 77; }
browser=$(command -v chromium || command -v chromium-browser || true)
[ -n "$browser" ] || skip "chromium is not installed"
"$browser" --version >/dev/null 2>&1 || skip "chromium does not start here"
command -v node >/dev/null || skip "node is not installed"
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] || skip "node $(node --version) is older than 20"
[ -d "$here/node_modules/playwright-core" ] && [ -d "$here/node_modules/axe-core" ] ||
  skip "playwright-core and axe-core are not installed: npm ci --prefix tests/e2e/browser"

work=$(mktemp -d)
node=""
trap '[ -z "$node" ] || kill "$node" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cat >"$work/sites.yaml" <<END
sites:
- {id: bao-song-lo, name: Báo Sông Lô, province: Vĩnh Phúc, home: "http://127.0.0.1:9/", feeds: ["/rss"]}
END
cat >"$work/node.yaml" <<END
data_directory: "$work/data"
server: {listen: "127.0.0.1:0", port_file: "$work/ports"}
crawler: {sites_file: "$work/sites.yaml", user_agent: "TinTinh-test/0.1 (+http://127.0.0.1/)"}
web: {http_listen: "127.0.0.1:0"}
END
"$TINTINH_BIN/tintinh-node" --config "$work/node.yaml" 2>"$work/node.log" &
node=$!
tries=0
while [ ! -f "$work/ports" ]; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] && kill -0 "$node" || { cat "$work/node.log"; exit 1; }
  python3 -c 'import select; select.select([], [], [], 0.1)'
done
TINTINH_SERVER=127.0.0.1:$(awk '$1 == "grpc" { print $2 }' "$work/ports")
TINTINH_WEB=http://127.0.0.1:$(awk '$1 == "web" { print $2 }' "$work/ports")
TINTINH_CLI=$TINTINH_BIN/tintinh TINTINH_BROWSER=$browser TINTINH_WORK=$work
export TINTINH_SERVER TINTINH_WEB TINTINH_CLI TINTINH_BROWSER TINTINH_WORK

for site in $(node "$here/seeds.mjs" "$work/seeds"); do
  "$TINTINH_CLI" import --site "$site" "$work/seeds/$site"/*.html | tail -1
done
printf 'Thêm một bài cho người trực\n\n12/02/2024 07:30\n\nSố bài trong kho tăng thêm một khi bài này được ghi.\n\nLê Thị Mẫu\n' >"$work/them.txt"
node --test --test-reporter=spec "$here/page_test.mjs"
