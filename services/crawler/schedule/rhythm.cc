#include "services/crawler/schedule/rhythm.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "common/time/clock.h"

namespace tintinh::crawler {
namespace {

constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;
constexpr double kWeek = 7 * kDay;
// A whole week, weekend included, weighs in the gap; which hours bring news changes with seasons only.
constexpr double kGapMemory = kWeek;
constexpr double kShareMemory = 28 * kDay;
// Before anything is known, one item an hour is expected; half a day of visits outweighs that.
constexpr double kFirstGap = kHour;
constexpr double kFirstObserved = kDay / 2;
// Items that each hour and each day is credited with from the start, so that none is ever thought to bring nothing.
constexpr double kHourPrior = 0.05;
constexpr double kDayPrior = 2;
constexpr double kBurstHalfLife = kHour / 2;
constexpr double kMostBurst = 20;
// As many expected items may fail to come by chance: once in twenty times.
constexpr double kMissedByChance = 3;
constexpr double kMostMissed = 1000;
// More new items at once say no more: a listing was emptied and filled, or moved.
constexpr uint32_t kMostItems = 100;
constexpr double kLongestGap = 365 * kDay;
constexpr double kShortestGap = 1;
constexpr double kLongestObserved = 2 * kWeek;
constexpr double kLongestAhead = 30 * kDay;
constexpr double kStep = kHour / 4;
constexpr double kLeastStep = 1e-3;  // for rounding never to stop a walk
constexpr size_t kHours = 168;

double Sane(double value, double least, double most, double otherwise) {
  return std::isfinite(value) && value >= least ? std::min(value, most) : otherwise;
}

Rhythm Sanitized(Rhythm rhythm) {
  rhythm.gap_s = rhythm.gap_s > 0 ? std::max(kShortestGap, Sane(rhythm.gap_s, 0, kLongestGap, kFirstGap)) : kFirstGap;
  rhythm.observed_s = std::max(kFirstObserved, Sane(rhythm.observed_s, 0, kGapMemory, 0));
  for (double& items : rhythm.hour_items) items = Sane(items, 0, 1e9, 0);
  for (double& items : rhythm.day_items) items = Sane(items, 0, 1e9, 0);
  rhythm.missed = Sane(rhythm.missed, 0, kMostMissed, 0);
  rhythm.burst = Sane(rhythm.burst, 0, kMostBurst, 0);
  return rhythm;
}

// A moment of the week in Viet Nam, in seconds since Monday began; walks on without calendar or clock.
class WeekTime {
 public:
  explicit WeekTime(absl::Time time) {
    const absl::CivilSecond at = absl::ToCivilSecond(time, VietnamTimeZone());
    const int minutes = (static_cast<int>(absl::GetWeekday(at)) * 24 + at.hour()) * 60 + at.minute();
    seconds_ = minutes * 60.0 + at.second();
  }

  size_t hour() const { return std::min<size_t>(kHours - 1, static_cast<size_t>(seconds_ / kHour)); }
  double until_next_hour() const { return static_cast<double>(hour() + 1) * kHour - seconds_; }

  void Advance(double seconds) {
    seconds_ = std::fmod(seconds_ + seconds, kWeek);
    if (seconds_ < 0) seconds_ += kWeek;
  }

