// Refuses requests outside the limits of leaf_query.proto, naming the field, the value and the limit.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_QUERY_CHECK_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_QUERY_CHECK_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

inline constexpr uint32_t kMaxQueryNodes = 1'024;  // a prefix counts as itself and as many as its expansions
inline constexpr uint32_t kMaxQueryDepth = 16;
inline constexpr uint32_t kMaxPhraseKeys = 32;
inline constexpr uint32_t kMaxExpansions = 256;  // of one prefix
inline constexpr uint32_t kMaxPrefixes = 64;     // of a query: each scans the dictionary
inline constexpr uint32_t kMaxStatisticsTerms = 1'024;
inline constexpr uint32_t kMaxFilterValues = 1'024;  // of one repeated field
inline constexpr uint32_t kMaxNestedFilters = 64;    // also, and as many without
inline constexpr uint32_t kMaxHits = 10'000;
inline constexpr uint32_t kMaxFacetValues = 1'000;

// All return INVALID_ARGUMENT or OK.
absl::Status CheckQuery(const v1::LeafQuery& query);
absl::Status CheckFilter(const v1::Filter& filter);
absl::Status CheckSearch(const v1::LeafSearchRequest& request);
absl::Status CheckFacets(const v1::LeafFacetsRequest& request);
absl::Status CheckStatistics(const v1::LeafStatisticsRequest& request);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_QUERY_CHECK_H_
