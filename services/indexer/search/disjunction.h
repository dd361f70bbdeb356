// The best documents that match any of several clauses, see top_k.h.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_DISJUNCTION_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_DISJUNCTION_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/indexer/search/boolean_iterator.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/search/segment_matches.h"
#include "services/indexer/search/top_hits.h"

namespace tintinh::indexer {

// REQUIRES: no must, minimum_should is 1.
absl::StatusOr<uint64_t> SearchDisjunction(const BooleanParts& parts, const Eligible& eligible,
                                           const ScanDeadline& deadline, TopHits& top);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_DISJUNCTION_H_
