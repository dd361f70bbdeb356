#include "services/crawler/schedule/rhythm.h"

#include <algorithm>
#include <cmath>

#include "absl/time/civil_time.h"
#include "common/time/clock.h"

namespace tintinh::crawler {
namespace {

constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;
// A week and its weekend weigh in the gap; the hours of the day change with seasons only.
constexpr double kGapMemory = 7 * kDay;
constexpr double kHourMemory = 28 * kDay;
// Before anything is known, one item an hour is expected; half a day of visits outweighs that.
constexpr double kFirstGap = kHour;
constexpr double kFirstObserved = kDay / 2;
// Items each hour of the day is credited with from the start, so that none is ever thought to bring nothing.
constexpr double kHourPrior = 0.2;
constexpr double kBurstHalfLife = kHour / 2;
constexpr double kMostBurst = 20;
// As many expected items may fail to come by chance: once in twenty times.
constexpr double kMissedByChance = 3;
constexpr double kMostMissed = 1000;
// More new items at once say no more: a listing was emptied and filled, or moved.
constexpr uint32_t kMostItems = 100;
constexpr double kLongestGap = 365 * kDay;
constexpr double kShortestGap = 1;
constexpr double kLongestObserved = 14 * kDay;
constexpr double kLongestAhead = 30 * kDay;
constexpr double kStep = kHour / 4;

double Sane(double value, double least, double most, double otherwise) {
  return std::isfinite(value) && value >= least ? std::min(value, most) : otherwise;
}

Rhythm Sanitized(Rhythm rhythm) {
  rhythm.gap_s = rhythm.gap_s > 0 ? std::max(kShortestGap, Sane(rhythm.gap_s, 0, kLongestGap, kFirstGap)) : kFirstGap;
  rhythm.observed_s = std::max(kFirstObserved, Sane(rhythm.observed_s, 0, kGapMemory, 0));
  for (double& items : rhythm.hour_items) items = Sane(items, 0, 1e9, 0);
  rhythm.missed = Sane(rhythm.missed, 0, kMostMissed, 0);
  rhythm.burst = Sane(rhythm.burst, 0, kMostBurst, 0);
  return rhythm;
}

// A moment of the day in Viet Nam, in seconds since midnight; walks on without calendar or clock.
class DayTime {
 public:
  explicit DayTime(absl::Time time) {
    const absl::CivilSecond second = absl::ToCivilSecond(time, VietnamTimeZone());
    seconds_ = second.hour() * kHour + second.minute() * 60 + second.second();
  }

  size_t hour() const { return std::min<size_t>(23, static_cast<size_t>(seconds_ / kHour)); }
  double until_next_hour() const { return static_cast<double>(hour() + 1) * kHour - seconds_; }

  void Advance(double seconds) {
    seconds_ = std::fmod(seconds_ + seconds, kDay);
    if (seconds_ < 0) seconds_ += kDay;
  }

 private:
  double seconds_ = 0;
};

// Items a second by hour of the day, bursts and misses aside.
std::array<double, 24> Rates(const Rhythm& rhythm) {
  double sum = 0;
  for (const double items : rhythm.hour_items) sum += items + kHourPrior;
  std::array<double, 24> rates{};
  for (size_t hour = 0; hour < 24; ++hour) {
    rates[hour] = (rhythm.hour_items[hour] + kHourPrior) / sum * 24 / rhythm.gap_s;
  }
  return rates;
}

// What the hours of [now - seconds, now] were expected to bring, each on its own.
std::array<double, 24> Expected(const Rhythm& rhythm, absl::Time now, double seconds) {
  const std::array<double, 24> rates = Rates(rhythm);
  std::array<double, 24> expected{};
  DayTime time(now);
  time.Advance(-seconds);
  while (seconds > 0) {
    const double step = std::max(std::min(seconds, time.until_next_hour()), 1e-6);
    expected[time.hour()] += rates[time.hour()] * step;
    time.Advance(step);
    seconds -= step;
  }
  return expected;
}

double Sum(const std::array<double, 24>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

void LearnGap(double items, double seconds, Rhythm& rhythm) {
  rhythm.observed_s = std::min(kGapMemory, rhythm.observed_s + seconds);
  const double rate = 1 / rhythm.gap_s;
  const double part = std::min(1.0, seconds / rhythm.observed_s);
  const double learned = rate * (1 - part) + items / rhythm.observed_s;
  rhythm.gap_s = 1 / std::clamp(learned, 1 / kLongestGap, 1 / kShortestGap);
}

void LearnHours(double items, double seconds, const std::array<double, 24>& expected, Rhythm& rhythm) {
  const double kept = std::exp(-seconds / kHourMemory);
  const double sum = Sum(expected);
  for (size_t hour = 0; hour < 24; ++hour) {
    rhythm.hour_items[hour] *= kept;
    if (items > 0 && sum > 0) rhythm.hour_items[hour] += items * expected[hour] / sum;
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
  const std::array<double, 24> rates = Rates(rhythm);
  const double usual = rhythm.missed > kMissedByChance ? kMissedByChance / rhythm.missed : 1;
  DayTime time(now);
  double burst = rhythm.burst;
  double waiting = 0;  // items expected so far
  double waited = 0;   // item-seconds so far
  for (double wait = 0; wait < longest;) {
    const double step = std::max(std::min({kStep, time.until_next_hour(), longest - wait}), 1e-6);
    const double left = burst * std::exp2(-step / kBurstHalfLife);
    const double rate = rates[time.hour()] * usual + (burst - left) / step;
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
  const std::array<double, 24> expected = Expected(rhythm, now, seconds);
  LearnPresent(items, seconds, Sum(expected), rhythm);
  LearnHours(items, seconds, expected, rhythm);
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
