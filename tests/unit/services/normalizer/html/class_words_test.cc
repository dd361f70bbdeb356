#include "services/normalizer/html/class_words.h"

#include <gtest/gtest.h>

#include <string>

#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::html {
namespace {

std::string WordsOf(const std::string& attributes) {
  const absl::StatusOr<dom::Document> document = dom::ParseHtml("<div " + attributes + "></div>", dom::ParseLimits());
  for (dom::NodeId id = dom::kRoot; id < document->size(); ++id) {
    if (document->tag(id) == "div") return ClassWords(*document, id);
  }
  return "";
}

TEST(ClassWords, SplitsAtSignsAndCapitals) {
  EXPECT_EQ(WordsOf("class='PhotoCMS_Caption'"), " photo cms caption ");
  EXPECT_EQ(WordsOf("class='sc-longform-header' id='newsContent2'"), " sc longform header news content2 ");
}

TEST(ClassWords, ReadsIdItempropRoleAndDataRole) {
  EXPECT_EQ(WordsOf("id=a itemprop=articleBody role=main data-role=sapo"), " a article body main sapo ");
  EXPECT_EQ(WordsOf(""), " ");
}

TEST(ClassWords, AreCutAt512Bytes) { EXPECT_LE(WordsOf("class='" + std::string(5000, 'x') + "'").size(), 512u); }

TEST(HasAnyWord, MatchesWholeWordsAndPrefixes) {
  EXPECT_TRUE(HasAnyWord(" detail sapo ", {"sapo"}));
  EXPECT_FALSE(HasAnyWord(" detail saponin ", {"sapo"}));
  EXPECT_TRUE(HasAnyWord(" detail saponin ", {"sapo*"}));
  EXPECT_FALSE(HasAnyWord(" xsapo ", {"sapo*"}));
}

TEST(ClassVocabulary, TellsThePartsOfAPage) {
  EXPECT_TRUE(SaysChrome(WordsOf("class=box-tinlienquan id=lienquan-2")));
  EXPECT_TRUE(SaysChrome(WordsOf("class='main-menu'")));
  EXPECT_FALSE(SaysChrome(WordsOf("class='detail-content'")));
  EXPECT_TRUE(SaysContent(WordsOf("id=news-bodyhtml")));
  EXPECT_TRUE(SaysLead(WordsOf("data-role=sapo")));
  EXPECT_TRUE(SaysTitle(WordsOf("class=article__title")));
  EXPECT_TRUE(SaysCaption(WordsOf("class='wp-caption-text'")));
  EXPECT_TRUE(SaysAuthor(WordsOf("class='tacgia'")));
  EXPECT_TRUE(SaysTime(WordsOf("class='bx-time'")));
  EXPECT_TRUE(SaysPlace(WordsOf("class='location-stamp'")));
  EXPECT_TRUE(SaysBreadcrumb(WordsOf("class=breadcrumbs")));
  EXPECT_TRUE(SaysTags(WordsOf("class='tag_detail'")));
}

}  // namespace
}  // namespace tintinh::normalizer::html
