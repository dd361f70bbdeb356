// From the filter a client sends to the one the shards apply.
#ifndef TINTINH_SERVICES_QUERY_FILTER_RESOLVE_FILTER_H_
#define TINTINH_SERVICES_QUERY_FILTER_RESOLVE_FILTER_H_

#include "absl/status/statusor.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr int kMaxFilterValues = 100;  // of each repeated field
inline constexpr int kMaxFilterValueBytes = 255;
inline constexpr int kMaxNestedFilters = 16;  // also, and as many without

// Turns province names of any spelling and of either epoch into official names and the dashes of document numbers
// into '-'. INVALID_ARGUMENT, naming field, value and limit, for an unknown province, a field with more than
// kMaxFilterValues values, a value that is empty or longer than kMaxFilterValueBytes, a timestamp outside the years
// 1 to 9999, a time span that is empty, and filters in it that are too many, empty, or hold filters themselves.
absl::StatusOr<v1::Filter> ResolveFilter(const v1::Filter& filter);

// What passes both. REQUIRES: `second` has no filters in `also`.
v1::Filter BothFilters(v1::Filter first, v1::Filter second);

// True when no condition is set.
bool IsEmpty(const v1::Filter& filter);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_FILTER_RESOLVE_FILTER_H_
