// Which cluster of near-duplicates an article joins.
#ifndef TINTINH_SERVICES_INDEXER_ROUTER_DUPLICATE_CLUSTER_H_
#define TINTINH_SERVICES_INDEXER_ROUTER_DUPLICATE_CLUSTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::indexer {

// An article whose simhash is near enough.
struct NearArticle {
  std::string article_id;
  std::string cluster;  // empty: it is the first of its cluster, or alone
  uint32_t distance;    // differing bits
};

// The id of the cluster's first seen member, or nothing where the article stays alone or is the first itself: a first
// member that is put again keeps its place. The nearest article decides, then the smaller cluster id, so that the
// answer does not depend on the order of `near`.
std::string ChooseCluster(absl::string_view article_id, const std::vector<NearArticle>& near);

// How many bits differ; 64 where either is 0, which means "too short to compare".
uint32_t SimhashDistance(uint64_t a, uint64_t b);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_ROUTER_DUPLICATE_CLUSTER_H_
