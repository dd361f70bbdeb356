#include "services/normalizer/html/title.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

TEST(FindTitle, LogoInH1LosesToTheHeadline) {
  const Draft draft =
      ExtractFrom(absl::StrCat("<head><meta property=og:title content='Mở đường lên bản'><meta property=og:site_name "
                               "content='Báo Núi Xanh'></head><body>"
                               "<h1><a href=/>Báo Núi Xanh</a></h1><div><h2>Mở đường lên bản</h2><div class=content>",
                               kBody, "</div></div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
}

TEST(FindTitle, DialogsInH1Lose) {
  const Draft draft = ExtractFrom(PageWith("<meta property=og:title content='Mở đường lên bản vùng cao'>", "", kBody,
                                           "<h1>Thông tin bạn đọc</h1><h1>Thông báo</h1>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản vùng cao");
}

TEST(FindTitle, NoHeadingAtAll) {
  const Draft draft = ExtractFrom(
      absl::StrCat("<title>Mở đường lên bản - Báo Núi Xanh</title><body><div class=title-detail>Mở đường lên bản</div>"
                   "<div class=content>",
                   kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
}

TEST(FindTitle, EscapedTwiceInJsonLd) {
  const Draft draft = ExtractFrom(
      absl::StrCat("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"M&amp;#7903; đường "
                   "l&#234;n bản vùng cao\"}</script>"
                   "<body><div class=content>",
                   kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản vùng cao");
}

TEST(FindTitle, SplitHeadlineGetsItsBlank) {
  const Draft draft = ExtractFrom(
      absl::StrCat("<body><div><h1><span>Bản vùng cao:</span><span>Mở đường mới</span></h1><div class=content>", kBody,
                   "</div></div>"));
  EXPECT_EQ(draft.title, "Bản vùng cao: Mở đường mới");
}

TEST(FindTitle, SiteNameIsTakenOffTheTitleElement) {
  const Draft draft = ExtractFrom(absl::StrCat(
      "<title>Mở đường lên bản - Báo Núi Xanh | baonuixanh.vn</title><body><div class=content>", kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
}

TEST(FindTitle, HeadingLateInTheStoryIsNone) {
  const Draft draft = ExtractFrom(absl::StrCat("<title>Mở đường lên bản</title><body><div class=content>", kBody, kBody,
                                               "<h1>Lời kết</h1>", kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
  EXPECT_EQ(draft.paragraphs.size(), 13u);
}

}  // namespace
}  // namespace tintinh::normalizer
