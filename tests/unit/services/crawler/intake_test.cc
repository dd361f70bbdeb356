#include "services/crawler/intake.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/crawl_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

constexpr char kUrl[] = "https://a.vn/1";

class IntakeTest : public CrawlTest {
 protected:
  using CrawlTest::CrawlTest;
  uint64_t KeepPage() {
    Add(kUrl);
    const auto kept = intake_->Take(Answer(200, "<p>Chợ phiên Sìn Hồ</p>"));
    EXPECT_THAT(kept, IsOk());
    return kept->value_or(0);
  }
  v1::ProcessResponse Stored() {
    v1::ProcessResponse response;
    response.set_outcome(v1::OUTCOME_STORED);
    response.set_article_id("0123456789abcdef0123456789abcdef");
    return response;
  }
};

TEST_F(IntakeTest, APageIsInTheArchiveAndTheOutboxBeforeItsUrlCountsAsFetched) {
  const uint64_t sequence = KeepPage();
  EXPECT_EQ(StateOf(kUrl), disk::v1::URL_RECORD_STATE_IN_OUTBOX);
  EXPECT_EQ(state_.outbox->size(), 1u);
  const auto page = intake_->ReadPage(sequence);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->body(), "<p>Chợ phiên Sìn Hồ</p>");
  EXPECT_THAT(state_.outbox->Read(sequence)->warc_record_id(), HasSubstr("<urn:uuid:"));
  EXPECT_FALSE(std::filesystem::is_empty(dir_.path() + "/warc"));
  Reopen();
  EXPECT_THAT(intake_->ReadPage(sequence), IsOk());
}

TEST_F(IntakeTest, AFinalOutcomeTakesThePageOutOfTheOutbox) {
  const uint64_t sequence = KeepPage();
  EXPECT_THAT(intake_->SettlePage(sequence, Stored()), IsOk());
  EXPECT_EQ(StateOf(kUrl), disk::v1::URL_RECORD_STATE_DONE);
  EXPECT_THAT(intake_->ReadPage(sequence), StatusIs(absl::StatusCode::kNotFound, HasSubstr("outbox")));
  EXPECT_EQ(state_.outbox->size(), 0u);
}

