#include "common/time/clock.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"

namespace tintinh {
namespace {

TEST(Clock, VietnamIsSevenHoursAheadOfUtc) {
  const absl::Time noon_utc = absl::FromCivil(absl::CivilSecond(2021, 9, 20, 12, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(absl::FormatTime("%H:%M%Ez", noon_utc, VietnamTimeZone()), "19:00+07:00");
}

TEST(Clock, SteadyTimeIsTheTimeOfDayUntilTheClockIsSet) {
  EXPECT_LT(absl::AbsDuration(SteadyNow() - absl::Now()), absl::Seconds(1));
  EXPECT_LT(absl::AbsDuration(CalendarOffset()), absl::Seconds(1));
  const absl::Time before = SteadyNow();
  EXPECT_LE(before, SystemClock().Now());
}

TEST(Clock, FakeClockMovesOnlyWhenTold) {
  testing::FakeClock clock;
  const absl::Time start = clock.Now();
  EXPECT_EQ(clock.Now(), start);
  clock.Advance(absl::Seconds(5));
  EXPECT_EQ(clock.Now(), start + absl::Seconds(5));
}

}  // namespace
}  // namespace tintinh
