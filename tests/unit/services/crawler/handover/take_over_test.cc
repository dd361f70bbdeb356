#include "services/crawler/handover/take_over.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"
#include "tests/unit/services/crawler/handover/hand_over_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;

TEST_F(HandOverTest, ASiteMovesWithWhatWasFetchedAndWhatItsHostsWerePromised) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1"), Article("/2"), Article("/3")}), IsOk());
  ASSERT_THAT(giver_.frontier->Complete(Take(*giver_.frontier), Outcome(FetchOutcome::kGone, 404)), IsOk());
  clock_.Advance(absl::Minutes(1));
  Completion refusal = Outcome(FetchOutcome::kRefused, 429);
  refusal.retry_after = absl::Hours(3);
  ASSERT_THAT(giver_.frontier->Complete(Take(*giver_.frontier), refusal), IsOk());
  ASSERT_THAT(giver_.frontier->SetPaused("bao-a", true), IsOk());
  const absl::Time until = clock_.Now() + absl::Hours(3);
  giver_.Open(false);

  EXPECT_THAT(LookOnce(), IsEmpty());
  EXPECT_THAT(held_, ElementsAre("bao-a"));
  const auto site = taker_.frontier->FindSite("bao-a");
  ASSERT_THAT(site, IsOk());
  EXPECT_TRUE(site->held() && site->paused());
  EXPECT_GT(site->term(), giver_.frontier->StoredSite("bao-a")->term());
  EXPECT_EQ(site->urls_known(), 3u);
  EXPECT_EQ((*taker_.frontier->Find("https://a.vn/1"))->state(), disk::v1::URL_RECORD_STATE_DONE);
  EXPECT_THAT(taker_.frontier->Add({Article("/1")}), IsOkAndHolds(ElementsAre(AddResult::kKnown)));
  const HostView host = *taker_.frontier->ViewHost("a.vn");
  EXPECT_GE(FromMicros(host.record.blocked_until_us()), until);
  EXPECT_EQ(host.record.slowdown(), 1u);
  EXPECT_EQ(host.record.robots_until_us(), 0) << "robots.txt is read before anything else";
  ASSERT_THAT(taker_.frontier->SetPaused("bao-a", false), IsOk());
  EXPECT_TRUE(taker_.frontier->Next()->leases.empty());
  clock_.Advance(absl::Hours(4));
  EXPECT_EQ(Take(*taker_.frontier).record.host(), "a.vn");
}

TEST_F(HandOverTest, NothingOfASiteIsVisitedBeforeItIsHeld) {
  ASSERT_THAT(taker_.frontier->Add({Article("/1")}), IsOk());
  EXPECT_TRUE(taker_.frontier->Next()->leases.empty());
  EXPECT_FALSE(taker_.frontier->HasFetchable());
  EXPECT_TRUE(taker_.frontier->ViewSite("bao-a")->rests);
  EXPECT_THAT(LookOnce(), ElementsAre("bao-a")) << "the other has it by its own members still";
  EXPECT_TRUE(taker_.frontier->Next()->leases.empty());
  giver_.Open(false);
  EXPECT_THAT(LookOnce(), IsEmpty());
  EXPECT_FALSE(taker_.frontier->Next()->leases.empty());
}

TEST_F(HandOverTest, AHostWaitsItsDelayAfterTheMoveAsIfItHadBeenAskedJustNow) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1"), Article("/2")}), IsOk());
  ASSERT_THAT(giver_.frontier->Complete(Take(*giver_.frontier), Outcome(FetchOutcome::kGone, 404)), IsOk());
  giver_.Open(false);
  clock_.Advance(absl::Hours(1));
  EXPECT_THAT(LookOnce(), IsEmpty());
  EXPECT_EQ(taker_.frontier->Next()->wait_until, clock_.Now() + absl::Seconds(5));
}

