#include "services/crawler/fetch/retry_after.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

// Thu, 05 Mar 2026 00:00:00 GMT
constexpr int64_t kNow = 1'772'668'800;

std::optional<absl::Duration> Parsed(absl::string_view value) {
  return ParseRetryAfter(value, absl::FromUnixSeconds(kNow));
}

TEST(ParseRetryAfter, ReadsSeconds) {
  EXPECT_EQ(Parsed("0"), absl::ZeroDuration());
  EXPECT_EQ(Parsed(" 120 "), absl::Seconds(120));
  EXPECT_EQ(Parsed("3600"), absl::Hours(1));
  EXPECT_EQ(Parsed("1.2"), absl::Seconds(2));
}

TEST(ParseRetryAfter, ReadsAllFormsOfDates) {
  EXPECT_EQ(Parsed("Thu, 05 Mar 2026 00:01:00 GMT"), absl::Minutes(1));
  EXPECT_EQ(Parsed("Thursday, 05-Mar-26 00:01:00 GMT"), absl::Minutes(1));
  EXPECT_EQ(Parsed("Thu Mar  5 00:01:00 2026"), absl::Minutes(1));
}

TEST(ParseRetryAfter, IsNeverNegativeAndAtMostADay) {
  EXPECT_EQ(Parsed("Wed, 04 Mar 2026 00:00:00 GMT"), absl::ZeroDuration());
  EXPECT_EQ(Parsed("86401"), kMaxRetryAfter);
  EXPECT_EQ(Parsed("99999999999999999999999999999"), kMaxRetryAfter);
  EXPECT_EQ(Parsed("Fri, 05 Mar 2027 00:00:00 GMT"), kMaxRetryAfter);
}

TEST(ParseRetryAfter, RefusesAnythingElse) {
  for (const std::string value : {"", " ", "-5", "+5", "mai", "1e9", "1.2.3", ".", "0x10", "5 s"}) {
    EXPECT_EQ(Parsed(value), std::nullopt) << value;
  }
  EXPECT_EQ(Parsed(std::string(65, '1')), std::nullopt);
}

}  // namespace
}  // namespace tintinh::crawler
