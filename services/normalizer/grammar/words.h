// The shapes of words that the other grammars ask about: capitals, initials, sentence ends.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_WORDS_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_WORDS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

// The pieces between runs of ASCII white space; views into `line`, never empty.
std::vector<absl::string_view> SplitWords(absl::string_view line);

// True when the first letter of `word` is a capital, Vietnamese capitals included. Opening quotes, brackets and
// digits before it do not count as letters.
bool StartsWithCapital(absl::string_view word);

// True when `text` has a letter and no lower-case letter: "HOẠT ĐỘNG ĐẢNG", "P.V", "UBND".
bool IsAllCapitals(absl::string_view text);

bool HasLetter(absl::string_view text);
bool HasDigit(absl::string_view text);

// True when `text` ends as a sentence does: '.', '!', '?', '…', ':' or ';', closing quotes and brackets aside.
bool EndsAsSentence(absl::string_view text);

// Bytes of the code point at the start of `text` (1 for a stray byte); 0 when empty.
size_t LeadingLetterBytes(absl::string_view text);

// `text` without white space, dashes and bars at both ends.
absl::string_view TrimSeparators(absl::string_view text);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_WORDS_H_
