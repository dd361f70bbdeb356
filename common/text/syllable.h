// The two keys under which a syllable is indexed, and what counts as a Vietnamese syllable.
#ifndef TINTINH_COMMON_TEXT_SYLLABLE_H_
#define TINTINH_COMMON_TEXT_SYLLABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "common/text/glyph.h"

namespace tintinh::text {

// A run of letters and digits is cut after this many: no word is longer, and keys stay below 200 bytes.
constexpr size_t kMaxWordLetters = 48;
constexpr size_t kMaxKeyBytes = 4 * kMaxWordLetters + 1;

struct WordLetters {
  std::array<Letter, kMaxWordLetters> letters;
  size_t size = 0;
  uint8_t all_flags = 0;      // Letter::Flag of all letters together
  const char* end = nullptr;  // behind the last letter

  bool HasAny(uint8_t flags) const { return (all_flags & flags) != 0; }
};

// Reads the letters and digits from `at` on, at most kMaxWordLetters; returns where reading goes on, `at` itself where
// no letter stands there. REQUIRES: at < limit.
const char* ReadWordLetters(const char* at, const char* limit, WordLetters* word);

// Turns eth into đ where the word is otherwise Vietnamese: letters of its alphabet only, at most one group of vowels.
// True if the word changed.
bool RepairEth(WordLetters* word);

// Writes a key to `out` (room for kMaxKeyBytes) and returns its size.
//
// Exact: lower case, the tone mark taken off its vowel and written as a digit behind, so that it does not matter where
// it was put: hóa and hoá give "hoa1" (1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng; a level tone has no digit). A word of
// letters that ends in a digit gets its tone always, 0 if level, so that A1 ("a10") is not á ("a1"). i and y as the
// whole rime after h k l m s t v x qu are one letter where a tone mark shows that it is no name: kỹ, kĩ give "ki4". A
// word with two tone marks is not one syllable and keeps them in place.
//
// Folded: as text::Fold, and i for that y whatever the tone.
size_t WriteExactKey(const WordLetters& word, char* out);
size_t WriteFoldedKey(const WordLetters& word, char* out);

// Whether the y that ends a word of so many letters is the whole rime, where it only spells i; by key.
// REQUIRES: `first` and `second` are the word's first letters, toneless; the last one is y.
struct FreeY {
  bool exact = false;  // if the word has a tone mark
  bool folded = false;
};
FreeY IsFreeY(size_t letters, char32_t first, char32_t second);

// The exact key of the first word of `utf8`, empty if there is none.
std::string ExactKeyOf(absl::string_view utf8);

// Any Vietnamese mark (tone or shape, composed or combining) or đ.
bool HasMark(absl::string_view utf8);

// One of the syllables of the list named in README.md, wherever its tone mark is put. `word` is one word in any form
// and case; false for everything longer.
bool IsVietnameseSyllable(absl::string_view word);

// Whether it is one in some tone: names of places and peoples (Chám, Pướt) keep to the rules of the language and are in
// no list.
bool MayBeVietnameseSyllable(absl::string_view word);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_SYLLABLE_H_
