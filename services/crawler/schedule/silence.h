// When a site has gone quiet: it usually would have published by now.
//
// What is usual is learned by hour of the week, so that nights and weekends count as far as this site works in them. A
// site is allowed the time in which four items were to be expected since its newest, and six hours in any case: four
// times the usual gap, on a clock that runs only while the site publishes. With independent items that happens by
// chance once in 55 gaps; the six hours take out what is left of it for a site with more than a few items a day.
#ifndef TINTINH_SERVICES_CRAWLER_SCHEDULE_SILENCE_H_
#define TINTINH_SERVICES_CRAWLER_SCHEDULE_SILENCE_H_

#include <array>

#include "absl/time/time.h"

namespace tintinh::crawler {

// What is remembered of a site's publication times: plain numbers, to be stored as they are. A value that makes no
// sense (negative, not finite) is read as zero.
struct Pulse {
  absl::Time since = absl::InfinitePast();   // of the first observation; InfinitePast: none yet
  absl::Time newest = absl::InfinitePast();  // publication; InfinitePast: none yet
  double weeks = 0;                          // what `week_items` rests on, fading like it
  std::array<double, 168> week_items{};      // publications by hour of Viet Nam's week from Monday, fading over 6 weeks
};

// Once for each article, with the time it was published, or first seen where it names none; in any order. What is older
// than the first observation is backlog and counts for nothing; what lies after `now` counts as of `now`. A site that
// never publishes is to be observed once with `published` InfinitePast, so that it can be missed.
Pulse ObservePublished(Pulse pulse, absl::Time published, absl::Time now);

struct Silence {
  bool alarming = false;
  absl::Duration quiet_for;  // since the newest publication, or since the first observation
  absl::Duration usual;      // from the newest publication to when the next was to be expected
  absl::Duration allowed;    // `quiet_for` beyond this is alarming
};

// To be asked after a visit: a crawler that was away itself would find every site silent.
// Until a week and eight publications are known, three days are usual and allowed, which covers a weekend.
Silence JudgeSilence(const Pulse& pulse, absl::Time now);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SCHEDULE_SILENCE_H_
