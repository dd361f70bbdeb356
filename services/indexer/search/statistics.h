// The figures BM25 needs, of one shard or as the request brings them for all.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_STATISTICS_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_STATISTICS_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/snapshot.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// Adds the snapshot's figures: deleted documents count until they are merged away.
// DEADLINE_EXCEEDED at the first term after the deadline; `statistics` are incomplete then.
absl::Status AddStatistics(const Snapshot& snapshot, const v1::LeafStatisticsRequest& request,
                           v1::CollectionStatistics* statistics, const ScanDeadline& deadline = {});

// Figures of the request where it has them, of the snapshot otherwise. The snapshot must outlive this. Not thread-safe.
class ScoringStatistics {
 public:
  explicit ScoringStatistics(const Snapshot& snapshot) : snapshot_(snapshot) {}
  // REQUIRES: CheckSearch(request) is OK.
  ScoringStatistics(const Snapshot& snapshot, const v1::LeafSearchRequest& request);

  absl::StatusOr<uint64_t> DocumentFrequency(const std::string& term);
  FieldFigures figures(FieldId field);

  const Snapshot& snapshot() const { return snapshot_; }
  // What was counted of the snapshot elsewhere; figures of the request stay.
  void Learn(const std::string& term, uint64_t count) { document_frequencies_.try_emplace(term, count); }

 private:
  const Snapshot& snapshot_;
  absl::flat_hash_map<std::string, uint64_t> document_frequencies_;
  absl::flat_hash_map<FieldId, FieldFigures> figures_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_STATISTICS_H_
