#!/bin/sh
# Every source is as clang-format-14 writes it; other versions write differently, so they are not asked.
set -eu
cd "$TINTINH_SOURCE_DIR"
command -v clang-format-14 >/dev/null || { echo "skipped: clang-format-14 is not installed"; exit 77; }
git -c safe.directory="$TINTINH_SOURCE_DIR" ls-files --cached --others --exclude-standard '*.h' '*.cc' |
  xargs clang-format-14 --dry-run --Werror