TEST_F(HandOverTest, ASiteThatComesBackComesAsTheOtherLeftIt) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  EXPECT_THAT(LookOnce(), IsEmpty());
  ASSERT_THAT(taker_.frontier->Add({Article("/2")}), IsOk());
  clock_.Advance(absl::Minutes(1));
  ASSERT_THAT(taker_.frontier->Complete(Take(*taker_.frontier), Outcome(FetchOutcome::kGone, 404)), IsOk());
  MoveBack();
  EXPECT_EQ(giver_.frontier->FindSite("bao-a")->urls_known(), 2u);
  EXPECT_EQ((*giver_.frontier->Find("https://a.vn/1"))->state(), disk::v1::URL_RECORD_STATE_DONE);
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(Take(*giver_.frontier).record.url(), "https://a.vn/2") << "and the first is due no more";
  clock_.Advance(absl::Minutes(1));
  EXPECT_TRUE(giver_.frontier->Next()->leases.empty());
}

TEST_F(HandOverTest, AnOlderCopyElsewhereIsLeftWhereTheOwnIsNewer) {
  ASSERT_THAT(giver_.frontier->Add({Article("/cu")}), IsOk());
  giver_.Open(false);
  ASSERT_THAT(taker_.frontier->Hold("bao-a", 7, nullptr), IsOk());
  ASSERT_THAT(taker_.frontier->Add({Article("/moi")}), IsOk());
  taker_.Open(false);
  taker_.Open(true);
  EXPECT_THAT(LookOnce(), IsEmpty());
  EXPECT_FALSE(taker_.frontier->Find("https://a.vn/cu")->has_value());
}

TEST_F(HandOverTest, WhatBreaksOffIsBegunAgainAndHeldOnlyWhenWhole) {
  std::vector<NewUrl> many;
  for (int i = 0; i < 2500; ++i) many.push_back(Article(absl::StrCat("/tin-", i)));
  giver_.Open(true);
  ASSERT_THAT(giver_.frontier->Add(many), IsOk());
  giver_.Open(false);
  gives_.breaks_off = true;
  gives_.change = [](v1::HandOverSiteResponse& message) { message.set_complete(false); };
  EXPECT_THAT(LookOnce(), ElementsAre("bao-a"));
  EXPECT_FALSE(taker_.frontier->FindSite("bao-a")->held());
  taker_.Open(true);
  gives_.breaks_off = false;
  gives_.change = nullptr;
  EXPECT_THAT(LookOnce(), IsEmpty());
  EXPECT_EQ(taker_.frontier->FindSite("bao-a")->urls_known(), giver_.frontier->StoredSite("bao-a")->urls_known());
}

TEST_F(HandOverTest, RecordsOfAnotherSiteOrFormatAreRefused) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  gives_.change = [](v1::HandOverSiteResponse& message) {
    disk::v1::UrlRecord url;
    url.set_url("https://b.vn/1");
    url.set_site("bao-b");
    url.set_host("b.vn");
    if (message.complete()) *message.add_url_records() = url.SerializeAsString();
  };
  EXPECT_THAT(LookOnce(), ElementsAre("bao-a"));
  gives_.change = [](v1::HandOverSiteResponse& message) { message.set_format("1"); };
  EXPECT_THAT(LookOnce(), ElementsAre("bao-a"));
  gives_.change = [](v1::HandOverSiteResponse& message) { message.add_url_records("không phải"); };
  EXPECT_THAT(LookOnce(), ElementsAre("bao-a"));
  EXPECT_FALSE(taker_.frontier->FindSite("bao-a")->held());
}

