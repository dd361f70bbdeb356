#include "services/query/snippet/snippet.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Marked>
std::vector<std::string> Words(const std::string& text, const Marked& highlights) {
  std::vector<std::string> words;
  for (const v1::Highlight& highlight : highlights) {
    words.push_back(text.substr(highlight.begin(), highlight.end() - highlight.begin()));
  }
  return words;
}

v1::Hit Fill(const v1::Article& article, const std::string& query) {
  v1::Hit hit;
  FillTexts(article, Parse(query, Ranking::kScore).strict_keys, {}, kDefaultSnippetBytes, hit);
  return hit;
}

v1::Article Story() {
  v1::Article article;
  article.set_title("Quảng Nam mở đường lên bản");
  article.set_lead("Con đường mới dài mười cây số.");
  article.add_paragraphs()->set_text("Cả Việt Nam có nhiều bản như thế.");
  article.add_paragraphs()->set_text("Ở Quảng Nam, đường lên bản từng là đường đất.");
  article.add_photos()->set_caption("Đường lên bản nhìn từ trên cao");
  return article;
}

TEST(FillTexts, HighlightsTheTitle) {
  const v1::Hit hit = Fill(Story(), "Quảng Nam");
  EXPECT_EQ(hit.title(), Story().title());
  EXPECT_THAT(Words(hit.title(), hit.title_highlights()), ElementsAre("Quảng Nam"));
}

TEST(FillTexts, TakesTheBestOfLeadParagraphsAndCaptions) {
  const v1::Hit hit = Fill(Story(), "đường Quảng Nam");
  ASSERT_GE(hit.snippets_size(), 1);
  EXPECT_TRUE(absl::StrContains(hit.snippets(0).text(), "Ở Quảng Nam"));
  EXPECT_EQ(hit.snippets(0).part(), v1::PART_BODY);
  EXPECT_LE(hit.snippets_size(), 2);
}

TEST(FillTexts, CaptionsAreNamedAsSuch) {
  const v1::Hit hit = Fill(Story(), "trên cao");
  ASSERT_GE(hit.snippets_size(), 1);
  EXPECT_EQ(hit.snippets(0).part(), v1::PART_CAPTION);
}

TEST(FillTexts, ASyllableAwayFromItsNeighbourIsNotMarked) {
  const v1::Hit hit = Fill(Story(), "Quảng Nam");
  for (const v1::Snippet& snippet : hit.snippets()) {
    EXPECT_THAT(Words(snippet.text(), snippet.highlights()), ElementsAre("Quảng Nam"));
  }
}

TEST(FillTexts, WithoutWantedWordsTheBeginStandsAlone) {
  const v1::Hit hit = Fill(Story(), "khoai");
  ASSERT_EQ(hit.snippets_size(), 1);
  EXPECT_EQ(hit.snippets(0).text(), Story().lead());
  EXPECT_THAT(hit.snippets(0).highlights(), IsEmpty());
  EXPECT_THAT(hit.title_highlights(), IsEmpty());
}

TEST(FillTexts, AnArticleWithoutTextHasNoSnippet) {
  v1::Article article;
  article.set_title("Chùm ảnh");
  EXPECT_EQ(Fill(article, "ảnh").snippets_size(), 0);
}

}  // namespace
}  // namespace tintinh::query
