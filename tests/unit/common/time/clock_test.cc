#include "common/time/clock.h"

#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"

namespace tintinh {
namespace {

TEST(Clock, VietnamIsSevenHoursAheadOfUtc) {
  const absl::Time noon_utc = absl::FromCivil(absl::CivilSecond(2021, 9, 20, 12, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(absl::FormatTime("%H:%M%Ez", noon_utc, VietnamTimeZone()), "19:00+07:00");
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
