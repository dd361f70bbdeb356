// Counts of column values over matches, summed over segments and shards before they are cut to the most frequent.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_FACET_COUNTS_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_FACET_COUNTS_H_

#include <cstdint>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// Not thread-safe.
class FacetCounts {
 public:
  void Add(v1::FacetField field, absl::string_view value, uint64_t count);

  // One facet per field of the request, in its order: the request's limit of values, by count, then value.
  v1::LeafFacetsResponse ToProto(const v1::LeafFacetsRequest& request) const;

 private:
  absl::btree_map<v1::FacetField, absl::flat_hash_map<std::string, uint64_t>> counts_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_FACET_COUNTS_H_
