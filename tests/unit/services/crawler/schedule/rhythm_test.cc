#include "services/crawler/schedule/rhythm.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

constexpr absl::Duration kShortest = absl::Minutes(5);
constexpr absl::Duration kLongest = absl::Hours(6);

// A Monday.
absl::Time Start() { return absl::FromCivil(absl::CivilDay(2026, 3, 2), VietnamTimeZone()); }

using Rate = std::function<double(absl::CivilHour)>;  // items an hour

// A Poisson process by thinning, the same for the same seed.
std::vector<absl::Time> Publish(const Rate& rate, double highest, absl::Duration length, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<absl::Time> times;
  const auto uniform = [&random] { return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53; };
  for (absl::Time at = Start(); at < Start() + length;) {
    at += absl::Hours(-std::log(uniform()) / highest);
    if (uniform() * highest < rate(absl::ToCivilHour(at, VietnamTimeZone()))) times.push_back(at);
  }
  return times;
}

struct Result {
  int requests = 0;
  absl::Duration median;
  absl::Duration ninth_decile;
};

// Visits from the start to the end of `length`; what counts begins with `measured`.
class Simulation {
 public:
  Simulation(std::vector<absl::Time> published, absl::Duration length, absl::Duration measured)
      : published_(std::move(published)), end_(Start() + length), measured_(Start() + measured) {}

  // `next` is told the new items, the time and how long ago the last visit was, and says how long to wait.
  Result Run(const std::function<absl::Duration(uint32_t, absl::Time, absl::Duration)>& next) const {
    Result result;
    std::vector<absl::Duration> delays;
    size_t seen = 0;
    absl::Time last = absl::InfinitePast();
    for (absl::Time now = Start(); now < end_;) {
      const size_t before = seen;
      for (; seen < published_.size() && published_[seen] <= now; ++seen) {
        if (published_[seen] >= measured_) delays.push_back(now - published_[seen]);
      }
      if (now >= measured_) ++result.requests;
      const absl::Duration wait = next(static_cast<uint32_t>(seen - before), now, now - last);
      last = now;
      now += wait;
    }
    std::sort(delays.begin(), delays.end());
    if (delays.empty()) return result;
    result.median = delays[delays.size() / 2];
    result.ninth_decile = delays[delays.size() * 9 / 10];
    return result;
  }

  Result RunFixed(absl::Duration interval) const {
    return Run([interval](uint32_t, absl::Time, absl::Duration) { return interval; });
  }

  Result RunAdaptive(absl::Duration shortest, absl::Duration longest) const {
    Rhythm rhythm;
    return Run([&](uint32_t items, absl::Time now, absl::Duration since) {
      rhythm = Observe(rhythm, items > 0, items, now, since);
      return NextVisit(rhythm, now, shortest, longest);
    });
  }

 private:
  const std::vector<absl::Time> published_;
  const absl::Time end_;
  const absl::Time measured_;
};

void Print(const char* name, const Result& result) {
  std::cout << name << ": " << result.requests << " requests, median delay "
            << absl::Trunc(result.median, absl::Seconds(1)) << ", ninth decile "
            << absl::Trunc(result.ninth_decile, absl::Seconds(1)) << "\n";
}

double OfficeHours(absl::CivilHour hour) {
  const bool weekend = absl::GetWeekday(hour) >= absl::Weekday::saturday;
  return hour.hour() < 7 || hour.hour() >= 18 ? 0 : weekend ? 0.5 : 3;
}

// The fixed interval whose median delay is the one given.
Result FixedWithMedian(const Simulation& simulation, absl::Duration median) {
  absl::Duration low = absl::Seconds(10);
  absl::Duration high = absl::Hours(12);
  while (high - low > absl::Seconds(5)) {
    const absl::Duration middle = (low + high) / 2;
    (simulation.RunFixed(middle).median < median ? low : high) = middle;
  }
  return simulation.RunFixed(high);
}

constexpr absl::Duration kTwoWeeks = absl::Hours(24 * 14);

