#include "common/text/syllable.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

std::string FoldedKeyOf(absl::string_view word) {
  WordLetters letters;
  ReadWordLetters(word.data(), word.data() + word.size(), &letters);
  RepairEth(&letters);
  char key[kMaxKeyBytes];
  return std::string(key, WriteFoldedKey(letters, key));
}

TEST(ExactKeyTest, ThePlaceOfTheToneMarkDoesNotCount) {
  const std::vector<std::vector<const char*>> classes = {
      {"hòa", "hoà", "HÒA", "Hoa\u0300"}, {"hóa", "hoá"},       {"thủy", "thuỷ"}, {"tụy", "tuỵ"},
      {"việt", "vịêt", "viê\u0323t"},     {"thuyến", "thuýên"}, {"khỏe", "khoẻ"}, {"huỳnh", "hùynh"}};
  for (const auto& forms : classes) {
    for (const char* form : forms) EXPECT_EQ(ExactKeyOf(form), ExactKeyOf(forms[0])) << form;
  }
}

TEST(ExactKeyTest, LettersWithoutToneAreFollowedByTheToneDigit) {
  EXPECT_EQ(ExactKeyOf("hóa"), "hoa1");
  EXPECT_EQ(ExactKeyOf("hòa"), "hoa2");
  EXPECT_EQ(ExactKeyOf("hỏa"), "hoa3");
  EXPECT_EQ(ExactKeyOf("hõa"), "hoa4");
  EXPECT_EQ(ExactKeyOf("họa"), "hoa5");
  EXPECT_EQ(ExactKeyOf("hoa"), "hoa");
  EXPECT_EQ(ExactKeyOf("Đường"), "đương2");
}

TEST(ExactKeyTest, ShapeMarksAndStrokeKeepSyllablesApart) {
  EXPECT_NE(ExactKeyOf("dương"), ExactKeyOf("đương"));
  EXPECT_NE(ExactKeyOf("cân"), ExactKeyOf("căn"));
}

TEST(ExactKeyTest, WordsOfLettersThatEndInADigitAreNoTonedSyllables) {
  EXPECT_NE(ExactKeyOf("A1"), ExactKeyOf("á"));
  EXPECT_NE(ExactKeyOf("A10"), ExactKeyOf("A1"));
  EXPECT_EQ(ExactKeyOf("A1"), "a10");
  EXPECT_EQ(ExactKeyOf("2020"), "2020");
}

TEST(ExactKeyTest, IAndYAreOneLetterInBareTonedRimes) {
  const std::vector<std::pair<const char*, const char*>> same = {
      {"kĩ", "kỹ"}, {"mĩ", "mỹ"},   {"lí", "lý"}, {"kì", "kỳ"}, {"tỉ", "tỷ"},
      {"sĩ", "sỹ"}, {"quí", "quý"}, {"hí", "hý"}, {"vị", "vỵ"}, {"xí", "xý"}};
  for (const auto& [i, y] : same) {
    EXPECT_EQ(ExactKeyOf(i), ExactKeyOf(y)) << i;
    EXPECT_EQ(FoldedKeyOf(i), FoldedKeyOf(y)) << i;
  }
}

TEST(ExactKeyTest, LevelToneNamesAreApartInTheExactKeyAndTogetherInTheFoldedKey) {
  for (const auto& [i, y] :
       std::vector<std::pair<const char*, const char*>>{{"mi", "my"}, {"li", "ly"}, {"vi", "vy"}, {"thi", "thy"}}) {
    EXPECT_NE(ExactKeyOf(i), ExactKeyOf(y)) << i;
    EXPECT_EQ(FoldedKeyOf(i), FoldedKeyOf(y)) << i;
  }
}

TEST(ExactKeyTest, OtherYStaysY) {
  for (const auto& [i, y] : std::vector<std::pair<const char*, const char*>>{
           {"tai", "tay"}, {"thúi", "thúy"}, {"di", "dy"}, {"hai", "hay"}, {"í", "ý"}}) {
    EXPECT_NE(FoldedKeyOf(i), FoldedKeyOf(y)) << i;
  }
}

TEST(ExactKeyTest, AWordWithTwoTonesKeepsThemInPlace) { EXPECT_EQ(ExactKeyOf("hòabình"), "hòabình"); }

TEST(SyllableTest, EthIsRepairedOnlyInVietnameseWords) {
  EXPECT_EQ(ExactKeyOf("Ðồng"), ExactKeyOf("Đồng"));
  EXPECT_EQ(ExactKeyOf("HÐND"), ExactKeyOf("HĐND"));
  EXPECT_EQ(ExactKeyOf("Guðmund"), "guðmund");
}

TEST(SyllableTest, WordsAreCutAtTheBound) {
  const std::string run(1000, 'a');
  WordLetters word;
  const char* next = ReadWordLetters(run.data(), run.data() + run.size(), &word);
  EXPECT_EQ(next - run.data(), static_cast<std::ptrdiff_t>(kMaxWordLetters));
  EXPECT_EQ(word.size, kMaxWordLetters);
}

TEST(SyllableTest, HasMarkSeesToneShapeAndStrokeComposedOrNot) {
  for (const char* text : {"xã", "Đ", "ư", "viê", "e\u0323", "so o\u0302", "Ð"}) EXPECT_TRUE(HasMark(text)) << text;
  for (const char* text : {"", "lap thach", "Müller", "22-NQ/TW", "’ – …"}) EXPECT_FALSE(HasMark(text)) << text;
}

TEST(SyllableTest, KnowsVietnameseSyllablesWhereverTheToneIsPut) {
  for (const char* word : {"hoà", "hòa", "HỘI", "nghiêng", "vịêt", "kỹ", "kĩ", "a"})
    EXPECT_TRUE(IsVietnameseSyllable(word)) << word;
  for (const char* word : {"", "hcm", "ubnd", "tp", "giuong2", "hội nghị", "xyz", "côté", "\xFF"}) {
    EXPECT_FALSE(IsVietnameseSyllable(word)) << word;
  }
}

}  // namespace
}  // namespace tintinh::text
