// The shape of a query: what brackets hold together, what OR separates, and which conditions articles must meet.
#ifndef TINTINH_SERVICES_QUERY_PARSE_EXPRESSION_H_
#define TINTINH_SERVICES_QUERY_PARSE_EXPRESSION_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/query/parse/scope.h"
#include "services/query/parse/syntax.h"

namespace tintinh::query {

inline constexpr size_t kMaxBracketDepth = 16;
inline constexpr size_t kMaxGroupDepth = 4;  // of brackets that mean something
inline constexpr size_t kMaxPrefixWords = 4;

// What a reader must be told, and where: a byte offset in the text.
struct Mistake {
  size_t offset;
  std::string what;
};

struct Item;
using Alternative = std::vector<Item>;

// Brackets. All that an alternative holds is required.
struct Group {
  std::vector<Alternative> alternatives;
};

struct Item {
  Occur occur;
  size_t clause = 0;                       // index in Expression::clauses
  std::unique_ptr<Group> group = nullptr;  // instead of a clause
};

// Of articles: any of the values. Counts for the whole query.
struct Condition {
  Scope scope;
  bool negated = false;
  size_t offset = 0;
  std::vector<absl::string_view> values;
};

struct Expression {
  std::vector<Clause> clauses;  // in the order of the text
  // One, as a query without OR, in which plain words are optional; or several, of which one must be met.
  std::vector<Alternative> alternatives;
  std::vector<Condition> conditions;
  std::optional<Mistake> mistake;  // then nothing else is of use
};

// Every text is an expression, except one that puts conditions where no index could follow (as one of several
// alternatives, next to words; in excluded brackets), nests too deep or has too many words ending in '*'. The
// expression points into `text`.
//
// REQUIRES: white space in `text` is single ASCII blanks.
Expression ReadExpression(absl::string_view text);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_EXPRESSION_H_
