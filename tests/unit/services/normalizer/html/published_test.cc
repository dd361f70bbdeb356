#include "services/normalizer/html/published.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

TEST(FindTimes, MonthFirstMetaLosesToIso) {
  const Draft draft = ExtractFrom(PageWith(
      "<meta name=article:published_time content='3/7/2026 6:52:01 AM'>"
      "<script "
      "type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-07T06:52:01+07:00\"}</script>",
      ""));
  EXPECT_EQ(Published(draft), "2026-03-07 06:52");
}

TEST(FindTimes, ZonelessTimesAreVietnams) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("<meta property=article:published_time content=2026-03-07T00:01:00>", ""))),
            "2026-03-07 00:01");
}

TEST(FindTimes, ShownClockCorrectsAWrongZone) {
  const Draft draft = ExtractFrom(PageWith("<meta itemprop=datePublished content='2018-09-29T12:40:25+08:00'>",
                                           "<span class=time>Thứ bảy, 29/9/2018, 12:40 (GMT+7)</span>"));
  EXPECT_EQ(Published(draft), "2018-09-29 12:40");
}

TEST(FindTimes, BlankBeforeTheOffset) {
  EXPECT_EQ(
      Published(ExtractFrom(PageWith("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":"
                                     "\"2026-03-07T08:52:11.000 +07:00\"}</script>",
                                     ""))),
      "2026-03-07 08:52");
}

TEST(FindTimes, EntityInTheAttributeIsDecoded) {
  EXPECT_EQ(Published(ExtractFrom(
                PageWith("<meta property=article:published_time content='2026-03-01T09:51:00&#x2B;07:00'>", ""))),
            "2026-03-01 09:51");
}

TEST(FindTimes, ModifiedBeforePublishedIsIgnored) {
  const Draft draft =
      ExtractFrom(PageWith("<meta property=article:published_time content=2026-03-01T09:51:00+07:00>"
                           "<meta property=article:modified_time content=2026-03-01T09:00:00+07:00>",
                           ""));
  EXPECT_FALSE(draft.modified.has_value());
}

TEST(FindTimes, ClockOfThePageIsNoDate) {
  const std::string page = absl::StrCat(
      "<body><header><span class=clock>Thứ ba Ngày 18 Tháng 08 Năm 2026, 01:53:59</span><a href=/a>A</a></header><div "
      "class=main>"
      "<h1>Mở đường lên bản vùng cao</h1><div class=detail-content>",
      kBody, "</div><p>Ngày đăng: 05/07/2025</p></div>");
  EXPECT_EQ(Published(ExtractFrom(page)), "2025-07-05 00:00");
}

TEST(FindTimes, DatesOfRelatedStoriesAreNoDate) {
  const Draft draft = ExtractFrom(PageWith("", "", kBody,
                                           "<div class=tinkhac><p class=d_tinkhacItemDate>12:27 18/08/2026</p>"
                                           "<a href='/x-y-z-t-12345.html'>Tin khác</a></div>"));
  EXPECT_EQ(Published(draft), "none");
}

TEST(FindTimes, DatesInTheBodyAreNoDate) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<p>12-8-1952</p>", kBody)))), "none");
}

TEST(FindTimes, LabelledDateBehindTheStory) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("", "", absl::StrCat(kBody, kBody, "<p>Ngày đăng: 20/09/2021</p>")))),
            "2021-09-20 00:00");
}

TEST(FindTimes, UnfilledTemplateIsNoDate) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("", "<span class=time>${distributionDateSource} (GMT +7)</span>"))), "none");
}

}  // namespace
}  // namespace tintinh::normalizer
