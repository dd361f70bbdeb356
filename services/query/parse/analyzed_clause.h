// A clause of the query as keys of the analyzer, sorted by kind.
#ifndef TINTINH_SERVICES_QUERY_PARSE_ANALYZED_CLAUSE_H_
#define TINTINH_SERVICES_QUERY_PARSE_ANALYZED_CLAUSE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/text/analyzer.h"
#include "services/query/parse/key_prefix.h"
#include "services/query/parse/syntax.h"

namespace tintinh::query {

struct Key {
  std::string bytes;
  uint32_t position;
  uint32_t begin, end;   // byte offsets in the clause
  uint32_t span = 1;     // positions covered
  bool grammar = false;  // a syllable that is a grammar word or, without marks in the clause, may be one
};

// Each vector is in the order of positions.
struct AnalyzedClause {
  size_t index = 0;  // of the clause among those given
  Occur occur = Occur::kShould;
  bool quoted = false;
  bool marked = false;  // some syllable has a mark
  Where where = Where::kAnywhere;
  std::optional<KeyPrefix> prefix;  // where words that begin so are meant
  std::vector<Key> exact, folded, pairs, identifiers;
};

// Analyzes clauses until they have `max_terms` exact keys together, and at most as many of every other kind; sets
// `*shortened` when something was left out. Clauses without any key are left out silently.
std::vector<AnalyzedClause> AnalyzeClauses(const std::vector<Clause>& clauses, uint32_t max_terms, bool* shortened);

// One key for each position: of several at one position (the joined form of "H'Drai" stands where its "h" does)
// the one with the shortest span.
std::vector<const Key*> OnePerPosition(const std::vector<Key>& keys);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_ANALYZED_CLAUSE_H_
