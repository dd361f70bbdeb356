#include "services/normalizer/html/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/normalizer/dom/parse.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer::html {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

v1::LinkKind KindOf(const std::string& path) { return GuessLinkKind("https://baonuixanh.vn" + path); }

std::vector<DraftLink> LinksOf(const std::string& html, size_t limit = 2000) {
  const dom::Document document = *dom::ParseHtml(html, dom::ParseLimits());
  return FindLinks(Page(document, kUrl), limit);
}

TEST(GuessLinkKind, StoriesHaveALongSlugAndAnIdentifier) {
  for (const char* path :
       {"/xa-hoi/mo-duong-len-ban-20260307080054340.htm", "/mo-duong-len-ban-post861659.html",
        "/mo-duong-len-ban-a123456.html", "/xa-hoi/202603/mo-duong-len-ban-0a1b2c3/", "/mo-duong-len-ban-d538952.html",
        "/tin/mo-duong-len-ban-vung-cao/12345.htm", "/mo-duong-len-ban-vung-cao-huyen-moi/"}) {
    EXPECT_EQ(KindOf(path), v1::LINK_KIND_ARTICLE) << path;
  }
}

TEST(GuessLinkKind, ShortPathsAreListings) {
  for (const char* path : {"/", "/xa-hoi", "/xay-dung-dang-23.html?page=87", "/kinh-te/trang-3.html",
                           "/tai-chinh-chung-khoan-d6/", "/chinh-sach-va-cuoc-song/chinh-sach-moi.htm"}) {
    EXPECT_EQ(KindOf(path), v1::LINK_KIND_LISTING) << path;
  }
}

TEST(GuessLinkKind, FilesAndStorylessSectionsAreNeither) {
  for (const char* path :
       {"/video/mo-duong-len-ban-12345.html", "/uploads/van-ban.pdf", "/tim-kiem?q=a", "/rss/tin-moi.rss", "/?id=5"}) {
    EXPECT_EQ(KindOf(path), v1::LINK_KIND_OTHER) << path;
  }
  EXPECT_EQ(GuessLinkKind("no url"), v1::LINK_KIND_OTHER);
}

TEST(FindLinks, AreAbsoluteSameSiteWithoutFragmentAndOnce) {
  EXPECT_THAT(LinksOf("<a href='/xa-hoi#top'>a</a><a href=/xa-hoi>b</a><a href='https://example.com/x'>c</a><a "
                      "href='mailto:a@b'>d</a>"
                      "<a href='https://media.baonuixanh.vn/anh'>e</a>"),
              ElementsAre(Field(&DraftLink::url, "https://baonuixanh.vn/xa-hoi"),
                          Field(&DraftLink::url, "https://media.baonuixanh.vn/anh")));
}

TEST(FindLinks, BaseElementCounts) {
  EXPECT_THAT(LinksOf("<base href='https://baonuixanh.vn/cu/'><a href=xa-hoi>a</a>"),
              ElementsAre(Field(&DraftLink::url, "https://baonuixanh.vn/cu/xa-hoi")));
}

TEST(FindLinks, LongTextMakesAStoryOfAnOpenAddress) {
  const std::vector<DraftLink> links = LinksOf(
      "<a href=/mo-duong-len-ban-cao><img></a><a href=/mo-duong-len-ban-cao>Mở đường lên bản vùng cao sau mười bốn "
      "tháng thi công</a>");
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_EQ(links[0].kind, v1::LINK_KIND_ARTICLE);
}

TEST(FindLinks, AreBounded) { EXPECT_THAT(LinksOf("<a href=/a>a</a><a href=/b>b</a><a href=/c>c</a>", 2), SizeIs(2)); }

}  // namespace
}  // namespace tintinh::normalizer::html
