#include "services/crawler/visit/revisit.h"

#include <string>

#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/schedule/cron.h"
#include "services/crawler/schedule/hours.h"
#include "tests/unit/services/crawler/visit/site_fixture.h"

namespace tintinh::crawler {
namespace {

class RevisitTest : public SiteTest {
 protected:
  static disk::v1::UrlRecord Record(const std::string& url, disk::v1::UrlRecordKind kind) {
    disk::v1::UrlRecord record;
    record.set_url(url);
    record.set_kind(kind);
    return record;
  }
  const disk::v1::UrlRecord feed_ = Record("https://a.vn/rss", disk::v1::URL_RECORD_KIND_FEED);
  const disk::v1::UrlRecord article_ = Record("https://a.vn/1", disk::v1::URL_RECORD_KIND_ARTICLE);
};

TEST_F(RevisitTest, ListingsFollowTheConfigurationAndSitemapsThatStayTheSameComeLessOften) {
  EXPECT_EQ(RevisitAfter(site_, article_), absl::InfiniteDuration());
  EXPECT_EQ(RevisitAfter(site_, feed_), absl::Minutes(5));
  EXPECT_EQ(RevisitAfter(site_, Record("https://a.vn/rss-cu", disk::v1::URL_RECORD_KIND_FEED)),
            absl::InfiniteDuration());
  disk::v1::UrlRecord further = Record("https://a.vn/xa-hoi?page=2", disk::v1::URL_RECORD_KIND_SECTION);
  further.set_depth(1);
  EXPECT_EQ(RevisitAfter(site_, further), absl::InfiniteDuration());
  disk::v1::UrlRecord moved = Record("https://a.vn/xa-hoi/", disk::v1::URL_RECORD_KIND_SECTION);
  moved.set_depth(1);
  EXPECT_EQ(RevisitAfter(site_, moved), absl::Minutes(30));
  disk::v1::UrlRecord month = Record("https://a.vn/thang-1.xml", disk::v1::URL_RECORD_KIND_SITEMAP);
  month.set_depth(2);
  EXPECT_EQ(RevisitAfter(site_, month), absl::Hours(6));
  month.set_unchanged_in_a_row(100);
  EXPECT_EQ(RevisitAfter(site_, month), absl::Hours(6) * 32);
}

TEST_F(RevisitTest, WithoutALongestIntervalAFeedComesAtItsInterval) {
  const Revisit revisit = AfterListing(site_, feed_, 3, clock_.Now());
  EXPECT_EQ(revisit.after, absl::Minutes(5));
  EXPECT_TRUE(revisit.rhythm.has_value());
}

TEST_F(RevisitTest, AFeedThatNeverBringsAnythingComesLessOftenWithinItsBounds) {
  Site patient = site_;
  patient.longest_interval = absl::Hours(6);
  disk::v1::UrlRecord quiet = feed_;
  Revisit revisit = AfterListing(patient, quiet, 20, clock_.Now());
  const absl::Duration first = revisit.after;
  for (int i = 0; i < 300; ++i) {
    *quiet.mutable_rhythm() = *revisit.rhythm;
    clock_.Advance(revisit.after);
    revisit = AfterListing(patient, quiet, 0, clock_.Now());
    ASSERT_GE(revisit.after, absl::Minutes(5));
    ASSERT_LE(revisit.after, absl::Hours(6));
  }
  EXPECT_GT(revisit.after, first);
}

TEST_F(RevisitTest, ACronExpressionSaysWhenAndCrawlHoursWhereNot) {
  Site planned = site_;
  planned.feed_cron = *Cron::Parse("30 6 * * *");
  const absl::Time midnight = absl::FromCivil(absl::CivilDay(2026, 11, 26), VietnamTimeZone());
  EXPECT_EQ(AfterListing(planned, feed_, 0, midnight).after, absl::Hours(6) + absl::Minutes(30));
  const disk::v1::UrlRecord section = Record("https://a.vn/xa-hoi", disk::v1::URL_RECORD_KIND_SECTION);
  EXPECT_EQ(AfterListing(planned, section, 0, midnight).after, absl::Minutes(30)) << "the feeds' expression alone";
  planned.section_cron = *Cron::Parse("0 9 * * *");
  EXPECT_EQ(AfterListing(planned, section, 0, midnight).after, absl::Hours(9));
  planned.crawl_hours = *Hours::Parse("7-8");
  EXPECT_EQ(AfterListing(planned, feed_, 0, midnight).after, absl::Hours(7));
}

TEST_F(RevisitTest, AnArticleIsLookedAtAgainAfterAnHourADayAndAWeek) {
  disk::v1::UrlRecord article = article_;
  const absl::Time first = clock_.Now();
  EXPECT_EQ(AfterArticle(site_, article, first).after, absl::Hours(1));
  article.set_first_fetch_us(ToMicros(first));
  Revisit revisit = AfterArticle(site_, article, first + absl::Hours(1));
  EXPECT_EQ(revisit.after, absl::Hours(23));
  article.set_rechecks(*revisit.rechecks);
  revisit = AfterArticle(site_, article, first + absl::Hours(24));
  EXPECT_EQ(revisit.after, absl::Hours(24 * 6));
  article.set_rechecks(*revisit.rechecks);
  EXPECT_EQ(AfterArticle(site_, article, first + absl::Hours(24 * 7)).after, absl::InfiniteDuration());
}

TEST_F(RevisitTest, WhoWasAwayForAWeekLooksOnce) {
  disk::v1::UrlRecord article = article_;
  article.set_first_fetch_us(ToMicros(clock_.Now() - absl::Hours(24 * 8)));
  EXPECT_EQ(AfterArticle(site_, article, clock_.Now()).after, absl::InfiniteDuration());
}

}  // namespace
}  // namespace tintinh::crawler
