#include "services/crawler/frontier/edit.h"

#include "gtest/gtest.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

// What the edits of a frontier leave in its site's record, seen from outside: the type is the frontier's own.
TEST_F(FrontierTest, ArticlesThatWaitAreCountedOnceWhateverHappensToThem) {
  const auto waiting = [this] { return frontier_->FindSite("bao-a")->articles_waiting(); };
  Add(Article("/1"));
  Add(Article("/1"));
  Add(Listing("/rss"));
  EXPECT_EQ(waiting(), 1u);
  NewUrl better = Article("/1");
  better.rank = disk::v1::URL_RANK_FRESH;
  Add(better);
  EXPECT_EQ(waiting(), 1u);
  Complete(Take(), Outcome(FetchOutcome::kListingRead));
  clock_.Advance(absl::Minutes(1));
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  EXPECT_EQ(waiting(), 0u);
}

TEST_F(FrontierTest, ASiteThatWasRenamedStartsToCountAnew) {
  Add(Article("/1"));
  options_.hosts[0].site = "bao-moi";
  Reopen();
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  EXPECT_EQ(frontier_->FindSite("bao-moi")->articles_waiting(), 0u);
}

}  // namespace
}  // namespace tintinh::crawler
