#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/frontier.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

// How a site moves from one frontier to another is in tests/unit/services/crawler/handover.
namespace tintinh::crawler {
namespace {

using testing::IsOk;
using testing::StatusIs;

disk::v1::UrlRecord Queued(const std::string& url, absl::Time due) {
  disk::v1::UrlRecord record;
  record.set_url(url);
  record.set_site("bao-a");
  record.set_host("a.vn");
  record.set_kind(disk::v1::URL_RECORD_KIND_ARTICLE);
  record.set_rank(disk::v1::URL_RANK_FRESH);
  record.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  record.set_next_fetch_us(ToMicros(due));
  return record;
}

class FrontierCopyTest : public FrontierTest {
 protected:
  FrontierCopyTest() {
    options_.sites_are_held = true;
    Reopen();
  }
};

TEST_F(FrontierCopyTest, WhatIsImportedTwiceIsDueOnceAndAtTheLaterTelling) {
  ASSERT_THAT(frontier_->Import("bao-a", {Queued("https://a.vn/1", clock_.Now())}), IsOk());
  const absl::Time later = clock_.Now() + absl::Hours(2);
  ASSERT_THAT(frontier_->Import("bao-a", {Queued("https://a.vn/1", later)}), IsOk());
  ASSERT_THAT(frontier_->Hold("bao-a", 1, nullptr), IsOk());
  EXPECT_EQ(Next().wait_until, later);
  clock_.Advance(absl::Hours(2));
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  clock_.Advance(absl::Hours(1));
  EXPECT_TRUE(Next().leases.empty());
}

TEST_F(FrontierCopyTest, HoldIsDurableAndEndsWhenTheConfigurationGivesTheSiteAway) {
  ASSERT_THAT(frontier_->Hold("bao-a", 3, nullptr), IsOk());
  Reopen();
  EXPECT_TRUE(frontier_->FindSite("bao-a")->held());
  const std::vector<HostPolicy> hosts = options_.hosts;
  options_.hosts.erase(options_.hosts.begin());
  Reopen();
  options_.hosts = hosts;
  Reopen();
  EXPECT_FALSE(frontier_->FindSite("bao-a")->held());
  EXPECT_EQ(frontier_->FindSite("bao-a")->term(), 3u);
}

TEST_F(FrontierCopyTest, RecordsOfOtherSitesAndHostsAreRefused) {
  disk::v1::UrlRecord foreign = Queued("https://a.vn/1", clock_.Now());
  foreign.set_site("bao-b");
  EXPECT_THAT(frontier_->Import("bao-a", {foreign}), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
  foreign.set_site("bao-a");
  foreign.set_host("b.vn");
  EXPECT_THAT(frontier_->Import("bao-a", {foreign}), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
  SiteCopy copy;
  copy.site.set_site("bao-b");
  EXPECT_THAT(frontier_->Hold("bao-a", 1, &copy), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
  EXPECT_THAT(frontier_->Import("bao-c", {}), StatusIs(absl::StatusCode::kNotFound, ::testing::_));
}

TEST_F(FrontierCopyTest, OneRecordThatIsRefusedLeavesNothingOfTheOthers) {
  disk::v1::UrlRecord foreign = Queued("https://a.vn/2", clock_.Now());
  foreign.set_site("bao-b");
  EXPECT_THAT(frontier_->Import("bao-a", {Queued("https://a.vn/1", clock_.Now()), foreign}),
              StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("https://a.vn/2")));
  const disk::v1::UrlRecord twice = Queued("https://a.vn/3", clock_.Now());
  EXPECT_THAT(frontier_->Import("bao-a", {twice, twice}), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
  ASSERT_THAT(frontier_->Hold("bao-a", 1, nullptr), IsOk());
  EXPECT_TRUE(Next().leases.empty());
  EXPECT_FALSE(frontier_->Find("https://a.vn/1")->has_value());
}

TEST_F(FrontierCopyTest, NoRecordOfAnotherSiteIsReplaced) {
  ASSERT_THAT(frontier_->Import("bao-a", {Queued("https://a.vn/1", clock_.Now())}), IsOk());
  disk::v1::UrlRecord taken = Queued("https://a.vn/1", clock_.Now());
  taken.set_site("bao-b");
  taken.set_host("b.vn");
  EXPECT_THAT(frontier_->Import("bao-b", {taken}), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
}

TEST_F(FrontierCopyTest, NothingIsImportedOverWhatIsHeld) {
  ASSERT_THAT(frontier_->Hold("bao-a", 1, nullptr), IsOk());
  EXPECT_THAT(frontier_->Import("bao-a", {Queued("https://a.vn/1", clock_.Now())}),
              StatusIs(absl::StatusCode::kFailedPrecondition, ::testing::HasSubstr("held already")));
}

TEST_F(FrontierCopyTest, AHostThatHasLeftTheSiteKeepsItsUrlsUnvisited) {
  disk::v1::UrlRecord left = Queued("https://cu.a.vn/1", clock_.Now());
  left.set_host("cu.a.vn");
  ASSERT_THAT(frontier_->Import("bao-a", {left}), IsOk());
  ASSERT_THAT(frontier_->Hold("bao-a", 1, nullptr), IsOk());
  EXPECT_TRUE(Next().leases.empty());
  EXPECT_TRUE(frontier_->Find(left.url())->has_value());
}

}  // namespace
}  // namespace tintinh::crawler
