#!/bin/sh
# The life of the packages on one machine, as its operator: installed, configured, started, used, upgraded, stopped, removed.
#   inside.sh PHASE…     install refuse configure use upgrade stop remove, in this order; each is a function below
# Runs on the clean machine as root. In /srv are the packages, later ones (newer), a page, words of its title, sites.yaml.
set -eu
services="crawler normalizer indexer query web"

fail() {
  echo "FAILED: $*"
  journalctl --no-pager -q -o cat -n 40 -u 'tintinh-*' | cut -c1-200 || true
  exit 1
}
# await SECONDS WHAT COMMAND…
await() {
  deadline=$(($(date +%s) + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$deadline" ] || fail "$what did not happen"
    sleep 0.1
  done
}
property() { systemctl show -P "$2" "tintinh-$1.service"; }
all() { for one in $services; do "$@" "$one"; done; }

install() {
  dpkg -i /srv/packages/*.deb >/srv/dpkg.log 2>&1 || { cat /srv/dpkg.log; fail "dpkg -i"; }
  all idle
  systemd-analyze verify --man=no /lib/systemd/system/tintinh-*.service >/srv/verify.log 2>&1 || { cat /srv/verify.log; fail "systemd-analyze verify"; }
  ! grep tintinh /srv/verify.log || fail "systemd-analyze verify has something to say"
  echo "installed; nothing is enabled or started"
}
idle() {
  ! systemctl -q is-active "tintinh-$1" || fail "tintinh-$1 was started before it was configured"
  ! systemctl -q is-enabled "tintinh-$1" || fail "tintinh-$1 was enabled before it was configured"
  [ "$("tintinh-$1" --version)" = "tintinh-$1 $(dpkg-query -W -f '${Version}' "tintinh-$1" | sed 's/[~+].*//')" ] || fail "version of tintinh-$1"
}

refuse() {
  systemctl start tintinh-crawler || true
  await 10 "the crawler's refusal" systemctl -q is-failed tintinh-crawler
  [ "$(property crawler ExecMainStatus)" = 2 ] || fail "the crawler without sites ended with $(property crawler ExecMainStatus)"
  [ "$(property crawler NRestarts)" = 0 ] || fail "the crawler without sites was started again"
  journalctl -q -u tintinh-crawler | grep -q /etc/tintinh/sites.yaml || fail "the crawler does not say what it lacks"
  systemctl reset-failed tintinh-crawler
  echo "the crawler refuses to start without sites, and is left alone"
}

configure() {
  for one in $services; do
    sed -i "s|^server:|server:\n  port_file: /run/tintinh-$one/ports|" "/etc/tintinh/$one.yaml"
  done
  cp /srv/sites.yaml /etc/tintinh/sites.yaml
  # The machine's newspaper is on loopback.
  echo 'allowed_private_networks: ["127.0.0.0/8"]' >>/etc/tintinh/crawler.yaml
  systemctl enable -q --now tintinh-crawler tintinh-normalizer tintinh-indexer tintinh-query tintinh-web
  all serving
  echo "all services serve, each by its unit's command line and in its sandbox"
}
serving() {
  await 30 "tintinh-$1 serving" test -s "/run/tintinh-$1/ports"
  systemctl -q is-active "tintinh-$1" || fail "tintinh-$1 is not active"
  pid=$(property "$1" MainPID)
  [ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" = "$(sed -n 's/^ExecStart=//p' "/lib/systemd/system/tintinh-$1.service") " ] || fail "command line of $1"
  confined "$1" NoNewPrivs 1
  confined "$1" Seccomp 2
  confined "$1" CapEff 0000000000000000
  confined "$1" CapBnd 0000000000000000
  owner=$(stat -c %U "/proc/$pid")
  case $1 in
    crawler | indexer)
      [ "$owner $(stat -c '%U %a' "/var/lib/tintinh/$1")" = "tintinh-$1 tintinh-$1 700" ] || fail "user of $1: $owner"
      ;;
    # Where systemd takes its dynamic users from.
    *) [ "$(stat -c %u "/proc/$pid")" -ge 61184 ] || fail "user of $1: $owner" ;;
  esac
}
confined() { [ "$(awk -v key="$2:" '$1 == key { print $2 }' "/proc/$pid/status")" = "$3" ] || fail "$2 of $1"; }

use() {
  tintinh --server 127.0.0.1:7320 import /srv/page.html >/srv/import.log || { cat /srv/import.log; fail "import"; }
  await 10 "the imported article found" found
  tintinh --server 127.0.0.1:7330 crawl run --wait --wait-seconds 60 >/srv/crawl.log || { cat /srv/crawl.log; fail "crawl"; }
  crawled=$(articles)
  echo "$crawled" >/srv/crawled
  [ "$crawled" -ge 72 ] || fail "$crawled articles after the crawl"
  [ -n "$(find /var/lib/tintinh/crawler -name '*.warc*')" ] || fail "no archive"
  echo "an imported article is found; $crawled articles once the newspaper is crawled"
}
found() { tintinh --server 127.0.0.1:7340 --timeout 2 --json search "$(cat /srv/words)" | grep -q '"articleId":"[0-9a-f]'; }
articles() { tintinh --server 127.0.0.1:7310 --json status | grep -o '"articles":"[0-9]*"' | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }

upgrade() {
  before=$(pids) crawled=$(cat /srv/crawled)
  for one in $services; do rm "/run/tintinh-$one/ports"; done
  dpkg -i /srv/newer/*.deb >/srv/dpkg.log 2>&1 || { cat /srv/dpkg.log; fail "upgrade"; }
  all serving
  for pid in $before; do [ ! -e "/proc/$pid" ] || fail "process $pid outlived the upgrade"; done
  grep -q port_file /etc/tintinh/indexer.yaml || fail "the upgrade lost the configuration"
  await 10 "the imported article found after the upgrade" found
  [ "$(articles)" = "$crawled" ] || fail "$(articles) articles after the upgrade instead of $crawled"
  echo "upgraded: all services restarted, $crawled articles still there"
}
pids() { for one in $services; do property "$one" MainPID; done; }

stop() { all stop_one; }
stop_one() {
  begin=$(date +%s)
  # In systemd's form, such as "1min" or "11min"; it is systemd that holds the service to it.
  limit=$(property "$1" TimeoutStopUSec)
  systemctl stop "tintinh-$1"
  [ "$(property "$1" Result) $(property "$1" ExecMainCode) $(property "$1" ExecMainStatus)" = "success 1 0" ] ||
    fail "tintinh-$1 ended with $(property "$1" Result) $(property "$1" ExecMainStatus)"
  echo "tintinh-$1 drained and exited 0 after $(($(date +%s) - begin)) s of $limit"
}

remove() {
  packages >/srv/names
  xargs dpkg -r </srv/names >/srv/dpkg.log 2>&1 || { cat /srv/dpkg.log; fail "remove"; }
  [ ! -e /usr/bin/tintinh-indexer ] || fail "the binary outlived its package"
  [ -s /var/lib/tintinh/indexer/LAYOUT ] || fail "removing took the data"
  grep -q port_file /etc/tintinh/indexer.yaml || fail "removing took the configuration"
  xargs dpkg -P </srv/names >/srv/dpkg.log 2>&1 || { cat /srv/dpkg.log; fail "purge"; }
  find /etc /usr /lib/systemd /var /run -xdev ! -path '/var/log/*' -iname '*tintinh*' | sort >/srv/left
  ls /etc/tintinh >>/srv/left
  [ "$(tr '\n' ' ' </srv/left)" = "/etc/tintinh sites.yaml " ] || { cat /srv/left; fail "purging left that"; }
  getent passwd tintinh-indexer tintinh-crawler >/dev/null || fail "the users are gone"
  echo "removed, then purged; left are the operator's sites.yaml and the two users"
}
packages() { dpkg-query -W -f '${Package}\n' 'tintinh*'; }

for phase in "$@"; do $phase; done
