#!/bin/sh
# The search page in a real browser, and the same page as it is served to one without scripts: results appear.
set -eu
browser=$(command -v chromium || command -v chromium-browser || true)
[ -n "$browser" ] || { echo "skipped: chromium is not installed"; exit 77; }
"$browser" --version >/dev/null 2>&1 || { echo "skipped: chromium does not start here"; exit 77; }
work=$(mktemp -d)
node=""
trap '[ -z "$node" ] || kill "$node" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

cat >"$work/node.yaml" <<EOF
data_directory: "$work/data"
server: {listen: "127.0.0.1:0", port_file: "$work/ports"}
web: {http_listen: "127.0.0.1:0"}
EOF
"$TINTINH_BIN/tintinh-node" --config "$work/node.yaml" 2>"$work/node.log" &
node=$!
tries=0
while [ ! -f "$work/ports" ]; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] && kill -0 "$node" || { cat "$work/node.log"; exit 1; }
  python3 -c 'import select; select.select([], [], [], 0.1)'
done
web=http://127.0.0.1:$(awk '$1 == "web" { print $2 }' "$work/ports")

printf 'Chợ nổi mở phiên đầu năm\n\n12/02/2024 07:30\n\nTừ tờ mờ sáng, ghe xuồng đã đậu kín khúc sông.\n\n' >"$work/bai.txt"
printf 'Tiếng rao hòa trong sương, người bán kẻ mua gọi nhau bằng tên xuồng.\n\nLê Mỹ Hạnh\n' >>"$work/bai.txt"
"$TINTINH_BIN/tintinh" --server "127.0.0.1:$(awk '$1 == "grpc" { print $2 }' "$work/ports")" import "$work/bai.txt"

look() {
  timeout 60 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --disable-dev-shm-usage --user-data-dir="$work/profile" \
    --virtual-time-budget=8000 "$@" 2>>"$work/browser.log"
}
look --dump-dom "$web/search?q=cho%20noi%20dau%20nam" >"$work/page.html"
grep -q 'mở phiên đầu năm\|<mark' "$work/page.html" || { cat "$work/page.html"; echo "the page shows no result"; exit 1; }
curl -sf "$web/search?q=cho%20noi%20dau%20nam" >"$work/plain.html"
grep -q '<mark' "$work/plain.html" || { cat "$work/plain.html"; echo "the plain page shows no result"; exit 1; }
look --screenshot="$work/page.png" --window-size=1000,800 "$web/search?q=cho%20noi" >/dev/null
[ -s "$work/page.png" ] || { echo "no screenshot"; exit 1; }
echo "results are shown"
