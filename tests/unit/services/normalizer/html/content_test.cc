#include "services/normalizer/html/content.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/normalizer/dom/parse.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer::html {
namespace {

// The id of the element found, and its figures.
struct Found {
  std::string id;
  Content content;
};

Found Find(const std::string& body, const std::string& selector = "") {
  const dom::Document document = *dom::ParseHtml(absl::StrCat("<body>", body, "</body>"), dom::ParseLimits());
  const Page page(document, kUrl);
  Found found;
  found.content = FindContent(page, selector);
  found.id = std::string(document.attribute(found.content.node, "id"));
  return found;
}

TEST(FindContent, TextOutweighsLinks) {
  EXPECT_EQ(Find(absl::StrCat("<div id=a><a href=x>Một bài viết rất dài mà tiêu đề cũng dài không kém gì đoạn văn ở "
                              "dưới đây cả</a></div>",
                              "<div id=b>", kBody, "</div>"))
                .id,
            "b");
}

TEST(FindContent, SectionsAlikeAreOneStory) {
  const std::string section = absl::StrCat("<div class='post section'>", kBody, "</div>");
  const std::string short_section =
      "<div class='post section'><p>Ngày mai, đoàn tiếp tục khảo sát hai bản còn lại ở "
      "phía bên kia suối, nơi chưa có cầu.</p></div>";
  EXPECT_EQ(Find(absl::StrCat("<div id=story>", section, short_section, "</div>")).id, "story");
}

TEST(FindContent, TakesTheSmallestElementWithAllOfTheText) {
  EXPECT_EQ(Find(absl::StrCat("<div id=a><div id=b><div id=c>", kBody, "</div></div></div>")).id, "c");
}

TEST(FindContent, StoriesInTwoPartsAreTakenWhole) {
  EXPECT_EQ(Find(absl::StrCat("<div id=a><div class=p1>", kBody, "</div><div class=p2>", kBody, "</div></div>")).id,
            "a");
}

TEST(FindContent, ItempropDecidesBetweenMuchTheSame) {
  EXPECT_EQ(Find(absl::StrCat("<div id=a><div id=b itemprop=articleBody>", kBody,
                              "</div><p>Một câu chen vào giữa trang, dài hơn tám mươi chữ cái một chút để được tính là "
                              "câu văn.</p></div>"))
                .id,
            "b");
}

TEST(FindContent, CommentsDoNotCount) {
  EXPECT_EQ(Find(absl::StrCat("<div id=b>", kBody,
                              "</div><div id=comments class=comment-list><p>Bạn đọc viết một lời bình rất dài để khen "
                              "con đường mới mở lên bản vùng cao của huyện.</p></div>"))
                .id,
            "b");
}

TEST(FindContent, SelectorGoesFirstWhereItMatches) {
  const std::string body = absl::StrCat("<div id=a>", kBody, "</div><div id=c class=rieng><p>Ngắn.</p></div>");
  EXPECT_EQ(Find(body, ".rieng").id, "c");
  EXPECT_EQ(Find(body, ".khong-co").id, "a");
  EXPECT_EQ(Find(body, "khong hop le >").id, "a");
}

TEST(FindContent, NothingToFindIsTheRoot) {
  EXPECT_EQ(Find("").content.node, dom::kRoot);
  EXPECT_EQ(Find("<a href=x>Một</a>").content.letters, 0u);
}

TEST(FindContent, CountsSentencesAndHeadlines) {
  const Found found =
      Find(absl::StrCat("<div id=a>", kBody, "<p><a href=x>Một bài khác cùng chuyên mục của báo</a></p></div>"));
  EXPECT_EQ(found.content.sentences, 4u);
  EXPECT_EQ(found.content.headlines, 1u);
}

}  // namespace
}  // namespace tintinh::normalizer::html
