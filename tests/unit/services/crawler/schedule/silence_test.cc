#include "services/crawler/schedule/silence.h"

#include <limits>

#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

// A Monday.
absl::Time Start() { return absl::FromCivil(absl::CivilDay(2026, 3, 2), VietnamTimeZone()); }
absl::Time At(int day, double hour) { return Start() + absl::Hours(24) * day + absl::Hours(hour); }

// Each hour from eight to five, and nothing at the weekend, for some weeks; the last item comes on a Friday.
Pulse OfficeHours(int weeks) {
  Pulse pulse = ObservePublished(Pulse(), absl::InfinitePast(), Start());
  for (int day = 0; day < weeks * 7; ++day) {
    for (int hour = 8; hour <= 17 && day % 7 < 5; ++hour) {
      pulse = ObservePublished(pulse, At(day, hour + 0.25), At(day, hour + 0.5));
    }
  }
  return pulse;
}

TEST(Silence, SleepsAtNightAndAtTheWeekend) {
  const Pulse pulse = OfficeHours(4);
  EXPECT_EQ(pulse.newest, At(25, 17.25));
  for (const double hours : {1.0, 6.5, 14.0, 30.0, 62.5}) {
    EXPECT_FALSE(JudgeSilence(pulse, pulse.newest + absl::Hours(hours)).alarming) << hours;
  }
  const Silence monday = JudgeSilence(pulse, At(28, 11));
  EXPECT_FALSE(monday.alarming);
  EXPECT_GT(monday.usual, absl::Hours(60));
  EXPECT_LT(monday.usual, absl::Hours(65));
}

TEST(Silence, AlarmsWhenFourItemsHaveNotCome) {
  const Pulse pulse = OfficeHours(4);
  const Silence silence = JudgeSilence(pulse, At(28, 13));
  EXPECT_TRUE(silence.alarming);
  EXPECT_EQ(silence.quiet_for, absl::Hours(67.75));
  EXPECT_LT(silence.allowed, silence.quiet_for);
}

TEST(Silence, AllowsSixHoursToTheBusiest) {
  Pulse pulse = ObservePublished(Pulse(), absl::InfinitePast(), Start());
  for (int minute = 0; minute < 20 * 24 * 60; minute += 10) {
    const absl::Time now = Start() + absl::Minutes(minute);
    pulse = ObservePublished(pulse, now, now);
  }
  EXPECT_FALSE(JudgeSilence(pulse, pulse.newest + absl::Hours(6)).alarming);
  EXPECT_TRUE(JudgeSilence(pulse, pulse.newest + absl::Hours(6.1)).alarming);
  EXPECT_LT(JudgeSilence(pulse, pulse.newest).usual, absl::Minutes(15));
}

TEST(Silence, AllowsFourGapsToASlowSite) {
  Pulse pulse = ObservePublished(Pulse(), absl::InfinitePast(), Start());
  for (int item = 0; item < 40; ++item) {
    const absl::Time now = Start() + absl::Hours(31) * item;
    pulse = ObservePublished(pulse, now, now);
  }
  const Silence silence = JudgeSilence(pulse, pulse.newest + absl::Hours(60));
  EXPECT_FALSE(silence.alarming);
  EXPECT_GT(silence.allowed, absl::Hours(90));
  EXPECT_LT(silence.allowed, absl::Hours(160));
  EXPECT_TRUE(JudgeSilence(pulse, pulse.newest + absl::Hours(170)).alarming);
}

TEST(Silence, GoesOnAsLongAsItLastsAndEndsWithTheNextItem) {
  Pulse pulse = OfficeHours(4);
  EXPECT_TRUE(JudgeSilence(pulse, At(200, 12)).alarming);
  pulse = ObservePublished(pulse, At(200, 12), At(200, 12));
  EXPECT_FALSE(JudgeSilence(pulse, At(200, 13)).alarming);
  // The outage has not made the site a slow one.
  EXPECT_LT(JudgeSilence(pulse, At(200, 13)).allowed, absl::Hours(80));
}

TEST(Silence, AllowsThreeDaysWhileNothingIsKnown) {
  EXPECT_FALSE(JudgeSilence(Pulse(), Start()).alarming);
  const Pulse never = ObservePublished(Pulse(), absl::InfinitePast(), Start());
  EXPECT_FALSE(JudgeSilence(never, Start() + absl::Hours(72)).alarming);
  EXPECT_TRUE(JudgeSilence(never, Start() + absl::Hours(73)).alarming);
  const Pulse once = ObservePublished(never, At(1, 8), At(1, 9));
  EXPECT_EQ(JudgeSilence(once, At(2, 8)).quiet_for, absl::Hours(24));
  EXPECT_FALSE(JudgeSilence(once, At(4, 8)).alarming);
  EXPECT_TRUE(JudgeSilence(once, At(4, 9)).alarming);
}

TEST(Silence, CountsNoBacklogAndNoFuture) {
  const Pulse pulse = OfficeHours(4);
  const Pulse with_backlog = ObservePublished(pulse, Start() - absl::Hours(24 * 900), At(28, 8));
  EXPECT_EQ(with_backlog.newest, pulse.newest);
  EXPECT_EQ(with_backlog.week_items, pulse.week_items);
  EXPECT_EQ(ObservePublished(pulse, At(900, 0), At(28, 8)).newest, At(28, 8));
}

TEST(Silence, TakesItemsInAnyOrder) {
  const Pulse pulse = OfficeHours(4);
  const Pulse late = ObservePublished(pulse, At(24, 9), At(25, 18));
  EXPECT_EQ(late.newest, pulse.newest);
  EXPECT_EQ(late.weeks, pulse.weeks);
  EXPECT_GT(late.week_items[3 * 24 + 9], pulse.week_items[3 * 24 + 9]);
}

TEST(Silence, SurvivesTheClockGoingBackAndOddNumbers) {
  Pulse pulse = OfficeHours(4);
  EXPECT_EQ(JudgeSilence(pulse, Start()).quiet_for, absl::ZeroDuration());
  EXPECT_FALSE(JudgeSilence(pulse, Start()).alarming);
  pulse.weeks = std::numeric_limits<double>::quiet_NaN();
  pulse.week_items.fill(-std::numeric_limits<double>::infinity());
  EXPECT_EQ(JudgeSilence(pulse, At(26, 0)).allowed, absl::Hours(72));
  pulse = ObservePublished(pulse, At(26, 0), At(26, 0));
  EXPECT_DOUBLE_EQ(pulse.week_items[5 * 24], 1);
}

}  // namespace
}  // namespace tintinh::crawler
