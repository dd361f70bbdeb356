// What one code point is to a Vietnamese text: which letter, with which tone. The 144 letters with marks and ASCII come
// from a table; every other code point is asked of ICU.
#ifndef TINTINH_COMMON_TEXT_LETTER_H_
#define TINTINH_COMMON_TEXT_LETTER_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace tintinh::text {

// The numbers that VNI typing uses.
enum Tone : uint8_t { kLevel = 0, kSac = 1, kHuyen = 2, kHoi = 3, kNga = 4, kNang = 5 };

enum class LetterKind : uint8_t { kNone, kLetter, kDigit };

struct Letter {
  enum Flag : uint8_t {
    kUpper = 1,
    kVowel = 2,     // one of the twelve Vietnamese vowel letters
    kEth = 4,       // ð or ɖ, which stand for đ in Vietnamese words
    kForeign = 8,   // not of the Vietnamese alphabet and not ASCII
    kUnknown = 16,  // the table does not know: ask ClassifyForeign
    kToned = 32,    // carries a tone mark
    kDigit = 64,
    kAlphabetic = 128  // a letter
  };
  char32_t toneless = 0;  // lower case, shape mark kept, tone mark off; a digit's ASCII digit
  char fold = 0;          // ASCII, every mark off; 0 where there is no ASCII letter for it
  Tone tone = kLevel;
  LetterKind kind = LetterKind::kNone;
  uint8_t flags = 0;
};

// Rows in the order of `kVowelFolds`, columns in the order of Tone.
constexpr size_t kVowels = 12;
constexpr char32_t kTonedVowels[kVowels][6] = {
    {U'a', U'á', U'à', U'ả', U'ã', U'ạ'}, {U'ă', U'ắ', U'ằ', U'ẳ', U'ẵ', U'ặ'}, {U'â', U'ấ', U'ầ', U'ẩ', U'ẫ', U'ậ'},
    {U'e', U'é', U'è', U'ẻ', U'ẽ', U'ẹ'}, {U'ê', U'ế', U'ề', U'ể', U'ễ', U'ệ'}, {U'i', U'í', U'ì', U'ỉ', U'ĩ', U'ị'},
    {U'o', U'ó', U'ò', U'ỏ', U'õ', U'ọ'}, {U'ô', U'ố', U'ồ', U'ổ', U'ỗ', U'ộ'}, {U'ơ', U'ớ', U'ờ', U'ở', U'ỡ', U'ợ'},
    {U'u', U'ú', U'ù', U'ủ', U'ũ', U'ụ'}, {U'ư', U'ứ', U'ừ', U'ử', U'ữ', U'ự'}, {U'y', U'ý', U'ỳ', U'ỷ', U'ỹ', U'ỵ'}};
constexpr char kVowelFolds[kVowels + 1] = "aaaeeiooouuy";

// The capital of a letter of the Vietnamese alphabet.
constexpr char32_t UpperOf(char32_t lower) { return lower < 0x100 ? lower - 0x20 : lower - 1; }

namespace letter_table {

constexpr char32_t kLowEnd = 0x260;
constexpr char32_t kHighBegin = 0x1EA0;
constexpr char32_t kHighEnd = 0x1F00;
constexpr size_t kSize = kLowEnd + (kHighEnd - kHighBegin);
using Table = std::array<Letter, kSize>;

constexpr bool HasSlot(char32_t value) { return value < kLowEnd || (value >= kHighBegin && value < kHighEnd); }

// REQUIRES: HasSlot.
constexpr size_t Slot(char32_t value) { return value < kLowEnd ? value : kLowEnd + (value - kHighBegin); }

constexpr void Put(Table& table, char32_t lower, const Letter& letter) {
  table[Slot(lower)] = letter;
  Letter capital = letter;
  capital.flags = static_cast<uint8_t>(letter.flags | Letter::kUpper);
  table[Slot(UpperOf(lower))] = capital;
}

constexpr Table Build() {
  Table table{};
  for (size_t i = 0x80; i < kSize; ++i) table[i].flags = Letter::kUnknown;
  for (char c = '0'; c <= '9'; ++c) {
    table[static_cast<size_t>(c)] = {static_cast<char32_t>(c), c, kLevel, LetterKind::kDigit, Letter::kDigit};
  }
  for (char c = 'a'; c <= 'z'; ++c) {
    Put(table, static_cast<char32_t>(c),
        {static_cast<char32_t>(c), c, kLevel, LetterKind::kLetter, Letter::kAlphabetic});
  }
  for (size_t vowel = 0; vowel < kVowels; ++vowel) {
    for (uint8_t tone = 0; tone < 6; ++tone) {
      Put(table, kTonedVowels[vowel][tone],
          {kTonedVowels[vowel][0], kVowelFolds[vowel], static_cast<Tone>(tone), LetterKind::kLetter,
           static_cast<uint8_t>(Letter::kAlphabetic | Letter::kVowel | (tone == 0 ? 0 : Letter::kToned))});
    }
  }
  Put(table, U'đ', {U'đ', 'd', kLevel, LetterKind::kLetter, Letter::kAlphabetic});
  Put(table, U'ð', {U'ð', 'd', kLevel, LetterKind::kLetter, Letter::kAlphabetic | Letter::kEth});
  table[Slot(U'ɖ')] = table[Slot(U'ð')];  // ɖ and its capital Ɖ
  table[Slot(U'Ɖ')] = table[Slot(U'Ð')];
  table[Slot(U'²')] = {U'2', '2', kLevel, LetterKind::kDigit, Letter::kDigit};  // m² is m2
  table[Slot(U'³')] = {U'3', '3', kLevel, LetterKind::kDigit, Letter::kDigit};
  return table;
}

inline constexpr Table kTable = Build();

}  // namespace letter_table

// The letter or digit that a code point outside the table is; kind kNone for everything else.
Letter ClassifyForeign(char32_t value);

inline Letter ClassifyLetter(char32_t value) {
  using letter_table::kTable;
  if (value < 0x80) return kTable[value];
  if (letter_table::HasSlot(value)) {
    const Letter& letter = kTable[letter_table::Slot(value)];
    if ((letter.flags & Letter::kUnknown) == 0) return letter;
  }
  return ClassifyForeign(value);
}

// The lower-case letter with its tone in one code point; letters that carry no tone come back as they are.
char32_t TonedLetter(const Letter& letter);

enum class Shape : uint8_t { kCircumflex, kBreve, kHorn };

// The combining marks Vietnamese uses (U+0340 and U+0341 are their deprecated doubles).
struct Mark {
  bool is_tone = false;
  bool is_shape = false;
  Tone tone = kLevel;
  Shape shape = Shape::kCircumflex;
};
Mark ClassifyMark(char32_t value);

// Puts one mark on `letter`: true when the result is a Vietnamese letter. A mark it already carries changes nothing;
// a second, different tone or shape is refused and leaves `letter` as it was.
bool AddMark(const Mark& mark, Letter* letter);

// Canonical_Combining_Class other than 0.
bool IsCombining(char32_t value);

// Characters that only steer layout and are dropped from texts: soft hyphen, zero-width space, joiners, word joiner,
// byte order mark.
constexpr bool IsInvisible(char32_t value) {
  return value == 0xAD || (value >= 0x200B && value <= 0x200D) || value == 0x2060 || value == 0xFEFF;
}

// Lower case of any code point, by Unicode's simple mapping.
char32_t LowerOf(char32_t value);
}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_LETTER_H_
