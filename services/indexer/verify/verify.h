// Walks a data directory and compares all that it stores with all else that it stores.
#ifndef TINTINH_SERVICES_INDEXER_VERIFY_VERIFY_H_
#define TINTINH_SERVICES_INDEXER_VERIFY_VERIFY_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/verify/segment_check.h"

namespace tintinh::indexer {

struct VerifiedShard {
  uint64_t committed_position = 0;  // of the log, up to which the index on disk goes
  uint64_t digest = 0;              // of the articles at that position, as GetIndexStatus computes it
  uint64_t articles = 0;            // live
  uint64_t postings = 0;
  uint64_t log_entries = 0;  // 0 where the log is in Kafka
  uint64_t bytes = 0;
};

// Reads every file of the shard; then checks every document against its id, its columns and the posting lists
// (segment_check.h), that no article is live twice, and that each entry of the log is whole and the log goes on from
// where the index stands. Each fault is reported; what cannot be opened at all is the returned error. The directory
// must be nobody else's meanwhile.
absl::StatusOr<VerifiedShard> VerifyShard(absl::string_view data_directory, uint32_t shard, const DataLayout& layout,
                                          FaultSink report);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_VERIFY_VERIFY_H_
