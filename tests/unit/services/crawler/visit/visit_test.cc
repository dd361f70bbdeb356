#include "services/crawler/visit/visit.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"
#include "tests/unit/services/crawler/visit/site_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

FetchResult Answer(uint32_t http_status, std::string body = "", std::string content_type = "text/html") {
  FetchResult result;
  result.http_status = http_status;
  result.body = std::move(body);
  result.headers = {{"Content-Type", std::move(content_type)}};
  return result;
}

FetchResult Redirect(std::string location) {
  FetchResult result = Answer(301);
  result.redirect_location = std::move(location);
  return result;
}

class VisitTest : public SiteTest {
 protected:
  disk::v1::UrlRecord Record(const std::string& url, disk::v1::UrlRecordKind kind = disk::v1::URL_RECORD_KIND_ARTICLE) {
    disk::v1::UrlRecord record;
    record.set_url(url);
    record.set_site("bao-a");
    record.set_kind(kind);
    record.set_rank(disk::v1::URL_RANK_FRESH);
    return record;
  }
  Visit See(const disk::v1::UrlRecord& record, FetchResult result) {
    return Judge({sites_, site_, clock_.Now()}, record, result);
  }
  std::vector<std::string> Urls(const Visit& visit) {
    std::vector<std::string> urls;
    for (const NewUrl& url : visit.discovered) urls.push_back(url.url);
    return urls;
  }
};

TEST_F(VisitTest, ARefusalIsOneWhateverBecameOfItsBody) {
  for (const absl::Status& status : {absl::UnavailableError("connection reset"), absl::DataLossError("no gzip"),
                                     absl::DeadlineExceededError("slow"), absl::ResourceExhaustedError("large")}) {
    for (const uint32_t http_status : {429u, 503u}) {
      FetchResult answer = Answer(http_status);
      answer.status = status;
      answer.retry_after = absl::Hours(1);
      const Visit visit = See(Record("https://a.vn/1"), std::move(answer));
      EXPECT_EQ(visit.completion.outcome, FetchOutcome::kRefused) << status;
      EXPECT_EQ(visit.completion.retry_after, absl::Hours(1));
    }
  }
}

TEST_F(VisitTest, AnArticleBecomesAPageWithItsHeaders) {
  FetchResult answer = Answer(200, "<p>Lúa đã vàng đồng.</p>", "text/html; charset=utf-8");
  answer.headers.emplace_back("ETag", "\"1\"");
  const Visit visit = See(Record("https://a.vn/1"), std::move(answer));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kPageKept);
  ASSERT_TRUE(visit.page.has_value());
  EXPECT_EQ(visit.page->body(), "<p>Lúa đã vàng đồng.</p>");
  ASSERT_TRUE(visit.completion.archived.has_value()) << "what a later revisit refers to";
  EXPECT_EQ(ToMicros(*visit.completion.archived), visit.page->fetched_us());
  EXPECT_EQ(visit.page->headers(0).name(), "content-type");
  EXPECT_EQ(visit.page->fetched_us(), ToMicros(clock_.Now()));
  EXPECT_EQ(visit.completion.etag, "\"1\"");
  EXPECT_EQ(visit.completion.revisit_after, absl::InfiniteDuration());
}

TEST_F(VisitTest, WhatIsNoTextIsNoPage) {
  const Visit visit = See(Record("https://a.vn/anh"), Answer(200, "\x89PNG", "image/png"));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kDropped);
  EXPECT_THAT(visit.completion.reason, HasSubstr("image/png"));
  EXPECT_FALSE(visit.page.has_value());
}

TEST_F(VisitTest, AFeedNamesFreshArticlesOfItsSiteOnly) {
  const Visit visit = See(Record("https://a.vn/rss", disk::v1::URL_RECORD_KIND_FEED),
                          Answer(200,
                                 "<rss version='2.0'><channel><item><link>https://a.vn/1?utm_source=rss</link></item>"
                                 "<item><link>https://b.vn/2</link></item></channel></rss>"));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kListingRead);
  EXPECT_EQ(visit.completion.revisit_after, absl::Minutes(5));
  EXPECT_THAT(Urls(visit), ElementsAre("https://a.vn/1"));
  EXPECT_EQ(visit.discovered[0].rank, disk::v1::URL_RANK_FRESH);
}

TEST_F(VisitTest, AListingThatDidNotChangeIsNotReadAgain) {
  const std::string feed = "<rss version='2.0'><channel><item><link>https://a.vn/1</link></item></channel></rss>";
  disk::v1::UrlRecord record = Record("https://a.vn/rss", disk::v1::URL_RECORD_KIND_FEED);
  record.set_body_digest(See(record, Answer(200, feed)).completion.body_digest);
  const Visit again = See(record, Answer(200, feed));
  EXPECT_EQ(again.completion.outcome, FetchOutcome::kListingRead);
  EXPECT_THAT(again.discovered, IsEmpty());
}

