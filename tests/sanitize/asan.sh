#!/bin/sh
# Every fuzzer, and the unit tests of what reads foreign bytes, under AddressSanitizer and UndefinedBehaviorSanitizer.
set -eu
cd "$TINTINH_SOURCE_DIR"
command -v clang++-14 >/dev/null || { echo "skipped: clang++-14 is not installed"; exit 77; }
mkdir -p build
cmake --preset asan >build/asan-configure.log || { cat build/asan-configure.log; exit 1; }
fuzzers=$(ninja -C build/asan -t targets all | sed -n 's/^\([a-z_0-9]*_fuzz\): phony$/\1/p')
tests="common_text_test common_url_test common_places_test indexer_postings_test"
# shellcheck disable=SC2086
ninja -C build/asan --quiet $fuzzers $tests
for test in $tests; do
  "$(find build/asan/tests -type f -name "$test")" --gtest_brief=1
done
exec ctest --test-dir build/asan -L '^fuzz$' -j "$(nproc)" --no-tests=error --output-on-failure
