#!/bin/sh
# The Debian packages on a clean Debian 12 whose systemd is a real one, in namespaces of its own: units judged, packages built
# twice, installed, configured, started, used, upgraded, stopped, purged.
#   packages.sh BIN     the base system is kept in TINTINH_CACHE (~/.cache/tintinh): later runs need the network no more
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../../.." && pwd)
bin=$(cd "$1" && pwd)
cache=${TINTINH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tintinh}
suite=bookworm
skip() { echo "skipped: $*"; exit 77; }
fail() { echo "FAILED: $*"; exit 1; }

[ "$(id -u)" = 0 ] || skip "a system of its own takes root"
for tool in mmdebstrap dpkg-shlibdeps strip unshare nsenter setpriv ip findmnt curl python3 systemd-analyze; do
  command -v $tool >/dev/null || skip "$tool is not installed"
done
grep -q "VERSION_CODENAME=$suite" /etc/os-release || skip "the binaries are not built for Debian 12"
cgroups=$(findmnt -n -t cgroup2 -o TARGET | head -1)
[ -n "$cgroups" ] || skip "no cgroup2 file system is mounted"

cd /
work=$(mktemp -d)
group=$cgroups/tintinh-packages.$$
parent="" init="" site=""
stop() {
  trap - EXIT INT TERM
  [ -z "$site" ] || kill "$site" 2>/dev/null || true
  # Its first process takes the machine along, and unshare takes that one.
  [ -z "$parent" ] || kill -KILL "$parent" 2>/dev/null || true
  [ -z "$init" ] || kill -KILL "$init" 2>/dev/null || true
  wait
  tries=100
  while [ $tries -gt 0 ] && grep -q -s 'populated 1' "$group/cgroup.events"; do
    tries=$((tries - 1))
    sleep 0.1
  done
  [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} +
  rm -rf --one-file-system "$work"
}
trap stop EXIT
trap 'stop; exit 1' INT TERM