// From a first visit on, with all that is to be learned.
TEST(Rhythm, FindsOfficeHoursNewsAsSoonWithHalfTheRequests) {
  for (const double scale : {0.5, 1.5, 4.5}) {
    const Rate rate = [scale](absl::CivilHour hour) { return scale * OfficeHours(hour); };
    int adaptive_requests = 0;
    int fixed_requests = 0;
    for (const unsigned seed : {1u, 2u, 3u, 4u, 5u}) {
      const Simulation simulation(Publish(rate, 3 * scale, kTwoWeeks, seed), kTwoWeeks, absl::ZeroDuration());
      const Result adaptive = simulation.RunAdaptive(kShortest, kLongest);
      const Result fixed = FixedWithMedian(simulation, adaptive.median);
      Print("adaptive", adaptive);
      Print("fixed   ", fixed);
      EXPECT_GE(fixed.median, adaptive.median);
      EXPECT_LE(adaptive.ninth_decile, 2 * fixed.ninth_decile);
      adaptive_requests += adaptive.requests;
      fixed_requests += fixed.requests;
    }
    std::cout << 33 * scale << " items a day: " << 100 * adaptive_requests / fixed_requests << " % of the requests\n";
    EXPECT_LE(adaptive_requests, fixed_requests / 2);
  }
}

TEST(Rhythm, NeedsNoMoreThanAFixedIntervalWhereNewsComesEvenly) {
  const Simulation simulation(Publish([](absl::CivilHour) { return 0.5; }, 0.5, kTwoWeeks, 7), kTwoWeeks,
                              absl::Hours(24));
  const Result adaptive = simulation.RunAdaptive(kShortest, kLongest);
  const Result fixed = FixedWithMedian(simulation, adaptive.median);
  Print("adaptive", adaptive);
  Print("fixed   ", fixed);
  EXPECT_LE(adaptive.requests, fixed.requests * 1.25);
}

TEST(Rhythm, LearnsNewHours) {
  const Rate rate = [](absl::CivilHour hour) {
    const bool first_week = hour < absl::CivilHour(2026, 3, 9);
    return hour.hour() >= (first_week ? 8 : 20) && hour.hour() < (first_week ? 11 : 23) ? 3.0 : 0.0;
  };
  const Simulation simulation(Publish(rate, 3, kTwoWeeks, 7), kTwoWeeks, absl::Hours(24 * 8));
  const Result adaptive = simulation.RunAdaptive(kShortest, kLongest);
  Print("new hours", adaptive);
  EXPECT_LT(adaptive.median, absl::Minutes(10));
}

// Two weeks of a section with three items an hour from eight to six, nothing else; visited each half hour.
Rhythm Trained() {
  Rhythm rhythm;
  for (absl::Time now = Start(); now < Start() + kTwoWeeks; now += absl::Minutes(30)) {
    const int hour = absl::ToCivilHour(now - absl::Minutes(30), VietnamTimeZone()).hour();
    const uint32_t items = hour < 8 || hour >= 18 ? 0 : 1 + static_cast<uint32_t>(hour % 2);
    rhythm = Observe(rhythm, items > 0, items, now, absl::Minutes(30));
  }
  return rhythm;
}

absl::Time After(absl::Duration time_of_day) { return Start() + kTwoWeeks + time_of_day; }

TEST(Rhythm, IsQuickByDayAndSlowByNight) {
  const Rhythm rhythm = Trained();
  EXPECT_LT(NextVisit(rhythm, After(absl::Hours(10)), kShortest, kLongest), absl::Minutes(10));
  EXPECT_GT(NextVisit(rhythm, After(absl::Hours(20)), kShortest, kLongest), absl::Hours(2));
  // The morning's first is not slept through.
  const absl::Duration morning = NextVisit(rhythm, After(absl::Hours(6.5)), kShortest, kLongest);
  EXPECT_GT(morning, absl::Minutes(60));
  EXPECT_LT(morning, absl::Minutes(110));
}

TEST(Rhythm, IsQuickAfterNewsAtAnUnexpectedHourAndCalmsDown) {
  Rhythm rhythm = Trained();
  const absl::Time night = After(absl::Hours(20));
  rhythm = Observe(rhythm, true, 2, night, absl::Hours(1.5));
  EXPECT_LT(NextVisit(rhythm, night, kShortest, kLongest), absl::Minutes(15));
  for (int i = 1; i <= 6; ++i) rhythm = Observe(rhythm, false, 0, night + i * absl::Minutes(30), absl::Minutes(30));
  EXPECT_GT(NextVisit(rhythm, night + absl::Hours(3), kShortest, kLongest), absl::Hours(1));
}

