// What a reader's punctuation asks for: plain words, "phrases", +must, -not. No word is looked at yet.
#ifndef TINTINH_SERVICES_QUERY_PARSE_SYNTAX_H_
#define TINTINH_SERVICES_QUERY_PARSE_SYNTAX_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::query {

enum class Occur { kShould, kMust, kMustNot };

struct Clause {
  Occur occur = Occur::kShould;
  bool quoted = false;
  absl::string_view text;  // a slice of what ReadClauses was given, without signs and quotes; never empty
};

// Splits `text` into clauses, in their order. Consecutive plain words make one kShould clause. A phrase in quotes is
// kMust unless a '-' stands before it.
//
// Any text is read; nothing is an error. A sign counts only where a word begins and something follows it at once, so
// that "Hà Nội - Huế" and "22-NQ/TW" hold none. A quote opens only where a word begins ('tivi 24"' holds none); one
// that is never closed is dropped. Quotes of any language are equal. Linear in the size of the text.
//
// REQUIRES: white space in `text` is single ASCII blanks.
std::vector<Clause> ReadClauses(absl::string_view text);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_SYNTAX_H_
