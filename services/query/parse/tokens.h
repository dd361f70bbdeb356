// The pieces that brackets, OR, scopes and '*' cut a reader's text into.
#ifndef TINTINH_SERVICES_QUERY_PARSE_TOKENS_H_
#define TINTINH_SERVICES_QUERY_PARSE_TOKENS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/query/parse/scope.h"
#include "services/query/parse/syntax.h"

namespace tintinh::query {

enum class TokenKind {
  kText,  // a word or a phrase, for ReadClauses; also every bracket, colon and '*' that means nothing
  kOr,    // between alternatives
  kOpen,  // a bracket that the token `partner` closes
  kClose,
  kPrefix,  // a word that ends in '*'
  kScoped,  // scope:value
};

struct Token {
  TokenKind kind = TokenKind::kText;
  size_t begin = 0;  // of its sign or scope, where it has one
  size_t end = 0;
  Occur occur = Occur::kShould;  // by its sign
  Scope scope = Scope::kNone;
  absl::string_view value;  // of kPrefix without '*', of kScoped without quotes
  bool quoted = false;
  bool prefix = false;  // of kScoped: the value ended in '*'
  size_t partner = 0;   // of kOpen and kClose: the index of the other
};

// Letters and digits, each with its marks.
size_t CountLetters(absl::string_view text);

// In their order. Any text has tokens: what is not closed, has no value, or stands inside a word, is text; so are
// brackets that hold nothing but plain words or one other pair of brackets, unless a sign or a scope stands before
// them, and all brackets of a text in which nothing else means anything. A name of a province or a district behind its
// scope goes on over several words, without quotes. Linear in the text but for the bracket depth.
//
// REQUIRES: white space in `text` is single ASCII blanks. The tokens point into it.
std::vector<Token> ReadTokens(absl::string_view text);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_TOKENS_H_