TEST_F(IntakeTest, WhenTheArchiveTakesNothingTheUrlWaitsOnAndLosesNoTry) {
  std::filesystem::remove_all(dir_.path() + "/warc");
  std::ofstream(dir_.path() + "/warc") << "in the way";
  Add(kUrl);
  EXPECT_FALSE(intake_->Take(Answer(200, "<p>…</p>")).ok());
  EXPECT_EQ(StateOf(kUrl), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_EQ((*state_.frontier->Find(kUrl))->tries(), 0u);
  EXPECT_EQ(state_.outbox->size(), 0u);
  EXPECT_EQ(state_.frontier->leases(), 0u);
}

TEST_F(IntakeTest, ARobotsAnswerIsKeptAndItsUrlWaitsOn) {
  Add(kUrl);
  EXPECT_THAT(intake_->Take(Answer(200, "User-agent: *\nDisallow: /1\nSitemap: https://a.vn/sitemap.xml\n",
                                   Fetched::Purpose::kRobots)),
              IsOkAndHolds(std::nullopt));
  EXPECT_EQ(StateOf(kUrl), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_EQ(gate_->Decide(*sites_.Locate(kUrl), clock_.Now())->kind, RobotsDecision::Kind::kDisallowed);
  EXPECT_EQ(StateOf("https://a.vn/sitemap.xml"), disk::v1::URL_RECORD_STATE_QUEUED);
}

TEST_F(IntakeTest, ALateAnswerIsRefusedAndItsPageNotKept) {
  Add(kUrl);
  Fetched late = Answer(200, "<p>muộn</p>");
  ASSERT_THAT(state_.frontier->Complete(late.lease, Completion{}), IsOk());
  EXPECT_THAT(intake_->Take(std::move(late)), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
  EXPECT_EQ(state_.outbox->size(), 0u);
}

TEST_F(IntakeTest, AStoredArticleIsLookedAtAgainAfterAnHourAndOnlyAChangedOneIsSentAgain) {
  ASSERT_THAT(intake_->SettlePage(KeepPage(), Stored()), IsOk());
  EXPECT_TRUE(state_.frontier->Next()->leases.empty());
  clock_.Advance(absl::Hours(1));
  EXPECT_THAT(intake_->Take(Answer(200, "<p>Chợ phiên Sìn Hồ</p>")), IsOkAndHolds(std::nullopt)) << "as it was";
  EXPECT_EQ(StateOf(kUrl), disk::v1::URL_RECORD_STATE_DONE);
  ASSERT_THAT(state_.archive->Close(), IsOk());
  const std::filesystem::directory_iterator files(dir_.path() + "/warc");
  const bool indexed = std::any_of(begin(files), end(files), [](const auto& file) {
    std::ifstream index(file.path());
    const std::string text{std::istreambuf_iterator<char>(index), {}};
    return file.path().extension() == ".cdxj" && text.find("warc/revisit") != std::string::npos;
  });
  EXPECT_TRUE(indexed) << "the archive says that it was seen again";
  clock_.Advance(absl::Hours(24));
  const auto corrected = intake_->Take(Answer(200, "<p>Chợ phiên Sìn Hồ, tỉnh Lai Châu</p>"));
  ASSERT_THAT(corrected, IsOk());
  EXPECT_TRUE(corrected->has_value());
}

TEST_F(IntakeTest, ARejectedPageIsNotLookedAtAgain) {
  v1::ProcessResponse rejected;
  rejected.set_outcome(v1::OUTCOME_REJECTED);
  ASSERT_THAT(intake_->SettlePage(KeepPage(), rejected), IsOk());
  clock_.Advance(absl::Hours(24 * 30));
  EXPECT_TRUE(state_.frontier->Next()->leases.empty());
}

TEST_F(IntakeTest, FetchesAndOutcomesAreCounted) {
  intake_->SettlePage(KeepPage(), Stored()).IgnoreError();
  EXPECT_THAT(metrics_.Text(), HasSubstr("tintinh_crawler_fetches_total{outcome=\"page_kept\",site=\"bao-a\"} 1"));
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("tintinh_crawler_pages_settled_total{outcome=\"OUTCOME_STORED\",site=\"bao-a\"} 1"));
}

TEST_F(IntakeTest, EachSiteHasItsFigures) {
  intake_->SettlePage(KeepPage(), Stored()).IgnoreError();
  EXPECT_THAT(metrics_.Text(), HasSubstr("tintinh_crawler_delay_seconds{site=\"bao-a\"} 5"));
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("tintinh_crawler_newest_article_timestamp_seconds{site=\"bao-a\"} 1700000000"));
  EXPECT_THAT(metrics_.Text(), HasSubstr("tintinh_crawler_site_silent{site=\"bao-a\"} 0"));
}

TEST(NameOf, EveryOutcomeHasAName) {
  for (int i = 0; i <= static_cast<int>(FetchOutcome::kNotKept); ++i) {
    EXPECT_NE(NameOf(static_cast<FetchOutcome>(i)), "unknown") << i;
  }
}

class DeepIntakeTest : public IntakeTest {
 protected:
  DeepIntakeTest() : IntakeTest([](config::v1::SiteConfig& site) { site.set_section_depth(1); }) {}
};

TEST_F(DeepIntakeTest, ASectionThatBringsNewsIsReadOn) {
  NewUrl section;
  section.url = "https://a.vn/xa-hoi";
  section.host = "a.vn";
  section.kind = disk::v1::URL_RECORD_KIND_SECTION;
  section.rank = disk::v1::URL_RANK_LISTING;
  ASSERT_THAT(state_.frontier->Add({section}), IsOk());
  const auto kept = intake_->Take(Answer(200, "<a href=/1>tin</a>"));
  ASSERT_THAT(kept, IsOk());
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_REJECTED);
  for (const auto& [url, kind] :
       {std::pair{kUrl, v1::LINK_KIND_ARTICLE}, std::pair{"https://a.vn/xa-hoi?page=2", v1::LINK_KIND_LISTING}}) {
    v1::OutLink& link = *response.add_links();
    link.set_url(url);
    link.set_kind(kind);
  }
  ASSERT_THAT(intake_->SettlePage(**kept, response), IsOk());
  EXPECT_EQ(StateOf("https://a.vn/xa-hoi?page=2"), disk::v1::URL_RECORD_STATE_QUEUED);
}

TEST_F(IntakeTest, AListingDeliveredAfterItsSiteWentToAnotherIsReadAgainWholeByThatOne) {
  NewUrl section;
  section.url = "https://a.vn/xa-hoi/";
  section.host = "a.vn";
  section.kind = disk::v1::URL_RECORD_KIND_SECTION;
  section.rank = disk::v1::URL_RANK_LISTING;
  ASSERT_THAT(state_.frontier->Add({section}), IsOk());
  const auto kept = intake_->Take(Answer(200, "<a href=/1>tin</a>"));
  ASSERT_THAT(kept, IsOk());
  ASSERT_TRUE(kept->has_value());
  // A start at which the site is another member's.
  intake_.reset();
  overview_.reset();
  gate_.reset();
  state_ = CrawlState();
  const Sites none = *Sites::Create({}, {});
  auto opened = CrawlState::Open(options_, none, clock_);
  ASSERT_THAT(opened, IsOk());
  state_ = *std::move(opened);
  gate_ = std::make_unique<RobotsGate>(*state_.frontier, "tintinh");
  Intake former(none, state_, *gate_, metrics_, clock_);
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_REJECTED);
  ASSERT_THAT(former.SettlePage(**kept, response), IsOk());
  const auto record = state_.frontier->Find(section.url);
  EXPECT_EQ((*record)->next_fetch_us(), ToMicros(clock_.Now())) << "for nobody has read its links";
  EXPECT_EQ((*record)->body_digest(), "");
  EXPECT_EQ(state_.frontier->StoredSite("bao-a")->fetches(), 1u);
}

}  // namespace
}  // namespace tintinh::crawler
