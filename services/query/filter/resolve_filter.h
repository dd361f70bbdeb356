// From the filter a client sends to the one the shards apply.
#ifndef TINTINH_SERVICES_QUERY_FILTER_RESOLVE_FILTER_H_
#define TINTINH_SERVICES_QUERY_FILTER_RESOLVE_FILTER_H_

#include "absl/status/statusor.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr int kMaxFilterValues = 100;  // of each repeated field
inline constexpr int kMaxFilterValueBytes = 255;

// Turns province names of any spelling and of either epoch into official names and the dashes of document numbers
// into '-'. INVALID_ARGUMENT, naming field, value and limit, for an unknown province, a field with more than
// kMaxFilterValues values, a value that is empty or longer than kMaxFilterValueBytes, a timestamp outside the years
// 1 to 9999, and a time span that is empty.
absl::StatusOr<v1::Filter> ResolveFilter(const v1::Filter& filter);

// True when no condition is set.
bool IsEmpty(const v1::Filter& filter);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_FILTER_RESOLVE_FILTER_H_
