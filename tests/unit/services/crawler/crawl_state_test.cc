#include "services/crawler/crawl_state.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/crawl_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

class CrawlStateTest : public CrawlTest {};

TEST_F(CrawlStateTest, ASecondProcessIsRefused) {
  EXPECT_THAT(CrawlState::Open(options_, sites_, clock_).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("in use")));
}

TEST_F(CrawlStateTest, HostsFollowTheirSitesPace) {
  const auto host = state_.frontier->ViewHost("a.vn");
  ASSERT_TRUE(host.has_value());
  EXPECT_EQ(host->delay, absl::Seconds(5));
  EXPECT_EQ(host->site, "bao-a");
}

TEST_F(CrawlStateTest, IsIdleOnlyWithoutWorkUnderWayAndWithAnEmptyOutbox) {
  EXPECT_TRUE(state_.IsIdle());
  Add("https://a.vn/1");
  EXPECT_FALSE(state_.IsIdle()) << "due";
  Fetched fetched = Answer(200, "<p>Nương chè</p>");
  EXPECT_FALSE(state_.IsIdle()) << "leased";
  const auto kept = intake_->Take(std::move(fetched));
  ASSERT_THAT(kept, IsOk());
  EXPECT_FALSE(state_.IsIdle()) << "in the outbox";
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_UNCHANGED);
  ASSERT_THAT(intake_->SettlePage(**kept, response), IsOk());
  EXPECT_TRUE(state_.IsIdle());
}

}  // namespace
}  // namespace tintinh::crawler
