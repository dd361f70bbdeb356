// Which keys of the dictionary a prefix stands for.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_PREFIX_EXPANSION_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_PREFIX_EXPANSION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

// Of one prefix over all segments, a term counting in each that has it. Beyond it, terms later in byte order are not
// looked at.
inline constexpr uint32_t kMaxScannedTerms = 65'536;

struct ExpandedTerm {
  std::string term;
  uint64_t document_frequency = 0;  // over all segments, deleted documents included
};

// The `most` terms in most documents, of equal ones the first in byte order. `prefix` as TermOf() makes it, not of
// pairs. DATA_LOSS names what is damaged; DEADLINE_EXCEEDED within some thousand terms of the deadline.
absl::StatusOr<std::vector<ExpandedTerm>> ExpandPrefix(const Snapshot& snapshot, absl::string_view prefix, size_t most,
                                                       const ScanDeadline& deadline);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_PREFIX_EXPANSION_H_
