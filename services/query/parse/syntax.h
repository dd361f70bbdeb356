// What a reader's signs and quotes ask for: plain words, "phrases", +must, -not. No word is looked at yet.
#ifndef TINTINH_SERVICES_QUERY_PARSE_SYNTAX_H_
#define TINTINH_SERVICES_QUERY_PARSE_SYNTAX_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::query {

enum class Occur { kShould, kMust, kMustNot };
enum class Where { kAnywhere, kTitle };

// What '+' and '-' ask for.
std::optional<Occur> SignOccur(char sign);

// Finds phrases in quotes; quotes of any language are equal. Asked for rising places, it is linear in the text.
class QuoteFinder {
 public:
  explicit QuoteFinder(absl::string_view text) : text_(text) {}

  struct Quoted {
    size_t begin, end;  // of what is inside
    size_t behind;      // the closing quote
  };
  // Nothing where no quote stands at `at`, or none closes it.
  std::optional<Quoted> At(size_t at);

 private:
  const absl::string_view text_;
  bool more_quotes_ = true;
};

struct Clause {
  Occur occur = Occur::kShould;
  bool quoted = false;
  absl::string_view text;  // a slice of what ReadClauses was given, without signs and quotes; never empty
  bool prefix = false;     // words that begin with `text`, which is one word
  Where where = Where::kAnywhere;
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