TEST_F(HandOverTest, AMemberOutOfReachIsGivenUpAfterThePatience) {
  const std::vector<Member> others = {Nobody("crawler-0")};
  TakeOver take_over({.others = others, .patience = absl::Minutes(10), .call_timeout = absl::Milliseconds(20)},
                     *taker_.frontier, clock_, [this](const std::string& site) { held_.push_back(site); });
  EXPECT_THAT(take_over.LookOnce({"bao-a", "bao-b"}), ElementsAre("bao-a", "bao-b"));
  clock_.Advance(absl::Minutes(9));
  EXPECT_THAT(take_over.LookOnce({"bao-a"}), ElementsAre("bao-a"));
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(take_over.LookOnce({"bao-a"}), IsEmpty());
  EXPECT_THAT(held_, ElementsAre("bao-a"));
}

TEST_F(HandOverTest, WhoeverIsAloneHoldsAtOnce) {
  TakeOver take_over({}, *taker_.frontier, clock_, [](const std::string&) {});
  EXPECT_THAT(take_over.LookOnce({"bao-a"}), IsEmpty());
  EXPECT_TRUE(taker_.frontier->FindSite("bao-a")->held());
}

TEST_F(HandOverTest, NothingIsTakenAfterStop) {
  giver_.Open(false);
  TakeOver take_over({.others = Others("crawler-0", *server_)}, *taker_.frontier, clock_, [](const std::string&) {});
  take_over.Stop();
  EXPECT_THAT(take_over.LookOnce({"bao-a"}), ElementsAre("bao-a"));
}

TEST_F(HandOverTest, AResumeAtTheOtherHolderComesBackToo) {
  ASSERT_THAT(giver_.frontier->SetPaused("bao-a", true), IsOk());
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  EXPECT_THAT(LookOnce(), IsEmpty());
  ASSERT_THAT(taker_.frontier->SetPaused("bao-a", false), IsOk());
  MoveBack();
  EXPECT_FALSE(giver_.frontier->FindSite("bao-a")->paused());
}

TEST_F(HandOverTest, AfterPatienceTheNewHoldersCopyIsTheNewer) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  const std::vector<Member> others = {Nobody("crawler-0")};
  TakeOver gone({.others = others, .patience = absl::ZeroDuration(), .call_timeout = absl::Milliseconds(20)},
                *taker_.frontier, clock_, [](const std::string&) {});
  EXPECT_THAT(gone.LookOnce({"bao-a"}), IsEmpty());
  ASSERT_THAT(taker_.frontier->Add({Article("/1")}), IsOk());
  clock_.Advance(absl::Minutes(1));
  ASSERT_THAT(taker_.frontier->Complete(Take(*taker_.frontier), Outcome(FetchOutcome::kGone, 404)), IsOk());
  MoveBack();
  EXPECT_EQ((*giver_.frontier->Find("https://a.vn/1"))->state(), disk::v1::URL_RECORD_STATE_DONE);
}

TEST_F(HandOverTest, TwoMembersOutOfReachCostOnePatience) {
  const std::vector<Member> others = {Nobody("crawler-0"), Nobody("crawler-2")};
  TakeOver take_over({.others = others, .patience = absl::Minutes(10), .call_timeout = absl::Milliseconds(20)},
                     *taker_.frontier, clock_, [](const std::string&) {});
  EXPECT_THAT(take_over.LookOnce({"bao-a"}), ElementsAre("bao-a"));
  clock_.Advance(absl::Minutes(10));
  EXPECT_THAT(take_over.LookOnce({"bao-a"}), IsEmpty());
}

TEST_F(HandOverTest, ARankThatIsNoneIsRefused) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  gives_.change = [](v1::HandOverSiteResponse& message) {
    disk::v1::UrlRecord url;
    url.set_url("https://a.vn/2");
    url.set_site("bao-a");
    url.set_host("a.vn");
    url.set_kind(disk::v1::URL_RECORD_KIND_ARTICLE);
    url.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
    url.set_next_fetch_us(1);
    url.set_rank(static_cast<disk::v1::UrlRank>(100000000));
    if (message.complete()) *message.add_url_records() = url.SerializeAsString();
  };
  EXPECT_THAT(LookOnce(), ElementsAre("bao-a"));
}

}  // namespace
}  // namespace tintinh::crawler