TEST(Rhythm, SlowsDownOnAHolidayAndIsQuickAgainWithTheFirstItem) {
  Rhythm rhythm = Trained();
  const absl::Duration usual = NextVisit(rhythm, After(absl::Hours(14)), kShortest, kLongest);
  for (absl::Duration time = absl::Hours(8); time <= absl::Hours(14); time += absl::Minutes(15)) {
    rhythm = Observe(rhythm, false, 0, After(time), absl::Minutes(15));
  }
  EXPECT_GT(rhythm.unchanged_in_a_row, 20u);
  EXPECT_GT(NextVisit(rhythm, After(absl::Hours(14)), kShortest, kLongest), 2 * usual);
  rhythm = Observe(rhythm, true, 1, After(absl::Hours(14.25)), absl::Minutes(15));
  EXPECT_EQ(rhythm.unchanged_in_a_row, 0u);
  EXPECT_LT(NextVisit(rhythm, After(absl::Hours(14.25)), kShortest, kLongest), 1.3 * usual);
}

TEST(Rhythm, TakesAChangeWithoutNewItemsForNone) {
  const Rhythm rhythm = Observe(Trained(), true, 0, After(absl::Hours(10)), absl::Minutes(10));
  EXPECT_GT(rhythm.unchanged_in_a_row, 0u);
  EXPECT_GT(rhythm.missed, Trained().missed);
}

TEST(Rhythm, LearnsNothingFromTheFirstVisitNorWhenTheClockWentBack) {
  const absl::Time now = After(absl::Hours(10));
  const Rhythm before = Trained();
  for (const absl::Duration since :
       {absl::ZeroDuration(), absl::Hours(-3), absl::InfiniteDuration(), -absl::InfiniteDuration()}) {
    const Rhythm after = Observe(before, true, 50, now, since);
    EXPECT_EQ(after.gap_s, before.gap_s);
    EXPECT_EQ(after.hour_items, before.hour_items);
    EXPECT_EQ(after.missed, before.missed);
  }
}

TEST(Rhythm, StaysWithinBoundsWhateverIsRemembered) {
  constexpr double kOdd[] = {
      0, -1, 1e-300, 1, 1e300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
  const absl::Duration spans[] = {absl::ZeroDuration(),    absl::Nanoseconds(1), absl::Milliseconds(100),
                                  absl::Minutes(5),        absl::Hours(24),      absl::Hours(24 * 400),
                                  absl::InfiniteDuration()};
  std::mt19937 random(7);
  const auto pick = [&random](const auto& of) { return of[random() % std::size(of)]; };
  for (int round = 0; round < 3000; ++round) {
    Rhythm rhythm{pick(kOdd), pick(kOdd), {}, {}, pick(kOdd), pick(kOdd), static_cast<uint32_t>(random())};
    for (double& items : rhythm.hour_items) items = pick(kOdd);
    for (double& items : rhythm.day_items) items = pick(kOdd);
    absl::Time now = Start() + absl::Seconds(random() % 10000000);
    for (int visit = 0; visit < 5; ++visit) {
      const absl::Duration since = pick(spans);
      rhythm =
          Observe(rhythm, random() % 2 == 0, static_cast<uint32_t>(random()), now, random() % 8 == 0 ? -since : since);
      ASSERT_TRUE(std::isfinite(rhythm.gap_s) && rhythm.gap_s > 0);
      ASSERT_TRUE(std::isfinite(rhythm.missed) && std::isfinite(rhythm.burst));
      for (const double items : rhythm.hour_items) ASSERT_TRUE(std::isfinite(items) && items >= 0);
      for (const double items : rhythm.day_items) ASSERT_TRUE(std::isfinite(items) && items >= 0);
      const absl::Duration shortest = pick(spans);
      const absl::Duration longest = pick(spans);
      const absl::Duration next = NextVisit(rhythm, now, shortest, longest);
      ASSERT_GE(next, shortest);
      ASSERT_LE(next, std::max({shortest, longest, absl::Milliseconds(1)}));
      now += absl::Seconds(static_cast<int>(random() % 200000) - 20000);
    }
  }
}

}  // namespace
}  // namespace tintinh::crawler
