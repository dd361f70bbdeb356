#include "services/crawler/visit/pulse.h"

#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"

namespace tintinh::crawler {
namespace {

TEST(Pulse, ASiteThatPublishedEveryHourAndStopsIsSilentOnceItHasAnswered) {
  disk::v1::SiteRecord site;
  absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  for (int hour = 0; hour < 24 * 21; ++hour) {
    now += absl::Hours(1);
    *site.mutable_pulse() = AfterPublication(site.pulse(), now);
    site.set_last_answer_us(ToMicros(now));
  }
  EXPECT_FALSE(SilenceOf(site).alarming);
  EXPECT_FALSE(SilenceOf(site).alarming) << "nobody has looked since";
  site.set_last_answer_us(ToMicros(now + absl::Hours(24)));
  EXPECT_TRUE(SilenceOf(site).alarming);
  EXPECT_EQ(SilenceOf(site).quiet_for, absl::Hours(24));
}

TEST(Pulse, ASiteOfWhichNothingIsKnownIsNotSilent) { EXPECT_FALSE(SilenceOf({}).alarming); }

}  // namespace
}  // namespace tintinh::crawler
