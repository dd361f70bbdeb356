#include "services/crawler/schedule/recheck.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace tintinh::crawler {
namespace {

constexpr absl::Duration kLeast = absl::Minutes(1);
constexpr absl::Duration kMost = absl::Hours(24 * 365);

}  // namespace

absl::Span<const absl::Duration> DefaultRecheckAges() {
  static constexpr absl::Duration kAges[] = {absl::Hours(1), absl::Hours(24), absl::Hours(24 * 7)};
  return kAges;
}

absl::Duration NextRecheck(absl::Duration age, uint32_t checks_done, absl::Span<const absl::Duration> ages) {
  if (checks_done >= ages.size()) return absl::InfiniteDuration();
  return std::max(absl::ZeroDuration(), ages[checks_done] - std::max(age, absl::ZeroDuration()));
}

uint32_t ChecksDoneAt(absl::Duration age, uint32_t checks_done, absl::Span<const absl::Duration> ages) {
  const auto passed = std::upper_bound(ages.begin(), ages.end(), age) - ages.begin();
  const uint64_t done = std::max<uint64_t>(static_cast<uint64_t>(passed), uint64_t{checks_done} + 1);
  return static_cast<uint32_t>(std::min<uint64_t>(done, std::max<uint64_t>(ages.size(), checks_done)));
}

absl::Status CheckRecheckAges(absl::Span<const absl::Duration> ages) {
  for (size_t i = 0; i < ages.size(); ++i) {
    const std::string shown = absl::FormatDuration(ages[i]);
    if (ages[i] < kLeast || ages[i] > kMost) {
      return absl::InvalidArgumentError(absl::StrCat("\"", shown, "\" is not from 1m to 8760h"));
    }
    if (i > 0 && ages[i] <= ages[i - 1]) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", shown, "\" is not above the one before it, ", absl::FormatDuration(ages[i - 1])));
    }
  }
  return absl::OkStatus();
}

}  // namespace tintinh::crawler
