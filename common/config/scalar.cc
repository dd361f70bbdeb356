#include "common/config/scalar.h"

#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace tintinh {
namespace {

struct ByteUnit {
  absl::string_view suffix;
  uint64_t bytes;
};
constexpr ByteUnit kByteUnits[] = {{"KiB", 1ull << 10}, {"MiB", 1ull << 20}, {"GiB", 1ull << 30}};

}  // namespace

absl::StatusOr<uint64_t> ParseBytes(absl::string_view text) {
  absl::string_view number = text;
  uint64_t unit = 1;
  for (const ByteUnit& candidate : kByteUnits) {
    if (absl::ConsumeSuffix(&number, candidate.suffix)) unit = candidate.bytes;
  }
  uint64_t count = 0;
  if (!absl::SimpleAtoi(number, &count) || count > std::numeric_limits<uint64_t>::max() / unit) {
    return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is not a size such as 512, 64KiB, 8MiB or 2GiB"));
  }
  return count * unit;
}

absl::StatusOr<absl::Duration> ParseDuration(absl::string_view text) {
  absl::Duration duration;
  if (!absl::ParseDuration(text, &duration) || duration == absl::InfiniteDuration()) {
    return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is not a duration such as 250ms, 5s or 2h"));
  }
  return duration;
}

absl::StatusOr<bool> ParseBool(absl::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is neither true nor false"));
}

}  // namespace tintinh
