// The best hits of one segment by relevance, without scoring what cannot be among them.
//
// Disjunctions: MaxScore (Turtle and Flood 1995) over windows of documents, with the bounds that blocks of postings
// have there (block-max: Ding and Suel 2011): clauses whose bounds together cannot reach the worst of the best hits are
// only looked up for the documents that the others bring. Conjunctions: block by block of the rarest clause, skipped
// when the bounds of all clauses together are too low. The worst of the best hits is known from the start where
// champions of the terms (postings/term_record.h) are enough to tell.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_TOP_K_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_TOP_K_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/search/segment_matches.h"
#include "services/indexer/search/top_hits.h"

namespace tintinh::indexer {

// Adds every hit of the segment that belongs to the best. Returns how many matches it came across: a lower bound of
// their number. DEADLINE_EXCEEDED at the first window or block after the deadline.
absl::StatusOr<uint64_t> SearchTopK(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline,
                                    TopHits& top);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_TOP_K_H_
