#include "services/crawler/crawl_state.h"

#include "common/time/clock.h"
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

TEST_F(CrawlStateTest, OutsideItsCrawlHoursASiteIsNotAskedAndTheCrawlIsIdle) {
  config::v1::SitesConfig config;
  config::v1::SiteConfig& site = *config.add_sites();
  site.set_id("bao-b");
  site.set_name("Báo B");
  site.set_home("https://b.vn/");
  site.set_max_article_urls(100);
  site.set_crawl_hours("8-9");
  const Sites sites = *Sites::Create(config, {.user_agent = "tintinh (+https://vidu.vn/robot)"});
  CrawlerOptions options = options_;
  options.data_directory += "/b";
  const auto state = CrawlState::Open(options, sites, clock_);
  ASSERT_THAT(state, IsOk());
  ASSERT_THAT(state->frontier->Add({{.url = "https://b.vn/1", .host = "b.vn"}}), IsOk());
  const absl::Time opens = absl::FromCivil(absl::CivilHour(2023, 11, 15, 8), VietnamTimeZone());
  EXPECT_EQ(state->frontier->Next()->wait_until, opens);
  EXPECT_TRUE(state->IsIdle());
  const RobotsGate gate(*state->frontier, "tintinh");
  const auto why = Overview(sites, *state, gate, clock_).Explain("https://b.vn/1");
  ASSERT_THAT(why, IsOk());
  EXPECT_THAT(why->reason(), HasSubstr("crawl_hours only, next 2023-11-15 08:00"));
  clock_.Advance(opens - clock_.Now());
  EXPECT_FALSE(state->IsIdle());
  EXPECT_EQ(state->frontier->Next()->leases.size(), 1u);
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
