#include "common/text/letter.h"

#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

TEST(LetterTest, EveryVietnameseVowelHasItsToneItsFoldAndItsCapital) {
  for (size_t vowel = 0; vowel < kVowels; ++vowel) {
    for (uint8_t tone = 0; tone < 6; ++tone) {
      const char32_t lower = kTonedVowels[vowel][tone];
      const Letter letter = ClassifyLetter(lower);
      EXPECT_EQ(letter.toneless, kTonedVowels[vowel][0]);
      EXPECT_EQ(letter.tone, tone);
      EXPECT_EQ(letter.fold, kVowelFolds[vowel]);
      EXPECT_EQ(TonedLetter(letter), lower);
      const Letter capital = ClassifyLetter(UpperOf(lower));
      EXPECT_EQ(TonedLetter(capital), lower);
      EXPECT_NE(capital.flags & Letter::kUpper, 0);
    }
  }
}

// The table against ICU, so that no row sits in another's slot.
TEST(LetterTest, TableAgreesWithUnicode) {
  for (char32_t value = 0; value < 0x2000; ++value) {
    const Letter letter = ClassifyLetter(value);
    if (letter.kind != LetterKind::kLetter || value == 0x256 || value == 0x189) continue;
    EXPECT_EQ(TonedLetter(letter), LowerOf(value)) << std::hex << static_cast<uint32_t>(value);
    EXPECT_EQ((letter.flags & Letter::kUpper) != 0, LowerOf(value) != value)
        << std::hex << static_cast<uint32_t>(value);
  }
}

TEST(LetterTest, EthAndRetroflexDAreMarkedAsEth) {
  for (const char32_t value : {U'ð', U'Ð', U'ɖ', U'Ɖ'}) {
    EXPECT_NE(ClassifyLetter(value).flags & Letter::kEth, 0);
    EXPECT_EQ(ClassifyLetter(value).fold, 'd');
  }
  EXPECT_EQ(ClassifyLetter(U'đ').flags & Letter::kEth, 0);
}

TEST(LetterTest, ForeignLettersFoldToTheAsciiLetterUnderThem) {
  EXPECT_EQ(ClassifyLetter(U'ü').fold, 'u');
  EXPECT_EQ(ClassifyLetter(U'Ñ').fold, 'n');
  EXPECT_EQ(ClassifyLetter(U'ǘ').fold, 'u');
  EXPECT_EQ(ClassifyLetter(U'ß').fold, 0);
  EXPECT_EQ(ClassifyLetter(U'Я').toneless, U'я');
}

TEST(LetterTest, DigitsOfAnyScriptAndRaisedOnesAreAsciiDigits) {
  for (const char32_t value : {U'2', U'²', U'２', U'२'}) {
    EXPECT_EQ(ClassifyLetter(value).kind, LetterKind::kDigit);
    EXPECT_EQ(ClassifyLetter(value).toneless, U'2');
  }
}

TEST(LetterTest, PunctuationMarksAndTypographicApostrophesAreNoLetters) {
  for (const char32_t value : {U' ', U'-', U'\u00A0', U'\u00AD', U'\u2019', U'\u02BC', U'\u0301', U'\uFFFD'}) {
    EXPECT_EQ(ClassifyLetter(value).kind, LetterKind::kNone) << std::hex << static_cast<uint32_t>(value);
  }
}

TEST(LetterTest, AddMarkTakesEachMarkOnceInAnyOrder) {
  const Mark hat = ClassifyMark(0x302);
  const Mark dot = ClassifyMark(0x323);
  Letter letter = ClassifyLetter(U'e');
  EXPECT_TRUE(AddMark(dot, &letter) && AddMark(hat, &letter) && AddMark(dot, &letter));
  EXPECT_EQ(TonedLetter(letter), U'ệ');
}

TEST(LetterTest, ASecondToneOrShapeIsRefusedAndTheLetterStays) {
  Letter letter = ClassifyLetter(U'ấ');
  EXPECT_FALSE(AddMark(ClassifyMark(0x300), &letter));
  EXPECT_FALSE(AddMark(ClassifyMark(0x306), &letter));
  EXPECT_EQ(TonedLetter(letter), U'ấ');
  Letter consonant = ClassifyLetter(U'n');
  EXPECT_FALSE(AddMark(ClassifyMark(0x303), &consonant));
}

}  // namespace
}  // namespace tintinh::text
