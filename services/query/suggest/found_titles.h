// The newest titles that match.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_FOUND_TITLES_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_FOUND_TITLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/query/root_search/root_search.h"
#include "services/query/suggest/title_cache.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr uint32_t kTitlesRead = 64;

struct FoundTitles {
  std::vector<v1::Article> articles;  // id and title of each; newest first, none whose letters another has
  Coverage coverage;
};

// Thread-safe.
class TitleReader {
 public:
  TitleReader(RootSearch& root, const Clock& clock) : root_(root), cache_(clock) {}  // both must outlive this

  // At most kTitlesRead. Titles that an indexer fails to give are left out. Errors as RootSearch::Search has them.
  absl::StatusOr<FoundTitles> Find(const v1::LeafQuery& query, absl::Time deadline);

 private:
  // By id.
  absl::flat_hash_map<std::string, std::string> TitlesOf(const std::vector<RootHit>& hits, absl::Time deadline);

  RootSearch& root_;
  TitleCache cache_;
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_FOUND_TITLES_H_
