// What indexers tell one another of near-duplicates where the shards of an index are apart.
#ifndef TINTINH_SERVICES_INDEXER_ROUTER_NEAR_ELSEWHERE_H_
#define TINTINH_SERVICES_INDEXER_ROUTER_NEAR_ELSEWHERE_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/indexer/router/duplicate_cluster.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// By the simhash of the article that they are near to; those farther than `distance` are left out. REQUIRES: the
// request passed CheckPut.
absl::flat_hash_map<uint64_t, std::vector<NearArticle>> NearElsewhere(const v1::PutArticlesRequest& request,
                                                                      uint32_t distance);

// The nearest, as many as an answer may hold; of equally near ones those with the smaller ids.
v1::NearDuplicates NearestOf(std::vector<NearArticle> near);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_ROUTER_NEAR_ELSEWHERE_H_
