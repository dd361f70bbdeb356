// The matches of a query in one segment that count: live and passing the filter, in document order, a window at a time.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_SEGMENT_MATCHES_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_SEGMENT_MATCHES_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/indexer/search/column_filter.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

// Which documents may become hits, whatever is searched for.
struct Eligible {
  const SegmentView& view;
  const ColumnFilter* filter = nullptr;  // null: all live documents

  bool Has(uint32_t doc) const { return view.IsLive(doc) && (filter == nullptr || filter->Matches(doc)); }
};

// Calls `visit` for each match in order. DEADLINE_EXCEEDED at the first window after the deadline.
absl::Status ForEachMatch(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline,
                          absl::FunctionRef<void(uint32_t doc)> visit);

absl::StatusOr<uint64_t> CountMatches(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_SEGMENT_MATCHES_H_
