#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/frontier.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

TEST_F(FrontierTest, HasFetchableCountsNeitherBlockedNorPausedHostsNorTheFuture) {
  EXPECT_FALSE(frontier_->HasFetchable());
  KnowRobots("a.vn");
  Add(Article("/1"));
  Add(Article("/2"));
  EXPECT_TRUE(frontier_->HasFetchable());
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  EXPECT_TRUE(frontier_->HasFetchable()) << "the delay between requests does not count";
  EXPECT_TRUE(frontier_->SetPaused("bao-a", true).ok());
  EXPECT_FALSE(frontier_->HasFetchable());
  EXPECT_TRUE(frontier_->SetPaused("bao-a", false).ok());
  clock_.Advance(absl::Seconds(5));
  Complete(Take(), Outcome(FetchOutcome::kRefused, 503));
  EXPECT_FALSE(frontier_->HasFetchable());
  clock_.Advance(absl::Hours(1));
  EXPECT_TRUE(frontier_->HasFetchable());
}

TEST_F(FrontierTest, ViewsOfASiteStateItsFiguresAndNextTurns) {
  KnowRobots("a.vn", absl::Seconds(9));
  Add(Article("/1"));
  Add(Listing("/rss"));
  const auto view = frontier_->ViewSite("bao-a");
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->record.urls_known(), 3u);
  EXPECT_EQ(view->record.articles_known(), 2u);
  EXPECT_EQ(view->record.fetches(), 1u);
  EXPECT_EQ(view->record.failures(), 1u);
  EXPECT_EQ(view->urls_due, 2u);
  ASSERT_EQ(view->hosts.size(), 1u);
  EXPECT_EQ(view->hosts[0].delay, absl::Seconds(9));
  EXPECT_EQ(view->hosts[0].next_turn, clock_.Now());
  EXPECT_THAT(frontier_->ViewSite("bao-c"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("bao-c")));
}

TEST_F(FrontierTest, AHostWithNothingWaitingHasNoNextTurn) {
  const auto view = frontier_->ViewHost("a.vn");
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->next_turn, absl::InfiniteFuture());
  EXPECT_FALSE(frontier_->ViewHost("c.vn").has_value());
}

TEST_F(FrontierTest, LeasesAreCounted) {
  Add(Article("/1"));
  EXPECT_EQ(frontier_->leases(), 0u);
  const Lease lease = Take();
  EXPECT_EQ(frontier_->leases(), 1u);
  Complete(lease, Outcome(FetchOutcome::kGone, 404));
  EXPECT_EQ(frontier_->leases(), 0u);
}

}  // namespace
}  // namespace tintinh::crawler