judge_units() {
  for unit in "$source"/deploy/systemd/*.service; do
    systemd-analyze security --offline=true --threshold=25 "$unit" >"$work/security" || { cat "$work/security"; fail "$unit is too exposed"; }
    tail -1 "$work/security"
  done
}

pack() { "$source/deploy/debian/build-packages" "$bin" "$@" >"$work/build.log" 2>&1 || { cat "$work/build.log"; fail "build-packages"; }; }
build() {
  pack "$work/packages"
  # Two are enough to see it, one with a binary and scripts; the libraries of each take seconds to find out.
  pack "$work/again" tintinh-common tintinh-indexer
  for package in "$work"/again/*.deb; do cmp "$package" "$work/packages/${package##*/}" || fail "packages are not reproducible"; done
  [ "$(find "$work/packages" -name '*.deb' | wc -l)" = 7 ] || fail "seven packages were expected"
  raise
  echo "seven packages, the same when built again: $(du -sk "$work/packages" | cut -f1) KiB"
}
# raise: the same packages as a later version.
raise() {
  mkdir "$work/newer"
  for package in "$work"/packages/*.deb; do
    version=$(dpkg-deb -f "$package" Version)
    rm -rf "$work/raised"
    dpkg-deb -R "$package" "$work/raised"
    sed -i "s/$version/$version+newer/" "$work/raised/DEBIAN/control"
    dpkg-deb --root-owner-group -Zzstd -z1 -b "$work/raised" "$work/newer" >/dev/null
  done
}

# What makes the host's apt reach its mirrors.
apt_settings() {
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list /etc/apt/apt.conf.d/99* \
    /etc/resolv.conf /etc/hosts /usr/local/share/ca-certificates/*; do
    [ -f "$file" ] && echo "$file"
  done
}

# base: a tar of a clean Debian with systemd, made once for each set of sources.
base() {
  tar=$cache/$suite-$(dpkg --print-architecture)-$(apt_settings | grep sources | xargs cat | sha256sum | cut -c1-12).tar
  if [ ! -f "$tar" ]; then
    mkdir -p "$cache"
    apt_settings | grep /sources | xargs mmdebstrap --quiet --mode=root --format=tar --variant=minbase --skip=cleanup/apt/lists \
      --include=ca-certificates,systemd,systemd-sysv "$suite" "$tar.$$" >"$work/base.log" 2>&1 ||
      { rm -f "$tar.$$"; tail -5 "$work/base.log"; skip "no base system can be had: are Debian's mirrors in reach?"; }
    mv "$tar.$$" "$tar"
  fi
  mkdir "$work/system"
  tar -C "$work/system" -xf "$tar"
  apt_settings | grep -v sources | while read -r file; do cp --parents -L "$file" "$work/system/"; done
  chroot "$work/system" update-ca-certificates >/dev/null 2>&1
}

in_root() { DEBIAN_FRONTEND=noninteractive chroot "$work/system" "$@" >"$work/apt.log" 2>&1; }

# dependencies: of all packages on each other and on Debian, the latter; fetched once.
dependencies() {
  mkdir -p "$cache/archives"
  cp "$cache"/archives/*.deb "$work/system/var/cache/apt/archives/" 2>/dev/null || true
  for package in "$work"/packages/*.deb; do dpkg-deb -f "$package" Depends; done | tr ',' '\n' | grep -v -e tintinh -e '^ *$' | sort -u |
    paste -s -d , >"$work/depends"
  set -- apt-get satisfy -q -y --no-install-recommends -o APT::Keep-Downloaded-Packages=true "$(cat "$work/depends")"
  if ! in_root "$@"; then
    in_root apt-get update -q --error-on=any || { tail -5 "$work/apt.log"; skip "Debian's mirrors are out of reach"; }
    in_root "$@" || { tail -5 "$work/apt.log"; fail "the dependencies cannot be had on $suite"; }
  fi
  for package in "$work"/system/var/cache/apt/archives/*.deb; do cp -n "$package" "$cache/archives/"; done
}

inside() { nsenter -t "$init" --mount --uts --ipc --net --pid --cgroup --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

boot() {
  mkdir "$group" 2>/dev/null || skip "this container may not make cgroups"
  sh -c 'echo $$ >"$1/cgroup.procs" && exec unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child sh "$2" "$3"' \
    sh "$group" "$here/boot.sh" "$work/system" >"$work/boot.log" 2>&1 &
  parent=$!
  tries=300
  until [ "$(inside systemctl is-active multi-user.target 2>/dev/null)" = active ]; do
    tries=$((tries - 1))
    if ! kill -0 "$parent" 2>/dev/null || [ $tries = 0 ]; then
      cat "$work/boot.log"
      skip "systemd cannot be started in namespaces here"
    fi
    init=$(tr -d ' ' <"/proc/$parent/task/$parent/children")
    sleep 0.1
  done
}

# furnish: a newspaper on the machine's loopback, and a page of it to import by hand.
furnish() {
  "$bin/tintinh-demo-site" generate --directory "$work/site" --base http://127.0.0.1:7381 >/dev/null
  sed 's/@SITE_PORT@/7381/' "$source/deploy/sites/demo.yaml" >"$work/system/srv/sites.yaml"
  cp "$(find "$work/site" -name '*-100032.html')" "$work/system/srv/page.html"
  sed -n 's|.*<title>\([^<|]*\).*|\1|p' "$work/system/srv/page.html" | head -1 >"$work/system/srv/words"
  cp -r "$work/packages" "$work/newer" "$here/inside.sh" "$work/system/srv/"
  nsenter -t "$init" --net python3 -m http.server --bind 127.0.0.1 -d "$work/site" 7381 >/dev/null 2>&1 &
  site=$!
}

judge_units
# Packing takes a processor, the base system mostly the network.
build &
building=$!
base
wait $building || exit 1
dependencies
boot
furnish
inside sh /srv/inside.sh install refuse configure use
page=$(nsenter -t "$init" --net curl -s --max-time 20 --get --data-urlencode "q@$work/system/srv/words" http://127.0.0.1:7380/search)
echo "$page" | grep -q 'lạc-sơn\|Lạc Sơn' || fail "the search page does not show the article: $page"
inside sh /srv/inside.sh upgrade stop remove