TEST_F(VisitTest, AFeedThatCannotBeReadIsTriedAgainAndItsDigestForgotten) {
  const Visit visit = See(Record("https://a.vn/rss", disk::v1::URL_RECORD_KIND_FEED), Answer(200, "<html></html>"));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kFailed);
  EXPECT_EQ(visit.completion.body_digest, "");
}

TEST_F(VisitTest, ASitemapNamesArticlesByAgeAndFurtherSitemapsUpToADepth) {
  const std::string index =
      "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://a.vn/thang-1.xml</loc>"
      "</sitemap><sitemap><loc>https://b.vn/thang-1.xml</loc></sitemap></sitemapindex>";
  disk::v1::UrlRecord record = Record("https://a.vn/sitemap.xml", disk::v1::URL_RECORD_KIND_SITEMAP);
  const Visit visit = See(record, Answer(200, index));
  ASSERT_THAT(Urls(visit), ElementsAre("https://a.vn/thang-1.xml"));
  EXPECT_EQ(visit.discovered[0].kind, disk::v1::URL_RECORD_KIND_SITEMAP);
  EXPECT_EQ(visit.discovered[0].depth, 1u);
  record.set_depth(4);
  EXPECT_THAT(See(record, Answer(200, index)).discovered, IsEmpty());

  const Visit month =
      See(record, Answer(200,
                         "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                         "<url><loc>https://a.vn/moi</loc><lastmod>2023-11-14</lastmod></url>"
                         "<url><loc>https://a.vn/cu</loc><lastmod>2019-01-01</lastmod></url></urlset>"));
  ASSERT_THAT(Urls(month), ElementsAre("https://a.vn/moi", "https://a.vn/cu"));
  EXPECT_EQ(month.discovered[0].rank, disk::v1::URL_RANK_FRESH);
  EXPECT_EQ(month.discovered[1].rank, disk::v1::URL_RANK_BACKLOG);
}

TEST_F(VisitTest, ASitemapsOldArticlesAndSitemapsAreLeftWhereTheBackfillEnds) {
  config::v1::SitesConfig config;
  config::v1::SiteConfig& entry = *config.add_sites();
  entry.set_id("bao-a");
  entry.set_home("https://a.vn/");
  entry.set_max_article_urls(100);
  entry.set_backfill_since("2020-01-01");
  const Sites sites = *Sites::Create(config, {.user_agent = "tintinh (+https://vidu.vn/robot)"});
  const auto urls = [&](const std::string& xml) {
    FetchResult answer = Answer(200, xml);
    const disk::v1::UrlRecord record = Record("https://a.vn/s.xml", disk::v1::URL_RECORD_KIND_SITEMAP);
    return Urls(Judge({sites, sites.all()[0], clock_.Now()}, record, answer));
  };
  EXPECT_THAT(urls("<urlset><url><loc>https://a.vn/cu</loc><lastmod>2019-12-30</lastmod></url>"
                   "<url><loc>https://a.vn/moi</loc><lastmod>2020-01-02</lastmod></url>"
                   "<url><loc>https://a.vn/khong-ngay</loc></url></urlset>"),
              ElementsAre("https://a.vn/moi", "https://a.vn/khong-ngay"));
  EXPECT_THAT(urls("<sitemapindex><sitemap><loc>https://a.vn/2019.xml</loc><lastmod>2019-12-30</lastmod></sitemap>"
                   "<sitemap><loc>https://a.vn/2020.xml</loc><lastmod>2020-12-30</lastmod></sitemap></sitemapindex>"),
              ElementsAre("https://a.vn/2020.xml"));
}

TEST_F(VisitTest, TrapsAreNeitherQueuedNorFollowed) {
  EXPECT_THAT(Urls(See(Record("https://a.vn/s.xml", disk::v1::URL_RECORD_KIND_SITEMAP),
                       Answer(200,
                              "<urlset><url><loc>https://a.vn/dang-nhap</loc></url>"
                              "<url><loc>https://a.vn/gap-lua</loc></url></urlset>"))),
              ElementsAre("https://a.vn/gap-lua"));
  const Visit visit = See(Record("https://a.vn/1"), Redirect("https://a.vn/dang-nhap?url=1"));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kDropped);
  EXPECT_THAT(visit.completion.reason, HasSubstr("login"));
  EXPECT_THAT(visit.discovered, IsEmpty());
}

TEST_F(VisitTest, ARedirectNamesItsTargetWithTheKindOfTheUrl) {
  disk::v1::UrlRecord record = Record("https://a.vn/xa-hoi", disk::v1::URL_RECORD_KIND_SECTION);
  const Visit visit = See(record, Redirect("https://www.a.vn/xa-hoi/"));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kRedirected);
  EXPECT_EQ(visit.completion.revisit_after, absl::Hours(24));
  ASSERT_THAT(Urls(visit), ElementsAre("https://www.a.vn/xa-hoi/"));
  EXPECT_EQ(visit.discovered[0].kind, disk::v1::URL_RECORD_KIND_SECTION);
  EXPECT_EQ(visit.discovered[0].redirects, 1u);
}

