#include "common/text/letter.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

namespace tintinh::text {
namespace {

bool IsVietnameseVowel(const Letter& letter) { return (letter.flags & Letter::kVowel) != 0; }

size_t VowelRow(char32_t toneless) {
  size_t row = 0;
  while (row < kVowels && kTonedVowels[row][0] != toneless) ++row;
  return row;
}

// The row of `base` with `shape`, or kVowels where Vietnamese has no such letter.
size_t ShapedRow(char32_t base, Shape shape) {
  struct Rule {
    char32_t base;
    Shape shape;
    char32_t shaped;
  };
  constexpr Rule kRules[] = {{U'a', Shape::kCircumflex, U'â'}, {U'a', Shape::kBreve, U'ă'},
                             {U'e', Shape::kCircumflex, U'ê'}, {U'o', Shape::kCircumflex, U'ô'},
                             {U'o', Shape::kHorn, U'ơ'},       {U'u', Shape::kHorn, U'ư'}};
  for (const Rule& rule : kRules) {
    if (rule.shape == shape && (rule.base == base || rule.shaped == base)) return VowelRow(rule.shaped);
  }
  return kVowels;
}

// The ASCII letter under all canonical decompositions, or 0.
char AsciiBase(char32_t lower) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&error);
  auto point = static_cast<UChar32>(lower);
  for (int depth = 0; depth < 4 && U_SUCCESS(error); ++depth) {
    UChar parts[32];
    const int32_t size = unorm2_getRawDecomposition(nfc, point, parts, 32, &error);
    if (size <= 0) break;
    point = parts[0];
  }
  return point >= 'a' && point <= 'z' ? static_cast<char>(point) : '\0';
}

bool IsMarkType(int8_t type) {
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

}  // namespace

Letter ClassifyForeign(char32_t value) {
  if (value < 0xC0 || (value >= 0x2000 && value <= 0x206F)) return {};
  const auto point = static_cast<UChar32>(value);
  const int8_t type = u_charType(point);
  if (type == U_DECIMAL_DIGIT_NUMBER) {
    const auto digit = static_cast<char>('0' + u_charDigitValue(point));
    return {static_cast<char32_t>(digit), digit, kLevel, LetterKind::kDigit, Letter::kDigit};
  }
  // Apostrophes that Unicode calls letters part names like H’Drai as the other apostrophes do.
  const bool apostrophe = value == 0x02BB || value == 0x02BC;
  if (apostrophe || !(u_isalpha(point) || IsMarkType(type)) || IsCombining(value)) return {};
  const char32_t lower = LowerOf(value);
  return {lower, AsciiBase(lower), kLevel, LetterKind::kLetter,
          static_cast<uint8_t>(Letter::kAlphabetic | Letter::kForeign | (lower != value ? Letter::kUpper : 0))};
}

char32_t TonedLetter(const Letter& letter) {
  if (letter.tone == kLevel) return letter.toneless;
  return kTonedVowels[VowelRow(letter.toneless)][letter.tone];
}

Mark ClassifyMark(char32_t value) {
  switch (value) {
    case 0x0301:
    case 0x0341:
      return {.is_tone = true, .tone = kSac};
    case 0x0300:
    case 0x0340:
      return {.is_tone = true, .tone = kHuyen};
    case 0x0309:
      return {.is_tone = true, .tone = kHoi};
    case 0x0303:
      return {.is_tone = true, .tone = kNga};
    case 0x0323:
      return {.is_tone = true, .tone = kNang};
    case 0x0302:
      return {.is_shape = true, .shape = Shape::kCircumflex};
    case 0x0306:
      return {.is_shape = true, .shape = Shape::kBreve};
    case 0x031B:
      return {.is_shape = true, .shape = Shape::kHorn};
    default:
      return {};
  }
}

bool AddMark(const Mark& mark, Letter* letter) {
  if (!IsVietnameseVowel(*letter) || (!mark.is_tone && !mark.is_shape)) return false;
  if (mark.is_tone) {
    if (letter->tone != kLevel && letter->tone != mark.tone) return false;
    letter->tone = mark.tone;
    letter->flags |= Letter::kToned;
    return true;
  }
  const size_t row = ShapedRow(letter->toneless, mark.shape);
  if (row == kVowels) return false;
  letter->toneless = kTonedVowels[row][0];
  return true;
}

bool IsCombining(char32_t value) {
  // Latin, Vietnamese and punctuation have none; asked for nearly every character that is not ASCII.
  if (value < 0x300 || (value >= 0x1E00 && value < 0x20D0)) return false;
  if (value < 0x34F) return true;  // nearly all that Vietnamese texts have
  return u_getCombiningClass(static_cast<UChar32>(value)) != 0;
}

char32_t LowerOf(char32_t value) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(value))); }

}  // namespace tintinh::text
