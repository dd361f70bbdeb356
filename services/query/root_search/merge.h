// One list of hits, or of facet values, from those of the shards.
#ifndef TINTINH_SERVICES_QUERY_ROOT_SEARCH_MERGE_H_
#define TINTINH_SERVICES_QUERY_ROOT_SEARCH_MERGE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tintinh/v1/indexer_service.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

struct RootHit {
  v1::LeafHit hit;
  size_t indexer = 0;  // index of the indexer that has it
};

// The first `limit` hits in the order of `sort` (RELEVANCE: score, NEWEST and OLDEST: publication, undated last in
// both), article ids ascending where that is equal. An article that several replicas found is kept once.
std::vector<RootHit> MergeHits(std::vector<RootHit> hits, v1::SortOrder sort, size_t limit);

// Where the page after `last` begins.
v1::SortKey SortKeyOf(const v1::LeafHit& last);

// Adds up equal values of each field; at most `limit` values a field, by count, then value. Fields in the order asked.
std::vector<v1::Facet> MergeFacets(const std::vector<v1::Facet>& parts, const std::vector<v1::FacetField>& fields,
                                   uint32_t limit);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_ROOT_SEARCH_MERGE_H_
