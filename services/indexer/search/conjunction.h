// The best documents that match all of several clauses, see top_k.h.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_CONJUNCTION_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_CONJUNCTION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/indexer/search/boolean_iterator.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/search/segment_matches.h"
#include "services/indexer/search/top_hits.h"

namespace tintinh::indexer {

struct ConjunctionClauses {
  std::vector<DocIterator*> must = {};    // at least one, rarest first
  std::vector<DocIterator*> should = {};  // only add to scores
  std::vector<DocIterator*> must_not = {};
};

ConjunctionClauses ClausesOf(const BooleanIterator& boolean);

absl::StatusOr<uint64_t> SearchConjunction(const ConjunctionClauses& clauses, const Eligible& eligible,
                                           const ScanDeadline& deadline, TopHits& top);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_CONJUNCTION_H_
