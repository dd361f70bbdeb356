// What a SearchRequest asks for, checked and worked out before any shard is asked.
#ifndef TINTINH_SERVICES_QUERY_SEARCH_PLAN_H_
#define TINTINH_SERVICES_QUERY_SEARCH_PLAN_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "services/query/page_token/page_token.h"
#include "services/query/parse/parse.h"
#include "services/query/root_search/root_search.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

inline constexpr uint32_t kDefaultPageSize = 10;
inline constexpr uint32_t kMaxPageSize = 100;
inline constexpr int kMaxMinimumPositions = 256;  // as many as there can be shards

struct SearchPlan {
  ParsedQuery parsed;
  RootRequest root;  // its query is the strict one, or the widened one on later pages of a widened search
  uint32_t page_size = kDefaultPageSize;
  uint32_t snippet_bytes = 0;
  bool finds_nothing = false;  // there is text, but no letter or digit in it, and no filter
  bool may_widen = false;      // first page, and ignoring marks can find more
  bool widened = false;

  const WantedKeys& wanted() const { return widened ? parsed.widened_keys : parsed.strict_keys; }
};

// INVALID_ARGUMENT names field, value and limit. Without text and with a filter everything matches, newest first.
absl::StatusOr<SearchPlan> PlanSearch(const v1::SearchRequest& request);

// The leaf request of a facet count; every field is counted where none is named.
absl::StatusOr<v1::LeafFacetsRequest> PlanFacets(const v1::FacetsRequest& request);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SEARCH_PLAN_H_
