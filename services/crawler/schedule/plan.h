// When a listing is visited next: what is configured for it and what has been learned of it, put together.
#ifndef TINTINH_SERVICES_CRAWLER_SCHEDULE_PLAN_H_
#define TINTINH_SERVICES_CRAWLER_SCHEDULE_PLAN_H_

#include <optional>

#include "absl/time/time.h"
#include "services/crawler/schedule/cron.h"
#include "services/crawler/schedule/hours.h"
#include "services/crawler/schedule/rhythm.h"

namespace tintinh::crawler {

// What is configured for the listings of one kind.
struct VisitPlan {
  absl::Duration shortest;
  std::optional<absl::Duration> longest;  // nothing: always after `shortest`, whatever was learned
  std::optional<Cron> cron;               // decides alone where it is given, but for the crawl hours
  std::optional<Hours> crawl_hours;       // no visit outside
  std::optional<Hours> quiet_hours;       // inside, the wait is `longest`, or four times `shortest` without it, but no
                                          // longer than they last
};

// From `now` to the next visit; infinite when the cron expression does not come any more.
absl::Duration NextVisit(const VisitPlan& plan, const Rhythm& rhythm, absl::Time now);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SCHEDULE_PLAN_H_