 private:
  double seconds_ = 0;
};

double Sum(absl::Span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

// 1 for each where items fall evenly.
template <size_t n>
std::array<double, n> Shares(std::array<double, n> items, double prior) {
  const double mean = Sum(items) / n + prior;
  for (double& share : items) share = (share + prior) / mean;
  return items;
}

// Items a second by hour of the week, bursts and misses aside.
class Rates {
 public:
  explicit Rates(const Rhythm& rhythm)
      : mean_(1 / rhythm.gap_s),
        hours_(Shares(rhythm.hour_items, kHourPrior)),
        days_(Shares(rhythm.day_items, kDayPrior)) {}

  double At(size_t hour) const { return mean_ * hours_[hour % 24] * days_[hour / 24]; }

 private:
  const double mean_;
  const std::array<double, 24> hours_;
  const std::array<double, 7> days_;
};

// What the hours of [now - seconds, now] were expected to bring, by hour of the week.
std::array<double, kHours> Expected(const Rhythm& rhythm, absl::Time now, double seconds) {
  const Rates rates(rhythm);
  std::array<double, kHours> expected{};
  WeekTime time(now);
  time.Advance(-seconds);
  while (seconds > 0) {
    const double step = std::max(std::min(seconds, time.until_next_hour()), kLeastStep);
    expected[time.hour()] += rates.At(time.hour()) * step;
    time.Advance(step);
    seconds -= step;
  }
  return expected;
}

void LearnGap(double items, double seconds, Rhythm& rhythm) {
  rhythm.observed_s = std::min(kGapMemory, rhythm.observed_s + seconds);
  const double rate = 1 / rhythm.gap_s;
  const double part = std::min(1.0, seconds / rhythm.observed_s);
  const double learned = rate * (1 - part) + items / rhythm.observed_s;
  rhythm.gap_s = 1 / std::clamp(learned, 1 / kLongestGap, 1 / kShortestGap);
}

// Each hour of the week gets the part of the items that it was expected to bring.
void LearnShares(double items, double seconds, const std::array<double, kHours>& expected, Rhythm& rhythm) {
  const double kept = std::exp(-seconds / kShareMemory);
  for (double& hour_items : rhythm.hour_items) hour_items *= kept;
  for (double& day_items : rhythm.day_items) day_items *= kept;
  const double sum = Sum(expected);
  if (sum <= 0) return;
  for (size_t hour = 0; hour < kHours; ++hour) {
    const double part = items * expected[hour] / sum;
    rhythm.hour_items[hour % 24] += part;
    rhythm.day_items[hour / 24] += part;
  }
}

// Two standard deviations beyond what was expected is no chance any more.
void LearnPresent(double items, double seconds, double expected, Rhythm& rhythm) {
  rhythm.burst *= std::exp2(-seconds / kBurstHalfLife);
  rhythm.burst = std::min(kMostBurst, rhythm.burst + std::max(0.0, items - expected - 2 * std::sqrt(expected)));
  rhythm.missed = items > 0 ? 0 : std::min(kMostMissed, rhythm.missed + expected);
  rhythm.unchanged_in_a_row = items > 0 ? 0 : rhythm.unchanged_in_a_row + (rhythm.unchanged_in_a_row < UINT32_MAX);
}

// Seconds until the items expected have waited for `allowed` item-seconds together, at most `longest`.
double WaitFor(const Rhythm& rhythm, absl::Time now, double allowed, double longest) {
  const Rates rates(rhythm);
  const double usual = rhythm.missed > kMissedByChance ? kMissedByChance / rhythm.missed : 1;
  WeekTime time(now);
  double burst = rhythm.burst;
  double waiting = 0;  // items expected so far
  double waited = 0;   // item-seconds so far
  for (double wait = 0; wait < longest;) {
    const double step = std::max(std::min({kStep, time.until_next_hour(), longest - wait}), kLeastStep);
    const double left = burst * std::exp2(-step / kBurstHalfLife);
    const double rate = rates.At(time.hour()) * usual + (burst - left) / step;
    const double after = waited + waiting * step + rate * step * step / 2;
    if (after >= allowed) {
      const double root = std::sqrt(waiting * waiting + 2 * rate * (allowed - waited));
      return wait + 2 * (allowed - waited) / (waiting + root);
    }
    waited = after;
    waiting += rate * step;
    burst = left;
    time.Advance(step);
    wait += step;
  }
  return longest;
}

}  // namespace

Rhythm Observe(Rhythm rhythm, bool changed, uint32_t new_items, absl::Time now, absl::Duration since_last) {
  rhythm = Sanitized(rhythm);
  if (since_last <= absl::ZeroDuration() || since_last == absl::InfiniteDuration()) return rhythm;
  const double seconds = std::min(absl::ToDoubleSeconds(since_last), kLongestObserved);
  const double items = changed ? std::min(new_items, kMostItems) : 0;
  const std::array<double, kHours> expected = Expected(rhythm, now, seconds);
  LearnPresent(items, seconds, Sum(expected), rhythm);
  LearnShares(items, seconds, expected, rhythm);
  LearnGap(items, seconds, rhythm);
  return rhythm;
}

absl::Duration NextVisit(const Rhythm& rhythm, absl::Time now, absl::Duration shortest, absl::Duration longest) {
  shortest = std::max(shortest, absl::Milliseconds(1));
  if (longest <= shortest) return shortest;
  const double ahead = std::min(absl::ToDoubleSeconds(longest), kLongestAhead);
  const double wait = WaitFor(Sanitized(rhythm), now, absl::ToDoubleSeconds(shortest) / 4, ahead);
  if (wait >= ahead) return longest;
  return std::clamp(absl::Seconds(wait), shortest, longest);
}

}  // namespace tintinh::crawler