TEST_F(VisitTest, RedirectsEndAtOtherSitesAfterFiveAndAtThemselves) {
  disk::v1::UrlRecord record = Record("https://a.vn/1");
  EXPECT_THAT(See(record, Redirect("https://b.vn/1")).discovered, IsEmpty());
  EXPECT_EQ(See(record, Redirect("https://a.vn/1#x")).completion.outcome, FetchOutcome::kFailed);
  record.set_redirects(5);
  const Visit visit = See(record, Redirect("https://a.vn/2"));
  EXPECT_EQ(visit.completion.outcome, FetchOutcome::kDropped);
  EXPECT_THAT(visit.completion.reason, HasSubstr("more than 5 redirects"));
}

TEST_F(VisitTest, StatusesMeanWhatHttpSays) {
  const auto outcome = [&](uint32_t status) {
    return See(Record("https://a.vn/1"), Answer(status)).completion.outcome;
  };
  EXPECT_EQ(outcome(304), FetchOutcome::kFailed) << "nothing was named that it could be equal to";
  disk::v1::UrlRecord known = Record("https://a.vn/1");
  known.set_etag("\"1\"");
  EXPECT_EQ(See(known, Answer(304)).completion.outcome, FetchOutcome::kNotModified);
  EXPECT_EQ(outcome(404), FetchOutcome::kGone);
  EXPECT_EQ(outcome(410), FetchOutcome::kGone);
  EXPECT_EQ(outcome(429), FetchOutcome::kRefused);
  EXPECT_EQ(outcome(503), FetchOutcome::kRefused);
  for (uint32_t status : {204u, 300u, 401u, 403u, 500u, 502u}) EXPECT_EQ(outcome(status), FetchOutcome::kFailed);
}

TEST_F(VisitTest, ErrorsOnTheWayAreTriedAgainUnlessTheUrlOrItsSizeIsTheTrouble) {
  const auto outcome = [&](const absl::Status& status) {
    FetchResult result;
    result.status = status;
    return See(Record("https://a.vn/1"), result).completion.outcome;
  };
  EXPECT_EQ(outcome(absl::UnavailableError("")), FetchOutcome::kFailed);
  EXPECT_EQ(outcome(absl::DeadlineExceededError("")), FetchOutcome::kFailed);
  EXPECT_EQ(outcome(absl::FailedPreconditionError("")), FetchOutcome::kFailed);
  EXPECT_EQ(outcome(absl::ResourceExhaustedError("")), FetchOutcome::kDropped);
  EXPECT_EQ(outcome(absl::InvalidArgumentError("")), FetchOutcome::kDropped);
  EXPECT_EQ(outcome(absl::CancelledError("")), FetchOutcome::kNotKept);
}

TEST_F(VisitTest, ValidatorsThatNoRequestMayCarryAreForgotten) {
  FetchResult answer = Answer(200, "<p></p>");
  answer.headers.emplace_back("ETag", std::string(2000, 'x'));
  answer.headers.emplace_back("Last-Modified", "a\tb");
  const Visit visit = See(Record("https://a.vn/1"), std::move(answer));
  EXPECT_EQ(visit.completion.etag, "");
  EXPECT_EQ(visit.completion.last_modified, "");
}

TEST_F(VisitTest, AnArticleWhoseBodyIsAsItWasIsNoPageToSendAgain) {
  FetchResult answer = Answer(200, "<p>Mưa lớn ở Bắc Hà</p>");
  const Visit first = See(Record("https://a.vn/1"), answer);
  ASSERT_TRUE(first.page.has_value());
  disk::v1::UrlRecord known = Record("https://a.vn/1");
  known.set_body_digest(first.completion.body_digest);
  known.set_first_fetch_us(ToMicros(clock_.Now() - absl::Hours(1)));
  const Visit second = See(known, answer);
  EXPECT_FALSE(second.page.has_value());
  EXPECT_EQ(second.completion.outcome, FetchOutcome::kNotModified);
  EXPECT_EQ(second.completion.rechecks, 1u);
  EXPECT_EQ(second.completion.revisit_after, absl::Hours(23));
}

TEST_F(VisitTest, ConfiguredListingsAreAtDepthZero) {
  const std::vector<NewUrl> listings = ConfiguredListings(sites_, site_);
  ASSERT_EQ(listings.size(), 3u);
  for (const NewUrl& listing : listings) {
    EXPECT_EQ(listing.depth, 0u);
    EXPECT_EQ(listing.host, "a.vn");
  }
  EXPECT_EQ(listings[1].kind, disk::v1::URL_RECORD_KIND_SITEMAP);
  EXPECT_EQ(listings[1].rank, disk::v1::URL_RANK_SITEMAP);
}

TEST_F(VisitTest, RobotsSitemapsOfOtherSitesAreLeftOut) {
  const auto found = RobotsSitemaps(sites_, Locate("https://a.vn/"), {"/news.xml", "https://b.vn/news.xml", ""});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].url, "https://a.vn/news.xml");
  EXPECT_EQ(found[0].kind, disk::v1::URL_RECORD_KIND_SITEMAP);
}

}  // namespace
}  // namespace tintinh::crawler
