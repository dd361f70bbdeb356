// How often one listing (a feed, a section) is visited: as often as its past makes worth while.
//
// News comes to a listing as a Poisson process whose rate depends on the hour of the day and the day of the week:
//   rate(t) = share of t's hour * share of t's day / gap,
// after Cho and Garcia-Molina, "Estimating Frequency of Change" (2003), but from the number of new items of each visit,
// which says more than whether there was a change. Of a visit that found something it is not known in which hour it
// came: each hour since the last visit gets the part that it was expected to bring. The next visit comes when the items
// expected by then will have waited, together, for a quarter of `shortest`:
//   integral of rate(t) * (next - t) dt = shortest / 4.
// For a constant rate that is a wait proportional to 1/sqrt(rate), which for a given number of requests keeps the mean
// delay lowest (a wait proportional to 1/rate would spend too much on busy listings); for a night without news it is
// a wait until shortly after the morning's first.
// Two things correct the past where the present differs: what failed to come (a holiday) lowers the rate until
// something comes, and what came beyond expectation (news at night) is followed by as much again within the hour.
#ifndef TINTINH_SERVICES_CRAWLER_SCHEDULE_RHYTHM_H_
#define TINTINH_SERVICES_CRAWLER_SCHEDULE_RHYTHM_H_

#include <array>
#include <cstdint>

#include "absl/time/time.h"

namespace tintinh::crawler {

// What is remembered of a listing: plain numbers, to be stored as they are. A value that makes no sense (negative, not
// finite) is read as the default.
struct Rhythm {
  double gap_s = 0;                     // mean seconds between new items, over about the last week; 0: not known yet
  double observed_s = 0;                // what `gap_s` rests on, at most a week
  std::array<double, 24> hour_items{};  // new items by hour of Viet Nam's day, fading over weeks
  std::array<double, 7> day_items{};    // the same by day of the week, from Monday
  double missed = 0;                    // items that were expected since the last new one
  double burst = 0;                     // items expected beyond the rate, fading within the hour
  uint32_t unchanged_in_a_row = 0;
};

// After a visit at `now` that came `since_last` after the one before. A listing that changed without a new item (an
// advertisement, a clock) counts as unchanged; where the number is not known, 1 is a good guess. The first visit
// (`since_last` zero or infinite, or negative because the clock went back) teaches nothing: all items were new.
Rhythm Observe(Rhythm rhythm, bool changed, uint32_t new_items, absl::Time now, absl::Duration since_last);

// From `now` to the next visit, as of the observation at `now`; always within [shortest, longest], `shortest` when that
// is above `longest`, and a millisecond at least.
absl::Duration NextVisit(const Rhythm& rhythm, absl::Time now, absl::Duration shortest, absl::Duration longest);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SCHEDULE_RHYTHM_H_
