#include "services/crawler/schedule/rhythm.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <limits>
#include <random>
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
  std::cout << name << ": " << result.requests << " requests, median delay " << result.median << ", ninth decile "
            << result.ninth_decile << "\n";
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

TEST(Rhythm, TuningTable) {
  for (unsigned seed : {1u, 2u, 3u, 4u}) {
    for (double scale : {0.3, 1.0, 3.0}) {
      const absl::Duration two_weeks = absl::Hours(24 * 14);
      const Rate rate = [scale](absl::CivilHour hour) { return scale * OfficeHours(hour); };
      const Simulation simulation(Publish(rate, 3 * scale, two_weeks, seed), two_weeks, absl::ZeroDuration());
      const Result adaptive = simulation.RunAdaptive(kShortest, kLongest);
      std::cout << "seed " << seed << " scale " << scale << "\n";
      Print("adaptive", adaptive);
      Print("fixed", FixedWithMedian(simulation, adaptive.median));
    }
  }
}

}  // namespace
}  // namespace tintinh::crawler
