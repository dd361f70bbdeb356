#include "services/normalizer/html/section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FindSectionPath, ShownBreadcrumbWithoutHomeAndStory) {
  EXPECT_THAT(
      ExtractFrom(PageWith("",
                           "<ul class=breadcrumb><li><a href=/>Trang chủ</a></li><li><a href=/x>Xã hội</a></li>"
                           "<li><a href=/y>Giao thông</a></li><li><a href=#>Mở đường lên bản vùng cao</a></li></ul>"))
          .section_path,
      ElementsAre("Xã hội", "Giao thông"));
}

TEST(FindSectionPath, BreadcrumbByLabelOrItemtype) {
  EXPECT_THAT(ExtractFrom(PageWith("", "<nav aria-label=breadcrumb><a href=/x>Xã hội</a></nav>")).section_path,
              ElementsAre("Xã hội"));
  EXPECT_THAT(
      ExtractFrom(PageWith("", "<ol itemscope itemtype='https://schema.org/BreadcrumbList'><a href=/x>Xã hội</a></ol>"))
          .section_path,
      ElementsAre("Xã hội"));
}

TEST(FindSectionPath, MetaSectionStandsIn) {
  EXPECT_THAT(ExtractFrom(PageWith("<meta property=article:section content='Văn hóa, thể thao'>", "")).section_path,
              ElementsAre("Văn hóa, thể thao"));
}

TEST(FindSectionPath, OneValueWithTwoLinkedNamesIsTwo) {
  EXPECT_THAT(ExtractFrom(PageWith("<meta property=article:section content='Kinh doanh, Tài chính'>", "", kBody,
                                   "<a href=/kd>Kinh doanh</a> <a href=/tc>Tài chính</a>"))
                  .section_path,
              ElementsAre("Kinh doanh", "Tài chính"));
}

TEST(FindSectionPath, LinkRightAboveTheHeadline) {
  const std::string page =
      absl::StrCat("<body><div><div><a href=/kt>Kinh tế</a></div><h1>Mở đường lên bản</h1><div class=content>", kBody,
                   "</div></div>");
  EXPECT_THAT(ExtractFrom(page).section_path, ElementsAre("Kinh tế"));
}

TEST(FindSectionPath, EmptyWhenNothingTells) { EXPECT_THAT(ExtractFrom(PageWith("", "")).section_path, IsEmpty()); }

TEST(FindTags, MetaTagsGoFirst) {
  EXPECT_THAT(
      ExtractFrom(PageWith("<meta property=article:tag content='đường, bản'><meta name=keywords content=x>", "")).tags,
      ElementsAre("đường", "bản"));
}

TEST(FindTags, LinksOfATagList) {
  EXPECT_THAT(
      ExtractFrom(PageWith("", "", kBody, "<div class=tags><a href=/t/1>đường mới</a><a href=/t/2>bản</a></div>")).tags,
      ElementsAre("đường mới", "bản"));
  EXPECT_THAT(ExtractFrom(PageWith("", "", kBody, "<a rel=tag href=/t/1>đường mới</a>")).tags,
              ElementsAre("đường mới"));
}

TEST(FindTags, KeywordsStandIn) {
  EXPECT_THAT(ExtractFrom(PageWith("<meta name=keywords content='đường mới; bản; bản'>", "")).tags,
              ElementsAre("đường mới", "bản"));
}

}  // namespace
}  // namespace tintinh::normalizer
