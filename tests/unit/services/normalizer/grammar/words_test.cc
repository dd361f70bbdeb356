#include "services/normalizer/grammar/words.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;

TEST(Words, SplitWordsCutsAtRunsOfWhiteSpace) {
  EXPECT_THAT(SplitWords("  xã \t Tân\nHòa "), ElementsAre("xã", "Tân", "Hòa"));
  EXPECT_TRUE(SplitWords(" \n").empty());
}

TEST(Words, StartsWithCapitalKnowsVietnameseCapitals) {
  EXPECT_TRUE(StartsWithCapital("Ý"));
  EXPECT_TRUE(StartsWithCapital("Đông"));
  EXPECT_TRUE(StartsWithCapital("Ứng"));
  EXPECT_TRUE(StartsWithCapital("“Ước"));
  EXPECT_FALSE(StartsWithCapital("đông"));
  EXPECT_FALSE(StartsWithCapital("ứng"));
  EXPECT_FALSE(StartsWithCapital("2021"));
  EXPECT_FALSE(StartsWithCapital(""));
}

TEST(Words, IsAllCapitalsNeedsALetterAndNoLowerCase) {
  EXPECT_TRUE(IsAllCapitals("CHÍNH TRỊ - XÃ HỘI 24"));
  EXPECT_FALSE(IsAllCapitals("CHÍNH TRị"));
  EXPECT_FALSE(IsAllCapitals("2021"));
}

TEST(Words, EndsAsSentenceLooksThroughClosingMarks) {
  EXPECT_TRUE(EndsAsSentence("Mọi người đều vui.”"));
  EXPECT_TRUE(EndsAsSentence("và nhiều việc khác…"));
  EXPECT_FALSE(EndsAsSentence("Ngày hội ở thôn Đoài"));
}

TEST(Words, StrayBytesAreNoLetters) {
  EXPECT_FALSE(HasLetter("\xFF\x80\xC3"));
  EXPECT_EQ(LeadingLetterBytes("\xFF"), 1u);
  EXPECT_EQ(LeadingLetterBytes("ứng"), 3u);
  EXPECT_EQ(LeadingLetterBytes(""), 0u);
}

TEST(Words, TrimSeparatorsTakesDashesAndBarsOffBothEnds) { EXPECT_EQ(TrimSeparators(" - Thu Cúc – | "), "Thu Cúc"); }

}  // namespace
}  // namespace tintinh::normalizer
