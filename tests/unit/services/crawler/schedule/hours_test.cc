#include "services/crawler/schedule/hours.h"

#include <string>
#include <utility>

#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

absl::Time At(int day, int hour, int minute, int second = 0) {
  return absl::FromCivil(absl::CivilSecond(2026, 3, day, hour, minute, second), VietnamTimeZone());
}

Hours Parsed(const std::string& text) {
  absl::StatusOr<Hours> hours = Hours::Parse(text);
  EXPECT_THAT(hours, IsOk());
  return *std::move(hours);
}

TEST(Hours, AWindowTakesInItsBeginningAndNotItsEnd) {
  const Hours hours = Parsed("6-9, 12:30-13");
  EXPECT_FALSE(hours.Contains(At(2, 5, 59, 59)));
  EXPECT_TRUE(hours.Contains(At(2, 6, 0)));
  EXPECT_TRUE(hours.Contains(At(2, 8, 59, 59)));
  EXPECT_FALSE(hours.Contains(At(2, 9, 0)));
  EXPECT_TRUE(hours.Contains(At(2, 12, 30)));
  EXPECT_FALSE(hours.Contains(At(2, 13, 0)));
}

TEST(Hours, FindsTheNextMomentInsideAndOutside) {
  const Hours hours = Parsed("12:30-13, 6-9");
  EXPECT_EQ(hours.NextInside(At(2, 3, 0)), At(2, 6, 0));
  EXPECT_EQ(hours.NextInside(At(2, 7, 15, 7)), At(2, 7, 15, 7));
  EXPECT_EQ(hours.NextInside(At(2, 9, 0)), At(2, 12, 30));
  EXPECT_EQ(hours.NextInside(At(2, 23, 0)), At(3, 6, 0));
  EXPECT_EQ(hours.NextOutside(At(2, 3, 0)), At(2, 3, 0));
  EXPECT_EQ(hours.NextOutside(At(2, 7, 15, 7)), At(2, 9, 0));
  EXPECT_EQ(hours.NextOutside(At(2, 12, 59)), At(2, 13, 0));
}

TEST(Hours, GoesPastMidnight) {
  const Hours hours = Parsed("22:00-05:30");
  EXPECT_TRUE(hours.Contains(At(2, 23, 59)));
  EXPECT_TRUE(hours.Contains(At(2, 0, 0)));
  EXPECT_FALSE(hours.Contains(At(2, 5, 30)));
  EXPECT_EQ(hours.NextOutside(At(2, 23, 0)), At(3, 5, 30));
  EXPECT_EQ(hours.NextOutside(At(3, 1, 0)), At(3, 5, 30));
  EXPECT_EQ(hours.NextInside(At(2, 12, 0)), At(2, 22, 0));
  EXPECT_EQ(Parsed("20-24").NextOutside(At(2, 21, 0)), At(3, 0, 0));
  EXPECT_EQ(Parsed("20-0").NextOutside(At(2, 21, 0)), At(3, 0, 0));
}

TEST(Hours, JoinsWindowsThatTouchOrOverlap) {
  const Hours hours = Parsed("8-10,9:30-11,11-12");
  EXPECT_EQ(hours.NextOutside(At(2, 8, 0)), At(2, 12, 0));
  EXPECT_EQ(hours.NextInside(At(2, 12, 0)), At(3, 8, 0));
}

TEST(Hours, MayBeTheWholeDay) {
  for (const char* text : {"0-24", "6-18, 18-6", "12-24,0-12:00"}) {
    const Hours hours = Parsed(text);
    EXPECT_TRUE(hours.Contains(At(2, 0, 0))) << text;
    EXPECT_TRUE(hours.Contains(At(2, 23, 59, 59))) << text;
    EXPECT_EQ(hours.NextOutside(At(2, 4, 0)), absl::InfiniteFuture()) << text;
  }
}

TEST(Hours, LeavesInfiniteTimesAlone) {
  const Hours hours = Parsed("0-24");
  for (const absl::Time time : {absl::InfiniteFuture(), absl::InfinitePast()}) {
    EXPECT_FALSE(hours.Contains(time));
    EXPECT_EQ(hours.NextInside(time), time);
    EXPECT_EQ(hours.NextOutside(time), time);
  }
}

TEST(Hours, NextInsideIsInsideAndNothingBeforeItIs) {
  const Hours hours = Parsed("22:10-05:30, 6-9, 12:30-13");
  for (int minute = 0; minute < 2 * 24 * 60; minute += 7) {
    const absl::Time time = At(2, 0, 0) + absl::Minutes(minute);
    const absl::Time inside = hours.NextInside(time);
    const absl::Time outside = hours.NextOutside(time);
    EXPECT_TRUE(hours.Contains(inside));
    EXPECT_FALSE(hours.Contains(outside));
    for (absl::Time t = time; t < inside; t += absl::Minutes(1)) ASSERT_FALSE(hours.Contains(t)) << t;
    for (absl::Time t = time; t < outside; t += absl::Minutes(1)) ASSERT_TRUE(hours.Contains(t)) << t;
  }
}

TEST(Hours, NamesTheWindowItRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "\"\""},           {"6", "\"6\""},         {"6-9,", "window \"\""}, {"6-25", "\"25\""},
      {"6-24:01", "24:01"},   {"6:60-7", "\"6:60\""}, {"6:5-7", "\"6:5\""},    {"-1-5", "\"\""},
      {"6-9-12", "\"9-12\""}, {"6h-9h", "\"6h\""},    {"6-6", "0-24"},         {"24-6", "24:00"},
      {"sáng-tối", "sáng"},   {"006-9", "\"006\""},
  };
  for (const auto& [text, part] : cases) {
    EXPECT_THAT(Hours::Parse(text),
                StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("window"), HasSubstr(part))))
        << text;
  }
  EXPECT_THAT(Hours::Parse(std::string(300, '6')), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("256")));
}

}  // namespace
}  // namespace tintinh::crawler
