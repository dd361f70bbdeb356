// Vietnamese typed with the keyboard helper switched off: "vieetj nam" (Telex) and "vie65t nam" (VNI) for "việt nam".
#ifndef TINTINH_SERVICES_QUERY_TELEX_TELEX_H_
#define TINTINH_SERVICES_QUERY_TELEX_TELEX_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::query {

// The syllable that the keys spell, in lower case, marks typed in place or at the end of the word; empty when they
// spell none. `keys` are ASCII letters and digits; more than 16 spell none.
std::string DecodeWord(absl::string_view keys);

struct DecodedTyping {
  std::string text;                    // empty: the text is not such typing
  std::vector<std::string> odd_words;  // as typed, lower case: no syllables, and what speaks for the decoding
  size_t words = 0;                    // of the text
};

// Decodes a text without any mark of which a quarter of the words at least, those of one or two letters aside, are no
// syllables as typed and become syllables with marks. In such a text every word is keys: those that are syllables as
// typed ("khoong") are decoded with the others. What spells no syllable with marks stays. Since "teen" would be "tên"
// too, it is for the caller to see how many of the odd words are unknown, and whether that is enough. OR,
// names of scopes, and ids, numbers and days behind them (services/query/LANGUAGE.md) are no words. Linear.
DecodedTyping DecodeTyping(absl::string_view text);

// Whether `unknown` of the odd words still are a quarter of all words.
bool IsTyping(const DecodedTyping& decoded, size_t unknown);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_TELEX_TELEX_H_
