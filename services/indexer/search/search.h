// Leaf searches and facet counts over one moment of a shard.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_SEARCH_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_SEARCH_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/indexer/search/facet_counts.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/snapshot.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// Everything of the result but the shard's number. Totals are exact by time and where the request asks for it; by
// relevance they are else a lower bound, unless total_is_exact says more. Without a query every document matches;
// without a sort order, hits come by relevance if the query has text, newest first otherwise. Scores are 0 when sorted
// by time. INVALID_ARGUMENT names the limit broken, DATA_LOSS what is damaged; DEADLINE_EXCEEDED within some ten
// thousand documents of the deadline.
absl::StatusOr<v1::ShardResult> Search(const Snapshot& snapshot, const v1::LeafSearchRequest& request,
                                       const ScanDeadline& deadline = {});

// Adds to `counts`. A document without a value for a field does not count there. Fails as Search does; what was
// counted until then stays in `counts`.
absl::Status CountFacets(const Snapshot& snapshot, const v1::LeafFacetsRequest& request, FacetCounts& counts,
                         const ScanDeadline& deadline = {});

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_SEARCH_H_
