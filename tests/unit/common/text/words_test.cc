#include "common/text/words.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Folded(absl::string_view source) {
  const WordList list = ScanWords(source);
  std::vector<std::string> folded;
  for (const Word& word : list.words) folded.emplace_back(list.Folded(word));
  return folded;
}

Gap GapBetween(absl::string_view source) { return ScanWords(source).words.at(1).gap; }

TEST(WordsTest, CutsAtEverythingThatIsNoLetterOrDigit) {
  EXPECT_THAT(Folded("Kỳ họp (thứ 9), HĐND-2026: “xong”"),
              ElementsAre("ki", "hop", "thu", "9", "hdnd", "2026", "xong"));
  EXPECT_THAT(Folded(""), ElementsAre());
  EXPECT_THAT(Folded(" .,; \u200B"), ElementsAre());
}

TEST(WordsTest, OffsetsCoverLettersWithTheirMarksAndNothingElse) {
  const std::string source = "«Vie\u0323\u0302t\u200B» a\u0301";
  const WordList list = ScanWords(source);
  ASSERT_EQ(list.words.size(), 2U);
  EXPECT_EQ(list.Source(list.words[0]), "Vie\u0323\u0302t");
  EXPECT_EQ(list.Source(list.words[1]), "a\u0301");
}

TEST(WordsTest, SoftHyphensAndZeroWidthSpacesDoNotCutWords) {
  EXPECT_THAT(Folded("nghị\u00ADquyết Hà\u200BNội"), ElementsAre("nghiquyet", "hanoi"));
}

TEST(WordsTest, GroupedNumbersAreOneWord) {
  EXPECT_THAT(Folded("3.500 và 1.234.567 tấn"), ElementsAre("3500", "va", "1234567", "tan"));
  const WordList list = ScanWords("hơn 1.250 km");
  EXPECT_EQ(list.Source(list.words[1]), "1.250");
}

TEST(WordsTest, OtherDottedNumbersAreNotGrouped) {
  EXPECT_THAT(Folded("18.08.2026"), ElementsAre("18", "08", "2026"));
  EXPECT_THAT(Folded("1.5"), ElementsAre("1", "5"));
  EXPECT_THAT(Folded("1.234.56"), ElementsAre("1", "234", "56"));
  EXPECT_THAT(Folded("0.125"), ElementsAre("0", "125"));
  EXPECT_THAT(Folded("Năm 3. 500 hộ"), ElementsAre("nam", "3", "500", "ho"));
}

TEST(WordsTest, GapsNameTheirMarkInOneForm) {
  for (const char* text : {"a-b", "a–b", "a−b", "a‑b", "a—b"}) EXPECT_TRUE(GapBetween(text).IsTight('-')) << text;
  for (const char* text : {"a'b", "a’b", "a‘b", "aʼb", "a`b", "a´b"})
    EXPECT_TRUE(GapBetween(text).IsTight('\'')) << text;
  EXPECT_TRUE(GapBetween("a/b").IsTight('/'));
  EXPECT_EQ(GapBetween("a...b").mark, '?');
  EXPECT_EQ(GapBetween("a b").mark, 0);
}

TEST(WordsTest, LooseGapsAllowOneSpaceOnEachSide) {
  EXPECT_TRUE(GapBetween("a - b").IsLoose('-'));
  EXPECT_FALSE(GapBetween("a - b").IsTight('-'));
  EXPECT_FALSE(GapBetween("a  - b").IsLoose('-'));
  EXPECT_FALSE(GapBetween("a -\nb").IsLoose('-'));
}

TEST(WordsTest, SentencesEndAtTheirPunctuation) {
  for (const char* text : {"a. b", "a! b", "a? b", "a; b", "a… b", "a: b", "a\nb", "a • b", "a.” b", "a... b"}) {
    EXPECT_TRUE(GapBetween(text).sentence_break) << text;
  }
  for (const char* text : {"a b", "a, b", "a.b", "a:b", "a - b", "a (b", "a “b”", "a/b", "a\tb"}) {
    EXPECT_FALSE(GapBetween(text).sentence_break) << text;
  }
}

TEST(WordsTest, LongRunsAreCutIntoPieces) {
  const WordList list = ScanWords(std::string(1000, 'x'));
  EXPECT_EQ(list.words.size(), 21U);
  EXPECT_TRUE(list.words.back().IsLetters());
}

TEST(WordsTest, LongChainsOfNumbersAreReadOnce) {
  std::string chain = "1";
  for (int i = 0; i < 200000; ++i) chain += ".234";
  EXPECT_EQ(ScanWords(chain).words.size(), 200001U);
}

}  // namespace
}  // namespace tintinh::text
