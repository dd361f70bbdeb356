#include "services/crawler/schedule/silence.h"

#include <algorithm>
#include <cmath>

#include "absl/time/civil_time.h"
#include "common/time/clock.h"

namespace tintinh::crawler {
namespace {

constexpr absl::Duration kWeek = absl::Hours(168);
constexpr double kMemoryWeeks = 6;
// A longer gap says that the site or the crawler was away, not that the site has become slow.
constexpr double kMostWeeksOfGap = 1;
constexpr double kEnoughWeeks = 1;
constexpr double kEnoughItems = 8;
constexpr absl::Duration kUnknown = absl::Hours(72);
constexpr absl::Duration kLeast = absl::Hours(6);
constexpr double kAllowedItems = 4;
constexpr absl::Duration kMost = absl::Hours(24 * 60);

bool IsSet(absl::Time time) { return time > absl::InfinitePast() && time < absl::InfiniteFuture(); }

double Sane(double value) { return std::isfinite(value) && value > 0 ? value : 0; }

double Weeks(absl::Duration duration) { return std::max(0.0, absl::FDivDuration(duration, kWeek)); }

size_t HourOfWeek(absl::Time time) {
  const absl::CivilHour hour = absl::ToCivilHour(time, VietnamTimeZone());
  return static_cast<size_t>(absl::GetWeekday(hour)) * 24 + static_cast<size_t>(hour.hour());
}

void Fade(double weeks, Pulse& pulse) {
  const double kept = std::exp(-weeks / kMemoryWeeks);
  pulse.weeks = Sane(pulse.weeks) * kept + weeks;
  for (double& items : pulse.week_items) items = Sane(items) * kept;
}

double Items(const Pulse& pulse) {
  double sum = 0;
  for (const double items : pulse.week_items) sum += Sane(items);
  return sum;
}

// From the newest publication to when `items` were to be expected since, hour by hour.
absl::Duration UntilExpected(const Pulse& pulse, double items) {
  absl::Time at = pulse.newest;
  while (at - pulse.newest < kMost) {
    const absl::Time hour_end = absl::FromCivil(absl::ToCivilHour(at, VietnamTimeZone()) + 1, VietnamTimeZone());
    const double rate = Sane(pulse.week_items[HourOfWeek(at)]) / pulse.weeks;  // items an hour
    const double brings = rate * absl::ToDoubleHours(hour_end - at);
    if (brings >= items) return at - pulse.newest + absl::Hours(items / rate);
    items -= brings;
    at = hour_end;
  }
  return kMost;
}

bool IsKnown(const Pulse& pulse) {
  return IsSet(pulse.newest) && Sane(pulse.weeks) >= kEnoughWeeks && Items(pulse) >= kEnoughItems;
}

}  // namespace

Pulse ObservePublished(Pulse pulse, absl::Time published, absl::Time now) {
  if (!IsSet(now)) return pulse;
  if (!IsSet(pulse.since)) pulse.since = now;
  published = std::min(published, now);
  if (published < pulse.since) return pulse;
  const absl::Time before = IsSet(pulse.newest) ? pulse.newest : pulse.since;
  if (published > before) Fade(std::min(Weeks(published - before), kMostWeeksOfGap), pulse);
  pulse.newest = std::max(before, published);
  const double weight = std::exp(-Weeks(pulse.newest - published) / kMemoryWeeks);
  double& items = pulse.week_items[HourOfWeek(published)];
  items = Sane(items) + weight;
  return pulse;
}

Silence JudgeSilence(const Pulse& pulse, absl::Time now) {
  Silence silence;
  silence.usual = kUnknown;
  silence.allowed = kUnknown;
  const absl::Time from = IsSet(pulse.newest) ? pulse.newest : pulse.since;
  if (!IsSet(from)) return silence;
  silence.quiet_for = std::max(absl::ZeroDuration(), now - from);
  if (IsKnown(pulse)) {
    silence.usual = UntilExpected(pulse, 1);
    silence.allowed = std::max(kLeast, UntilExpected(pulse, kAllowedItems));
  }
  silence.alarming = silence.quiet_for > silence.allowed;
  return silence;
}

}  // namespace tintinh::crawler
