#include "services/query/suggest/typed_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> FoldedOf(const TypedText& typed) {
  std::vector<std::string> folded;
  for (const TypedWord& word : typed.words) folded.push_back(word.folded);
  return folded;
}

TEST(ReadTyped, TheLastWordIsUnfinishedUnlessSomethingFollows) {
  const TypedText typed = ReadTyped("mùa vàng b");
  EXPECT_THAT(FoldedOf(typed), ElementsAre("mua", "vang", "b"));
  EXPECT_TRUE(typed.unfinished());
  EXPECT_TRUE(typed.words[1].complete);
  EXPECT_TRUE(typed.words[0].marked);
  EXPECT_FALSE(typed.words[2].marked);
  EXPECT_FALSE(typed.words[1].pair.empty());
  EXPECT_TRUE(typed.words[2].pair.empty()) << "what is not finished pairs with nothing";
  for (const char* text : {"mùa vàng b ", "mùa vàng b,", "mùa vàng b\""}) {
    EXPECT_FALSE(ReadTyped(text).unfinished()) << text;
  }
}

TEST(ReadTyped, WithoutLettersThereIsNothing) {
  for (const char* text : {"", "  ", "\"", "+-", "\xff\xfe"}) {
    EXPECT_THAT(ReadTyped(text).words, IsEmpty()) << text;
    EXPECT_FALSE(ReadTyped(text).unfinished());
  }
}

TEST(ReadTyped, OfALongTextTheLastWordsAreLookedFor) {
  const TypedText typed = ReadTyped("một hai ba bốn năm sáu bảy tám chín mư");
  EXPECT_EQ(typed.words.size(), kMaxTypedWords);
  EXPECT_EQ(typed.head, "một hai ");
  EXPECT_TRUE(typed.words.front().pair.empty()) << "with a word that is not looked for";
  EXPECT_FALSE(typed.words[1].pair.empty());
}

TEST(ReadTyped, WordsOfTwoSentencesMakeNoPair) {
  const TypedText typed = ReadTyped("lúa chín. gặt ngay ");
  ASSERT_EQ(typed.words.size(), 4u);
  EXPECT_FALSE(typed.words[1].pair.empty());
  EXPECT_TRUE(typed.words[2].pair.empty());
}

std::vector<int> KindsOf(const v1::LeafQuery& query) {
  std::vector<int> kinds;
  for (const v1::LeafQuery& clause : query.boolean().must()) {
    kinds.push_back(clause.has_term() ? clause.term().kind() : clause.has_prefix() ? 100 : 200);
  }
  return kinds;
}

TEST(TitlesWith, WordsSideBySideAreLookedForByTheirPairs) {
  EXPECT_THAT(KindsOf(TitlesWith(ReadTyped("mua vang bac th"), Closeness::kSideBySide)),
              ElementsAre(v1::KEY_KIND_PAIR, v1::KEY_KIND_PAIR, 100));
  EXPECT_THAT(KindsOf(TitlesWith(ReadTyped("mua vang bac th"), Closeness::kAnywhere)),
              ElementsAre(v1::KEY_KIND_FOLDED, v1::KEY_KIND_FOLDED, v1::KEY_KIND_FOLDED, 100));
  EXPECT_THAT(KindsOf(TitlesWith(ReadTyped("mua th"), Closeness::kSideBySide)), ElementsAre(v1::KEY_KIND_FOLDED, 100));
  EXPECT_THAT(KindsOf(TitlesWith(ReadTyped("mua. vang bac "), Closeness::kSideBySide)),
              ElementsAre(v1::KEY_KIND_FOLDED, v1::KEY_KIND_PAIR));
}

TEST(TitlesWith, MarkedWordsKeepTheirMarks) {
  EXPECT_THAT(KindsOf(TitlesWith(ReadTyped("mùa vàng bậ"), Closeness::kSideBySide)),
              ElementsAre(v1::KEY_KIND_EXACT, v1::KEY_KIND_PAIR, v1::KEY_KIND_EXACT, 100));
  EXPECT_THAT(KindsOf(TitlesWith(ReadTyped("mùa vàng bậ"), Closeness::kAnywhere)),
              ElementsAre(v1::KEY_KIND_EXACT, v1::KEY_KIND_EXACT, 100));
}

TEST(TitlesWith, AnUnfinishedYIsLookedForAsItMayBeSpelled) {
  const v1::LeafQuery query = TitlesWith(ReadTyped("quy"), Closeness::kSideBySide);
  ASSERT_EQ(query.boolean().must_size(), 1);
  std::vector<std::string> prefixes;
  for (const v1::LeafQuery& either : query.boolean().must(0).boolean().should()) {
    prefixes.push_back(either.prefix().prefix());
  }
  EXPECT_THAT(prefixes, ElementsAre("quy", "qui"));
}

}  // namespace
}  // namespace tintinh::query
