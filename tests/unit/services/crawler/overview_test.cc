#include "services/crawler/overview.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/crawl_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;

constexpr char kUrl[] = "https://a.vn/1";

class OverviewTest : public CrawlTest {
 protected:
  using CrawlTest::CrawlTest;
  v1::ExplainUrlResponse Explain(const std::string& url) {
    auto response = overview_->Explain(url);
    EXPECT_THAT(response, IsOk());
    return *std::move(response);
  }
};

TEST_F(OverviewTest, ExplainsEveryState) {
  EXPECT_EQ(Explain(kUrl).state(), v1::URL_STATE_UNKNOWN);
  EXPECT_EQ(Explain("https://b.vn/").state(), v1::URL_STATE_FOREIGN);
  EXPECT_THAT(Explain("https://b.vn/").reason(), HasSubstr("no site"));
  Add(kUrl);
  EXPECT_EQ(Explain(kUrl).state(), v1::URL_STATE_QUEUED);
  EXPECT_THAT(Explain(kUrl).reason(), HasSubstr("waits for its turn, with 5s between requests to a.vn"));
  EXPECT_TRUE(Explain(kUrl).has_next_fetch());
  Fetched fetched = Answer(200, "<p>Ruộng bậc thang</p>");
  EXPECT_EQ(Explain(kUrl).state(), v1::URL_STATE_LEASED);
  const auto kept = intake_->Take(std::move(fetched));
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(Explain(kUrl).state(), v1::URL_STATE_IN_OUTBOX);
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_STORED);
  response.set_article_id("0123456789abcdef0123456789abcdef");
  ASSERT_THAT(intake_->SettlePage(**kept, response), IsOk());
  EXPECT_EQ(Explain(kUrl).state(), v1::URL_STATE_DONE);
  EXPECT_EQ(Explain(kUrl).article_id(), response.article_id());
  EXPECT_EQ(Explain(kUrl).last_fetch().seconds(), absl::ToUnixSeconds(clock_.Now()));
  EXPECT_TRUE(Explain(kUrl).has_next_fetch()) << "for corrections";
}

TEST_F(OverviewTest, SaysWhyAUrlWaits) {
  Add(kUrl);
  ASSERT_THAT(state_.frontier->SetPaused("bao-a", true), IsOk());
  EXPECT_EQ(Explain(kUrl).reason(), "its site is paused");
  ASSERT_THAT(state_.frontier->SetPaused("bao-a", false), IsOk());
  EXPECT_THAT(intake_->Take(Answer(500, "")), IsOk());
  EXPECT_THAT(Explain(kUrl).reason(), HasSubstr("waits until"));
  EXPECT_THAT(Explain(kUrl).reason(), HasSubstr("last time: HTTP status 500"));
  clock_.Advance(absl::Hours(1));
  EXPECT_THAT(intake_->Take(Answer(503, "")), IsOk());
  EXPECT_THAT(Explain(kUrl).reason(), HasSubstr("is left alone until"));
  EXPECT_EQ(Explain(kUrl).last_http_status(), 503u);
}

TEST_F(OverviewTest, SaysOfATrapThatItIsNotFollowed) {
  EXPECT_THAT(Explain("https://a.vn/dang-nhap").reason(), HasSubstr("not followed: login"));
  EXPECT_THAT(Explain("https://a.vn/gap-lua").reason(), HasSubstr("has named it"));
}

TEST_F(OverviewTest, SaysThatOtherCrawlersAreAskedFirst) {
  options_.sites_are_held = true;
  Reopen();
  Add(kUrl);
  EXPECT_EQ(Explain(kUrl).reason(), "other crawlers are asked for its site first");
  EXPECT_TRUE(overview_->OfAll()->sites(0).awaits_hand_over());
  ASSERT_THAT(state_.frontier->Hold("bao-a", 1, nullptr), IsOk());
  EXPECT_THAT(Explain(kUrl).reason(), HasSubstr("waits for its turn"));
  EXPECT_FALSE(overview_->OfAll()->sites(0).awaits_hand_over());
}

class SpentOverviewTest : public OverviewTest {
 protected:
  SpentOverviewTest() : OverviewTest([](config::v1::SiteConfig& site) { site.set_backfill_per_day(1); }) {}
};

TEST_F(SpentOverviewTest, SaysThatTheBacklogOfTheDayIsSpent) {
  NewUrl old;
  old.url = kUrl;
  old.host = "a.vn";
  old.rank = disk::v1::URL_RANK_BACKLOG;
  NewUrl older = old;
  older.url = "https://a.vn/cu-hon";
  ASSERT_THAT(state_.frontier->Add({old, older}), IsOk());
  EXPECT_THAT(intake_->Take(Answer(404, "")), IsOk());
  clock_.Advance(absl::Minutes(1));
  EXPECT_TRUE(state_.frontier->Next()->leases.empty());
  EXPECT_THAT(Explain("https://a.vn/cu-hon").reason(), HasSubstr("backfill_per_day is spent; goes on at 20"));
}

TEST_F(OverviewTest, NamesTheRobotsRule) {
  Add("https://a.vn/khac");
  EXPECT_THAT(intake_->Take(Answer(200, "User-agent: *\nDisallow: /tim\n", Fetched::Purpose::kRobots)), IsOk());
  EXPECT_THAT(Explain("https://a.vn/tim?q=1").robots_rule(), HasSubstr("Disallow: /tim"));
  EXPECT_EQ(Explain("https://a.vn/khac").robots_rule(), "");
}

TEST_F(OverviewTest, TheStatusOfASiteHasItsFiguresAndTimes) {
  Add(kUrl);
  EXPECT_THAT(intake_->Take(Answer(429, "")), IsOk());
  const auto status = overview_->OfAll();
  ASSERT_THAT(status, IsOk());
  EXPECT_TRUE(status->idle()) << "blocked: nothing is fetchable now";
  EXPECT_EQ(status->urls_known(), 1u);
  EXPECT_EQ(status->urls_due(), 1u);
  const v1::SiteStatus& site = status->sites(0);
  EXPECT_EQ(site.name(), "Báo A");
  EXPECT_EQ(site.province(), "Lai Châu");
  EXPECT_EQ(site.fetches(), 1u);
  EXPECT_EQ(site.failures(), 1u);
  EXPECT_EQ(site.last_error(), "HTTP status 429");
  EXPECT_EQ(site.delay().seconds(), 10) << "twice its own, after a refusal";
  EXPECT_GE(site.blocked_until().seconds(), absl::ToUnixSeconds(clock_.Now()) + 60);
  EXPECT_EQ(site.next_request().seconds(), site.blocked_until().seconds());
  EXPECT_FALSE(site.has_newest_article());
}

}  // namespace
}  // namespace tintinh::crawler
