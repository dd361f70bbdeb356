// From the analyzed clauses of an expression to the query the shards execute.
#ifndef TINTINH_SERVICES_QUERY_PARSE_LEAF_BUILDER_H_
#define TINTINH_SERVICES_QUERY_PARSE_LEAF_BUILDER_H_

#include <cstdint>
#include <vector>

#include "services/query/alias/alias.h"
#include "services/query/parse/analyzed_clause.h"
#include "services/query/parse/expression.h"
#include "services/query/parse/parse.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

// How much each kind of key counts; one with weight 0 is not looked for.
//
// Measured (README.md): about a third beside exact syllables and 0.6 beside folded ones give the best reciprocal ranks,
// and pairs of exact syllables are no better.
struct Routing {
  float exact, folded, pair;
  uint32_t pairs_per_required;  // where words are required, one pair in so many must be there; 0: none
};
inline constexpr Routing kMarked = {1.0F, 0.0F, 0.35F, 0};
inline constexpr Routing kWidened = {1.0F, 0.3F, 0.35F, 0};
// Nine of ten syllables share their letters with others: without marks only their neighbours tell what is meant.
inline constexpr Routing kUnmarked = {0.0F, 1.0F, 0.6F, 2};
// One or two syllables without marks may well be spelled that way ("thi ca"): as typed ranks first.
inline constexpr Routing kUnmarkedShort = {0.3F, 1.0F, 0.6F, 2};

struct BuiltQuery {
  v1::LeafQuery query;  // no node is set where nothing is looked for
  WantedKeys wanted;
  std::vector<ProvinceNames> provinces;
};

// `clauses` are those of the expression that have keys.
BuiltQuery BuildLeafQuery(const Expression& expression, const std::vector<AnalyzedClause>& clauses,
                          const Routing& routing, Ranking ranking);

// Nodes of the tree, a prefix counting as all it may be expanded to.
uint32_t CostOf(const v1::LeafQuery& query);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_LEAF_BUILDER_H_
