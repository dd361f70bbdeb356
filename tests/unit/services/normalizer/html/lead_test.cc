#include "services/normalizer/html/lead.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

constexpr char kSapo[] = "Tuyến đường dài chín cây số lên bốn bản vùng cao của huyện sẽ thông xe vào cuối tháng này.";

TEST(FindLead, ElementThatSaysItIsTheLead) {
  EXPECT_EQ(ExtractFrom(PageWith("", absl::StrCat("<div class=article__sapo>", kSapo, "</div>"))).lead, kSapo);
}

TEST(FindLead, InsideTheContentToo) {
  EXPECT_EQ(ExtractFrom(PageWith("", "", absl::StrCat("<p class=sapo>", kSapo, "</p>", kBody))).lead, kSapo);
}

TEST(FindLead, DatelineIsTakenOff) {
  EXPECT_EQ(ExtractFrom(PageWith("", absl::StrCat("<h2 class=sapo>(Nuixanh.vn) - ", kSapo, "</h2>"))).lead, kSapo);
}

TEST(FindLead, PlaceSetApartByStyleIsTakenOff) {
  EXPECT_EQ(ExtractFrom(PageWith("", absl::StrCat("<p class=description><span class=location-stamp>Hà Giang</span>",
                                                  kSapo, "</p>")))
                .lead,
            kSapo);
}

TEST(FindLead, RelatedStoriesInsideTheLeadAreLeftOut) {
  EXPECT_EQ(
      ExtractFrom(PageWith("", absl::StrCat("<div class=sapo><p>", kSapo,
                                            "</p><ul><li><a href=/x>Khởi công cầu treo qua suối</a></li></ul></div>")))
          .lead,
      kSapo);
}

TEST(FindLead, BoldFirstParagraph) {
  EXPECT_EQ(ExtractFrom(PageWith("", "", absl::StrCat("<p><strong>", kSapo, "</strong></p>", kBody))).lead, kSapo);
}

TEST(FindLead, ParagraphAboveTheStoryThatTheDescriptionRepeats) {
  EXPECT_EQ(ExtractFrom(PageWith(absl::StrCat("<meta name=description content='", kSapo, "'>"),
                                 absl::StrCat("<div class=x>", kSapo, "</div>")))
                .lead,
            kSapo);
}

TEST(FindLead, AnOrdinaryFirstParagraphIsNone) { EXPECT_EQ(ExtractFrom(PageWith("", "")).lead, ""); }

TEST(FindLead, ADescriptionNobodySeesIsNone) {
  EXPECT_EQ(ExtractFrom(PageWith(absl::StrCat("<meta name=description content='", kSapo, "'>"), "")).lead, "");
}

TEST(FindLead, SelectorGoesFirst) {
  v1::SiteHints hints;
  hints.set_lead_selector(".rieng");
  EXPECT_EQ(
      ExtractFrom(
          PageWith(
              "", absl::StrCat(
                      "<h2 class=sapo>Một câu khác cũng đủ dài để được xem là phần mở đầu của bài.</h2><p class=rieng>",
                      kSapo, "</p>")),
          kUrl, hints)
          .lead,
      kSapo);
}

}  // namespace
}  // namespace tintinh::normalizer
