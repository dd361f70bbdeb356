#include "services/crawler/schedule/plan.h"

#include <algorithm>

namespace tintinh::crawler {
namespace {

constexpr int kQuietFactor = 4;

// Quiet hours put a visit off, to their end at most; never closer.
absl::Duration QuietWait(const VisitPlan& plan, absl::Time now, absl::Duration wait) {
  const absl::Duration slow = plan.longest.value_or(plan.shortest * kQuietFactor);
  return std::max(wait, std::min(slow, plan.quiet_hours->NextOutside(now + wait) - now));
}

absl::Time NextByRhythm(const VisitPlan& plan, const Rhythm& rhythm, absl::Time now) {
  absl::Duration wait = NextVisit(rhythm, now, plan.shortest, plan.longest.value_or(plan.shortest));
  if (plan.quiet_hours.has_value()) wait = QuietWait(plan, now, wait);
  return now + wait;
}

}  // namespace

absl::Duration NextVisit(const VisitPlan& plan, const Rhythm& rhythm, absl::Time now) {
  absl::Time next = plan.cron.has_value() ? plan.cron->Next(now) : NextByRhythm(plan, rhythm, now);
  if (plan.crawl_hours.has_value()) next = plan.crawl_hours->NextInside(next);
  return next - now;
}

}  // namespace tintinh::crawler
