// Words that bind a sentence together and say little of what it is about: "là", "của", "có … không", "bao nhiêu".
#ifndef TINTINH_SERVICES_QUERY_PARSE_GRAMMAR_WORDS_H_
#define TINTINH_SERVICES_QUERY_PARSE_GRAMMAR_WORDS_H_

#include "absl/strings/string_view.h"

namespace tintinh::query {

// `exact_key` is of a grammar word.
bool IsGrammarWord(absl::string_view exact_key);

// `folded_key` is of a grammar word, or of another that differs only in its marks.
bool MayBeGrammarWord(absl::string_view folded_key);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_GRAMMAR_WORDS_H_
