// Cuts a text into words (runs of letters and digits), and says what stands between them.
#ifndef TINTINH_COMMON_TEXT_WORDS_H_
#define TINTINH_COMMON_TEXT_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/text/letter.h"

namespace tintinh::text {

// What stands before a word. Dashes, apostrophes and slashes of every kind count as their ASCII form.
struct Gap {
  char mark = 0;              // the one character that is not white space; 0 for none, '?' for several or another
  char closest = 0;           // the character right before the word, likewise; ' ' for white space
  uint8_t spaces_before = 0;  // of the mark, counted up to 2; all of them where there is no mark
  uint8_t spaces_after = 0;
  bool line_break = false;
  bool sentence_break = false;  // sentence punctuation, a line break or a bullet

  // The word stands against the mark on both sides, or with at most one space each where `spaced` tells so.
  bool IsTight(char wanted) const { return mark == wanted && spaces_before + spaces_after == 0 && !line_break; }
  bool IsLoose(char wanted) const { return mark == wanted && spaces_before <= 1 && spaces_after <= 1 && !line_break; }
};

struct Word {
  enum Flag : uint8_t {
    kHasLetter = Letter::kAlphabetic,
    kHasDigit = Letter::kDigit,
    kHasVowel = Letter::kVowel,
    kHasTone = Letter::kToned
  };
  uint64_t folded_hash = 0;  // StableHash of the folded key
  uint32_t begin = 0;        // bytes of the source
  uint32_t end = 0;
  uint32_t position = 0;     // counted from 0; one is left free where a sentence ends
  uint32_t exact_begin = 0;  // in WordList::keys
  uint32_t folded_begin = 0;
  uint8_t exact_size = 0;
  uint8_t folded_size = 0;
  uint8_t letters = 0;  // letters and digits
  uint8_t flags = 0;    // Letter::Flag of all letters together
  Gap gap;

  bool IsNumber() const { return (flags & (kHasLetter | kHasDigit)) == kHasDigit; }
  bool IsLetters() const { return (flags & (kHasLetter | kHasDigit)) == kHasLetter; }
  bool Has(Flag flag) const { return (flags & flag) != 0; }
  // `next` is the word behind, in the same sentence.
  bool IsNextTo(const Word& next) const { return next.position == position + 1; }
};

struct WordList {
  absl::string_view source;  // must outlive the list
  std::vector<Word> words;
  std::string keys;

  absl::string_view Exact(const Word& word) const { return {keys.data() + word.exact_begin, word.exact_size}; }
  absl::string_view Folded(const Word& word) const { return {keys.data() + word.folded_begin, word.folded_size}; }
  absl::string_view Source(const Word& word) const { return source.substr(word.begin, word.end - word.begin); }
};

// Sources are read up to this many bytes, so that every offset fits.
constexpr size_t kMaxSourceBytes = size_t{256} << 20;

// Any bytes; linear. Grouped numbers (3.500) become one word (3500). The views of the result point into `source`. Uses
// the memory that `list` has and drops what is in it.
void ScanWords(absl::string_view source, WordList* list);
WordList ScanWords(absl::string_view source);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_WORDS_H_
