// The newest titles that match.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_FOUND_TITLES_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_FOUND_TITLES_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/query/root_search/root_search.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr uint32_t kTitlesRead = 64;

struct FoundTitles {
  std::vector<v1::Article> articles;  // id and title of each; newest first, none whose letters another has
  Coverage coverage;
};

// At most kTitlesRead. Titles that an indexer fails to give are left out. Errors as RootSearch::Search has them.
absl::StatusOr<FoundTitles> FindTitles(RootSearch& root, const v1::LeafQuery& query, absl::Time deadline);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_FOUND_TITLES_H_
