#include "services/query/parse/grammar_words.h"

#include "common/text/syllable.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

TEST(IsGrammarWord, KnowsThemByTheirMarks) {
  EXPECT_TRUE(IsGrammarWord(text::ExactKeyOf("là")));
  EXPECT_TRUE(IsGrammarWord(text::ExactKeyOf("NHIÊU")));
  EXPECT_FALSE(IsGrammarWord(text::ExactKeyOf("lá")));
  EXPECT_FALSE(IsGrammarWord(text::ExactKeyOf("nhiều")));
}

TEST(MayBeGrammarWord, CannotTellWordsWithoutMarksApart) {
  EXPECT_TRUE(MayBeGrammarWord("la"));
  EXPECT_TRUE(MayBeGrammarWord("nhieu"));
  EXPECT_FALSE(MayBeGrammarWord("song"));
}

}  // namespace
}  // namespace tintinh::query
