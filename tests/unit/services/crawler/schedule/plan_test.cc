#include "services/crawler/schedule/plan.h"

#include <string>
#include <utility>

#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using testing::IsOk;

absl::Time At(int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(2026, 3, 2, hour, minute), VietnamTimeZone());
}

Hours Window(const std::string& text) {
  absl::StatusOr<Hours> hours = Hours::Parse(text);
  EXPECT_THAT(hours, IsOk());
  return *std::move(hours);
}

VisitPlan Plan() {
  VisitPlan plan;
  plan.shortest = absl::Minutes(10);
  return plan;
}

TEST(NextVisitOfPlan, IsTheIntervalWhereNothingElseIsConfigured) {
  EXPECT_EQ(NextVisit(Plan(), Rhythm(), At(10, 0)), absl::Minutes(10));
}

TEST(NextVisitOfPlan, FollowsTheRhythmUpToTheLongestInterval) {
  VisitPlan plan = Plan();
  plan.longest = absl::Hours(2);
  Rhythm rare;
  rare.gap_s = 30 * 86400.0;
  rare.observed_s = 7 * 86400.0;
  EXPECT_EQ(NextVisit(plan, rare, At(10, 0)), absl::Hours(2));
  Rhythm busy = rare;
  busy.gap_s = 60;
  EXPECT_EQ(NextVisit(plan, busy, At(10, 0)), absl::Minutes(10));
}

TEST(NextVisitOfPlan, CronDecidesWhereItIsGiven) {
  VisitPlan plan = Plan();
  plan.longest = absl::Hours(2);
  plan.quiet_hours = Window("0-24");
  const absl::StatusOr<Cron> cron = Cron::Parse("0 */6 * * *");
  ASSERT_THAT(cron, IsOk());
  plan.cron = *cron;
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(10, 0)), absl::Hours(2));
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(12, 0)), absl::Hours(6));
}

TEST(NextVisitOfPlan, WaitsForTheCrawlHours) {
  VisitPlan plan = Plan();
  plan.crawl_hours = Window("22-5");
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(23, 0)), absl::Minutes(10));
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(4, 55)), absl::Hours(17) + absl::Minutes(5));
}

TEST(NextVisitOfPlan, ComesLessOftenInQuietHoursButNotLaterThanTheyEnd) {
  VisitPlan plan = Plan();
  plan.quiet_hours = Window("22-5");
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(12, 0)), absl::Minutes(10));
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(23, 0)), absl::Minutes(40));
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(4, 45)), absl::Minutes(15));
  plan.quiet_hours = Window("0-24");
  EXPECT_EQ(NextVisit(plan, Rhythm(), At(12, 0)), absl::Minutes(40));
}

TEST(NextVisitOfPlan, NeverComesAfterTheCalendarsEnd) {
  VisitPlan plan = Plan();
  const absl::StatusOr<Cron> cron = Cron::Parse("0 0 1 1 *");
  ASSERT_THAT(cron, IsOk());
  plan.cron = *cron;
  plan.crawl_hours = Window("22-5");
  EXPECT_EQ(NextVisit(plan, Rhythm(), absl::FromCivil(absl::CivilYear(9999), VietnamTimeZone())),
            absl::InfiniteDuration());
}

}  // namespace
}  // namespace tintinh::crawler
