#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/frontier.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::IsOkAndHolds;

TEST_F(FrontierTest, AddIsIdempotent) {
  EXPECT_EQ(Add(Article("/1")), AddResult::kAdded);
  EXPECT_EQ(Add(Article("/1")), AddResult::kKnown);
  EXPECT_THAT(frontier_->Add({Article("/2"), Article("/2")}),
              IsOkAndHolds(ElementsAre(AddResult::kAdded, AddResult::kKnown)));
  EXPECT_EQ(frontier_->ViewSite("bao-a")->record.urls_known(), 2u);
  Reopen();
  EXPECT_EQ(Add(Article("/1")), AddResult::kKnown);
  EXPECT_EQ(frontier_->ViewSite("bao-a")->urls_due, 2u);
}

TEST_F(FrontierTest, AddRefusesForeignHostsAndMoreArticlesThanTheSiteMayHave) {
  EXPECT_EQ(Add(Article("/1", "c.vn")), AddResult::kForeign);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Add(Article(absl::StrCat("/", i))), AddResult::kAdded);
  EXPECT_EQ(Add(Article("/100")), AddResult::kFull);
  EXPECT_EQ(Add(Article("/99")), AddResult::kKnown);
  EXPECT_EQ(Add(Listing("/rss")), AddResult::kAdded);
}

TEST_F(FrontierTest, AddRefusesMoreDiscoveredListingsThanASiteMayHaveButNoConfiguredOne) {
  std::vector<NewUrl> sitemaps;
  for (uint64_t i = 0; i <= kMaxListingsPerSite; ++i) {
    sitemaps.push_back(Listing(absl::StrCat("/", i, ".xml"), disk::v1::URL_RECORD_KIND_SITEMAP));
    sitemaps.back().depth = 1;
  }
  const NewUrl last = sitemaps.back();
  sitemaps.pop_back();
  EXPECT_THAT(frontier_->Add(sitemaps), IsOkAndHolds(Each(AddResult::kAdded)));
  EXPECT_EQ(Add(last), AddResult::kFull);
  Reopen();
  EXPECT_EQ(Add(last), AddResult::kFull);
  EXPECT_EQ(Add(sitemaps.front()), AddResult::kKnown);
  EXPECT_EQ(Add(Listing("/rss")), AddResult::kAdded) << "the operator's choice";
  EXPECT_EQ(Add(Article("/1")), AddResult::kAdded);
  EXPECT_EQ(frontier_->ViewSite("bao-a")->record.urls_known(), kMaxListingsPerSite + 2);
}

TEST_F(FrontierTest, AnOperatorMayAskAgainForWhatWasGivenUp) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  Complete(Take(), Outcome(FetchOutcome::kDisallowed, 0));
  Add(Article("/1"));
  EXPECT_TRUE(Next().leases.empty()) << "found again on a page: still disallowed";
  NewUrl submitted = Article("/1");
  submitted.rank = disk::v1::URL_RANK_SUBMITTED;
  EXPECT_EQ(Add(submitted), AddResult::kKnown);
  EXPECT_EQ(Take().record.url(), "https://a.vn/1");
}

TEST_F(FrontierTest, AnArticleThatIsNowConfiguredAsAListingBecomesOne) {
  KnowRobots("a.vn");
  Add(Article("/xa-hoi"));
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  Add(Listing("/xa-hoi", disk::v1::URL_RECORD_KIND_SECTION));
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Take().record.kind(), disk::v1::URL_RECORD_KIND_SECTION);
}

TEST_F(FrontierTest, WhatWaitsAnewIsReadWholeNotConditionally) {
  KnowRobots("a.vn");
  Completion page = Outcome(FetchOutcome::kDropped);
  page.etag = "\"1\"";
  page.last_modified = "Tue, 14 Nov 2023 22:13:20 GMT";
  page.body_digest = "0011";
  NewUrl submitted = Article("/gui-lai");
  submitted.rank = disk::v1::URL_RANK_SUBMITTED;
  for (const NewUrl& again : {Listing("/xa-hoi", disk::v1::URL_RECORD_KIND_SECTION), submitted}) {
    NewUrl first = again;
    first.kind = disk::v1::URL_RECORD_KIND_ARTICLE;
    Add(first);
    Complete(Take(), page);
    clock_.Advance(absl::Seconds(5));
    Add(again);
    const Lease lease = Take();
    EXPECT_EQ(lease.record.url(), again.url);
    EXPECT_EQ(lease.record.etag(), "");
    EXPECT_EQ(lease.record.last_modified(), "");
    EXPECT_EQ(lease.record.body_digest(), "");
    Complete(lease, Outcome(FetchOutcome::kGone, 404));
    clock_.Advance(absl::Seconds(5));
  }
}

TEST_F(FrontierTest, WhatIsLeasedIsNotQueuedAgainByWhoeverNamesIt) {
  Add(Article("/1"));
  const Lease lease = Take();
  NewUrl submitted = Article("/1");
  submitted.rank = disk::v1::URL_RANK_SUBMITTED;
  EXPECT_EQ(Add(submitted), AddResult::kKnown);
  clock_.Advance(absl::Minutes(1));
  EXPECT_TRUE(Next().leases.empty());
  Complete(lease, Outcome(FetchOutcome::kGone, 404));
  EXPECT_TRUE(Next().leases.empty());
}

TEST_F(FrontierTest, AListingNamedAgainWaitsAnewOnceItIsSettled) {
  NewUrl page = Listing("/xa-hoi?page=2", disk::v1::URL_RECORD_KIND_SECTION);
  page.depth = 1;
  page.again = true;
  Add(page);
  Add(page);
  Complete(Take(), Outcome(FetchOutcome::kListingRead));
  EXPECT_EQ(Record(page.url).state(), disk::v1::URL_RECORD_STATE_DONE);
  page.again = false;
  Add(page);
  EXPECT_EQ(Record(page.url).state(), disk::v1::URL_RECORD_STATE_DONE);
  page.again = true;
  EXPECT_EQ(Add(page), AddResult::kKnown);
  EXPECT_EQ(Record(page.url).state(), disk::v1::URL_RECORD_STATE_QUEUED);
}

}  // namespace
}  // namespace tintinh::crawler
