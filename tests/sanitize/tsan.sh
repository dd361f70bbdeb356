#!/bin/sh
# What shares data between threads, under ThreadSanitizer. Libraries that were not built for it are not judged.
set -eu
cd "$TINTINH_SOURCE_DIR"
mkdir -p build
cmake --preset tsan >build/tsan-configure.log || { cat build/tsan-configure.log; exit 1; }
tests="common_sync_test common_article_log_test indexer_shard_test indexer_apply_test"
# shellcheck disable=SC2086
ninja -C build/tsan --quiet $tests
for test in $tests; do
  TSAN_OPTIONS=ignore_noninstrumented_modules=1 "$(find build/tsan/tests -type f -name "$test")" --gtest_brief=1
done
