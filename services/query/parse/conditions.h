// The conditions of a query as a filter of the shards.
#ifndef TINTINH_SERVICES_QUERY_PARSE_CONDITIONS_H_
#define TINTINH_SERVICES_QUERY_PARSE_CONDITIONS_H_

#include <optional>
#include <vector>

#include "services/query/parse/expression.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr int kMaxConditionValues = 100;    // of one scope
inline constexpr size_t kMaxConditionBytes = 255;  // of one value

// Conditions of one scope are alternatives, those of different scopes all hold, excluded ones are under `without`.
// Days are those of Viet Nam. Names of provinces and districts become official ones; document numbers are looked for as
// typed and in capitals. The first mistake where a value is no such thing, too long, or one too many; then `filter`
// is of no use.
std::optional<Mistake> ReadConditions(const std::vector<Condition>& conditions, v1::Filter& filter);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_CONDITIONS_H_
