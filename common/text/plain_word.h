// The short way to the keys of nearly every word of a Vietnamese text.
#ifndef TINTINH_COMMON_TEXT_PLAIN_WORD_H_
#define TINTINH_COMMON_TEXT_PLAIN_WORD_H_

#include <cstddef>
#include <cstdint>

namespace tintinh::text {

// Letters of a plain word; no Vietnamese syllable has more than seven.
constexpr size_t kMaxPlainLetters = 8;

struct PlainWord {
  uint64_t folded = 0;  // the bytes of the folded key, the first one lowest; `letters` of them
  const char* end = nullptr;
  uint8_t letters = 0;
  uint8_t exact_size = 0;
  uint8_t flags = 0;       // Letter::Flag of all letters together
  bool same_keys = false;  // the exact key is the folded one
};

// Reads the word at `at` and writes its exact key to `exact` (room for kMaxPlainKeyBytes). Says false of words it does
// not know: those with combining marks or invisible characters, with eth or letters of other scripts, with two tones,
// or longer; ReadWordLetters reads them. Where it says true, both give the same keys and the same end.
// REQUIRES: a letter or digit at `at`.
constexpr size_t kMaxPlainKeyBytes = 2 * kMaxPlainLetters + 1;
bool ReadPlainWord(const char* at, const char* limit, char* exact, PlainWord* word);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_PLAIN_WORD_H_
