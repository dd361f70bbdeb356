#!/bin/sh
# A forbidden dependency stops the configuration with a message that names both sides.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/common/time" "$dir/services/query" "$dir/services/crawler"
cat >"$dir/CMakeLists.txt" <<EOF
cmake_minimum_required(VERSION 3.25)
project(layers LANGUAGES CXX)
include("$TINTINH_SOURCE_DIR/common/cmake/TintinhTargets.cmake")
add_subdirectory(\${FOLDER})
EOF
echo 'tintinh_library(NAME common_time HDRS clock.h DEPS tintinh::query)' >"$dir/common/time/CMakeLists.txt"
echo 'tintinh_library(NAME query HDRS query.h DEPS tintinh::crawler)' >"$dir/services/query/CMakeLists.txt"
echo 'tintinh_library(NAME crawler HDRS crawler.h DEPS tintinh::crawler_frontier tintinh::common_url)' >"$dir/services/crawler/CMakeLists.txt"

refused() {
  if cmake -G Ninja -S "$dir" -B "$dir/build-$3" -DFOLDER="$1" >"$dir/out" 2>&1; then
    echo "$1 was not refused"
    exit 1
  fi
  tr -s ' \n' ' ' <"$dir/out" | grep -q "$2" || { cat "$dir/out"; exit 1; }
}
refused common/time 'common_time (in common/time) may not depend on tintinh::query' 1
refused services/query 'query (in services/query) may not depend on tintinh::crawler' 2
# A service's own parts and common/ are allowed; generation then fails only because the targets are not there.
if cmake -G Ninja -S "$dir" -B "$dir/build-3" -DFOLDER=services/crawler 2>&1 | grep -q layering; then
  echo "services/crawler was refused"
  exit 1
fi
echo "forbidden dependencies are refused"
