#include "services/crawler/visit/settlement.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/crawler/visit/site_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::IsEmpty;

class SettlementTest : public SiteTest {
 protected:
  static disk::v1::OutboxRecord Page(const std::string& site,
                                     disk::v1::UrlRecordKind kind = disk::v1::URL_RECORD_KIND_ARTICLE) {
    disk::v1::OutboxRecord page;
    page.set_sequence(17);
    page.set_site("bao-" + site);
    page.set_url("https://" + site + ".vn/" + (kind == disk::v1::URL_RECORD_KIND_SECTION ? "xa-hoi" : "1"));
    page.set_final_url(page.url());
    page.set_kind(kind);
    page.set_http_status(200);
    page.set_fetched_us(1'700'000'000'250'000);
    page.set_body("<p>Bản làng vào xuân</p>");
    page.set_trace_id("0123456789abcdef0123456789abcdef");
    disk::v1::OutboxHeader& header = *page.add_headers();
    header.set_name("content-type");
    header.set_value("text/html");
    return page;
  }
  static v1::ProcessResponse Response(v1::Outcome outcome) {
    v1::ProcessResponse response;
    response.set_outcome(outcome);
    response.set_article_id("0123456789abcdef0123456789abcdef");
    for (const char* url : {"https://a.vn/2", "https://b.vn/2"}) {
      v1::OutLink& link = *response.add_links();
      link.set_url(url);
      link.set_kind(v1::LINK_KIND_ARTICLE);
    }
    v1::OutLink& listing = *response.add_links();
    listing.set_url("https://a.vn/van-hoa");
    listing.set_kind(v1::LINK_KIND_LISTING);
    return response;
  }
};

TEST_F(SettlementTest, TheMessageCarriesThePageAndTheSitesHints) {
  const v1::Page page = ToPage(Page("a"), sites_);
  EXPECT_EQ(page.page_id(), "17");
  EXPECT_EQ(page.url(), "https://a.vn/1");
  EXPECT_EQ(page.site(), "bao-a");
  EXPECT_EQ(page.http_status(), 200u);
  EXPECT_EQ(page.headers(0).value(), "text/html");
  EXPECT_EQ(page.body(), "<p>Bản làng vào xuân</p>");
  EXPECT_EQ(page.fetched().seconds(), 1'700'000'000);
  EXPECT_EQ(page.fetched().nanos(), 250'000'000);
  EXPECT_EQ(page.hints().source_name(), "Báo a");
  EXPECT_FALSE(page.hints().article_listing());
  EXPECT_EQ(page.trace_id(), Page("a").trace_id());
  EXPECT_TRUE(ToPage(Page("a", disk::v1::URL_RECORD_KIND_SECTION), sites_).hints().article_listing());
}

TEST_F(SettlementTest, StoredArticlesAndNearDuplicatesCountAsStored) {
  for (const v1::Outcome outcome : {v1::OUTCOME_STORED, v1::OUTCOME_NEAR_DUPLICATE}) {
    const Settlement settlement = Settle(Page("a"), Response(outcome), sites_);
    EXPECT_EQ(settlement.outcome.result, FinalOutcome::Result::kStored);
    EXPECT_EQ(settlement.outcome.article_id, Response(outcome).article_id());
  }
  EXPECT_EQ(Settle(Page("a"), Response(v1::OUTCOME_UNCHANGED), sites_).outcome.result,
            FinalOutcome::Result::kUnchanged);
}

TEST_F(SettlementTest, ARejectionSaysWhy) {
  v1::ProcessResponse response = Response(v1::OUTCOME_REJECTED);
  response.set_reject_reason(v1::REJECT_REASON_EMPTY);
  EXPECT_EQ(Settle(Page("a"), response, sites_).outcome.result, FinalOutcome::Result::kRejected);
  EXPECT_EQ(Settle(Page("a"), response, sites_).outcome.reason, "REJECT_REASON_EMPTY");
  response.set_reason("title is missing");
  EXPECT_EQ(Settle(Page("a"), response, sites_).outcome.reason, "title is missing");
}

TEST_F(SettlementTest, ASectionYieldsLinksOfItsSiteAndIsNoRejectedArticle) {
  const Settlement settlement =
      Settle(Page("a", disk::v1::URL_RECORD_KIND_SECTION), Response(v1::OUTCOME_REJECTED), sites_);
  EXPECT_EQ(settlement.outcome.result, FinalOutcome::Result::kUnchanged);
  ASSERT_EQ(settlement.links.size(), 1u);
  EXPECT_EQ(settlement.links[0].url, "https://a.vn/2");
  EXPECT_EQ(settlement.links[0].rank, disk::v1::URL_RANK_FRESH);
}

TEST_F(SettlementTest, LinksOfArticlesAreFollowedOnlyWhereTheSiteSaysSo) {
  EXPECT_THAT(Settle(Page("a"), Response(v1::OUTCOME_STORED), sites_).links, IsEmpty());
  const Settlement settlement = Settle(Page("b"), Response(v1::OUTCOME_STORED), sites_);
  ASSERT_EQ(settlement.links.size(), 1u);
  EXPECT_EQ(settlement.links[0].url, "https://b.vn/2");
  EXPECT_EQ(settlement.links[0].rank, disk::v1::URL_RANK_BACKLOG);
}

TEST_F(SettlementTest, ABlockedPageIsARejectionWhateverItWas) {
  v1::ProcessResponse response = Response(v1::OUTCOME_REJECTED);
  response.set_blocked(true);
  const Settlement settlement = Settle(Page("a", disk::v1::URL_RECORD_KIND_SECTION), response, sites_);
  EXPECT_TRUE(settlement.outcome.blocked);
  EXPECT_EQ(settlement.outcome.result, FinalOutcome::Result::kRejected);
}

TEST_F(SettlementTest, APageOfASiteNoLongerConfiguredIsSettledWithoutLinks) {
  const Settlement settlement = Settle(Page("c"), Response(v1::OUTCOME_STORED), sites_);
  EXPECT_EQ(settlement.outcome.result, FinalOutcome::Result::kStored);
  EXPECT_THAT(settlement.links, IsEmpty());
  EXPECT_FALSE(ToPage(Page("c"), sites_).has_hints());
}

class FurtherPageTest : public SettlementTest {
 protected:
  static Sites MakeDeepSites() {
    config::v1::SitesConfig config;
    config::v1::SiteConfig& site = *config.add_sites();
    site.set_id("bao-a");
    site.set_name("Báo a");
    site.set_home("https://a.vn/");
    site.set_section_depth(2);
    site.set_backfill_pages(5);
    return *Sites::Create(config, {.user_agent = "tintinh (+https://vidu.vn/robot)"});
  }
  std::optional<NewUrl> After(uint32_t number, Yield yield) const {
    disk::v1::OutboxRecord page = Page("a", disk::v1::URL_RECORD_KIND_SECTION);
    if (number > 1) page.set_url(absl::StrCat("https://a.vn/xa-hoi?page=", number));
    v1::ProcessResponse response;
    for (const uint32_t other : {number + 1, number + 2}) {
      v1::OutLink& link = *response.add_links();
      link.set_url(absl::StrCat("https://a.vn/xa-hoi?page=", other));
      link.set_kind(v1::LINK_KIND_LISTING);
    }
    return FurtherPage(page, response, deep_, yield);
  }
  const Sites deep_ = MakeDeepSites();
};

TEST_F(FurtherPageTest, IsReadAtOnceWhileHalfOfWhatAPageNamesIsNew) {
  const std::optional<NewUrl> next = After(1, {10, 5});
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->url, "https://a.vn/xa-hoi?page=2");
  EXPECT_EQ(next->kind, disk::v1::URL_RECORD_KIND_SECTION);
  EXPECT_EQ(next->rank, disk::v1::URL_RANK_LISTING);
  EXPECT_TRUE(next->again);
  EXPECT_EQ(After(2, {10, 10})->rank, disk::v1::URL_RANK_LISTING);
}

TEST_F(FurtherPageTest, IsBacklogAsFarAsTheBackfillGoesAndNoFurther) {
  for (const std::optional<NewUrl>& next : {After(1, {10, 4}), After(3, {10, 10}), After(5, {10, 0})}) {
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next->rank, disk::v1::URL_RANK_BACKLOG);
    EXPECT_FALSE(next->again);
  }
  EXPECT_FALSE(After(6, {10, 10}).has_value());
  EXPECT_FALSE(After(1, {0, 0}).has_value()) << "a page that names nothing ends it";
}

TEST_F(FurtherPageTest, ArticlesOfFarPagesAreBacklog) {
  disk::v1::OutboxRecord page = Page("a", disk::v1::URL_RECORD_KIND_SECTION);
  page.set_url("https://a.vn/xa-hoi?page=3");
  EXPECT_EQ(Settle(page, Response(v1::OUTCOME_REJECTED), deep_).links[0].rank, disk::v1::URL_RANK_FRESH);
  page.set_url("https://a.vn/xa-hoi?page=4");
  EXPECT_EQ(Settle(page, Response(v1::OUTCOME_REJECTED), deep_).links[0].rank, disk::v1::URL_RANK_BACKLOG);
}

TEST_F(SettlementTest, LinksThatAreTrapsAreLeft) {
  v1::ProcessResponse response;
  v1::OutLink& link = *response.add_links();
  link.set_kind(v1::LINK_KIND_ARTICLE);
  link.set_url("https://a.vn/gap-lua-tren-ruong-bac-thang-204567.html?print=1");
  EXPECT_THAT(Settle(Page("a", disk::v1::URL_RECORD_KIND_SECTION), response, sites_).links, IsEmpty());
}

}  // namespace
}  // namespace tintinh::crawler
