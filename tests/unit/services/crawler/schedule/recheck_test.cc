#include "services/crawler/schedule/recheck.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(NextRecheck, IsAnHourADayAndAWeekAfterTheFirstFetch) {
  EXPECT_EQ(NextRecheck(absl::ZeroDuration(), 0), absl::Hours(1));
  EXPECT_EQ(NextRecheck(absl::Minutes(61), 1), absl::Hours(24) - absl::Minutes(61));
  EXPECT_EQ(NextRecheck(absl::Hours(25), 2), absl::Hours(24 * 7 - 25));
  EXPECT_EQ(NextRecheck(absl::Hours(24 * 7), 3), absl::InfiniteDuration());
  EXPECT_EQ(NextRecheck(absl::ZeroDuration(), UINT32_MAX), absl::InfiniteDuration());
}

TEST(NextRecheck, IsNowWhenOverdueAndAllOfTheWaitWhenTheClockWentBack) {
  EXPECT_EQ(NextRecheck(absl::Hours(30), 0), absl::ZeroDuration());
  EXPECT_EQ(NextRecheck(absl::Hours(-5), 0), absl::Hours(1));
}

TEST(NextRecheck, TakesAnotherList) {
  const std::vector<absl::Duration> ages = {absl::Minutes(30)};
  EXPECT_EQ(NextRecheck(absl::Minutes(10), 0, ages), absl::Minutes(20));
  EXPECT_EQ(NextRecheck(absl::Minutes(40), 1, ages), absl::InfiniteDuration());
  EXPECT_EQ(NextRecheck(absl::Minutes(40), 0, {}), absl::InfiniteDuration());
}

TEST(ChecksDoneAt, CountsThoseThatWereMissed) {
  EXPECT_EQ(ChecksDoneAt(absl::Minutes(59), 0), 1u);
  EXPECT_EQ(ChecksDoneAt(absl::Hours(2), 0), 1u);
  EXPECT_EQ(ChecksDoneAt(absl::Hours(24 * 8), 0), 3u);
  EXPECT_EQ(ChecksDoneAt(absl::Hours(-3), 1), 2u);
  EXPECT_EQ(ChecksDoneAt(absl::Hours(24 * 8), 3), 3u);
  EXPECT_EQ(ChecksDoneAt(absl::Hours(1), UINT32_MAX), UINT32_MAX);
}

TEST(CheckRecheckAges, TakesRisingAgesWithinLimits) {
  EXPECT_THAT(CheckRecheckAges(DefaultRecheckAges()), IsOk());
  EXPECT_THAT(CheckRecheckAges({}), IsOk());
  EXPECT_THAT(CheckRecheckAges({absl::Hours(2), absl::Hours(2)}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"2h\" is not above the one before it, 2h")));
  EXPECT_THAT(CheckRecheckAges({absl::Seconds(59)}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"59s\" is not from 1m")));
  EXPECT_THAT(CheckRecheckAges({absl::Hours(8761)}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"8761h\" is not from 1m to 8760h")));
}

}  // namespace
}  // namespace tintinh::crawler
