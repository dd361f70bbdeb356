// One shard's index: a function of its article log. Articles applied are searchable at once from a memory segment, and
// reach the disk as immutable segments when that fills up or Flush() is called.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_SHARD_H_
#define TINTINH_SERVICES_INDEXER_SHARD_SHARD_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"
#include "common/sync/mutex.h"
#include "services/indexer/search/facet_counts.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/snapshot.h"
#include "tintinh/disk/v1/indexer.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

class SegmentStore;

struct ShardOptions {
  uint32_t shard = 0;
  uint32_t shard_count = 1;
  uint64_t memory_segment_bytes = 64 << 20;  // Apply() flushes when the memory segment has grown past this
};

struct NearDuplicate {
  std::string article_id;
  std::string duplicate_cluster;  // empty when the article is not in one yet
  uint32_t distance = 0;          // bits in which the simhashes differ
};

// Thread-safe. Apply() and Flush() take turns; readers never wait for them: each read sees one moment of the index.
class Shard {
 public:
  // Version of everything the shard keeps on disk; the postings have their own (postings/FORMAT.md).
  static constexpr uint32_t kFormatVersion = 2;

  // Recovers the last committed state of `db`, which was opened with ColumnFamilies() and must outlive this, and
  // removes what an interrupted flush or merge left. FAILED_PRECONDITION, naming the remedy, when the index was written
  // as another shard, for another number of shards, or by another format or analyzer version.
  static absl::StatusOr<std::unique_ptr<Shard>> Open(kv::Database& db, const ShardOptions& options);
  ~Shard();

  static std::vector<kv::ColumnFamily> ColumnFamilies();

  // Makes the entry searchable before it returns. A position at or below applied_position() is ignored; an article with
  // the id and the content hash of the one held moves the position only. INVALID_ARGUMENT for an entry without kind or
  // id: the position stays. Any other failure leaves the shard as it was, or with the entry applied but not flushed.
  absl::Status Apply(uint64_t position, const disk::v1::LogEntry& entry);

  // Commits everything applied in one atomic write. On failure the articles stay searchable and the log must be kept.
  absl::Status Flush();

  uint64_t applied_position() const;
  uint64_t flushed_position() const;  // the log may be trimmed up to here; replay starts one after it

  // request.shards and request.minimum_positions are the caller's business. INVALID_ARGUMENT names the limit broken;
  // this and the next two stop with DEADLINE_EXCEEDED soon after the deadline.
  absl::StatusOr<v1::ShardResult> Search(const v1::LeafSearchRequest& request, const ScanDeadline& deadline = {}) const;

  // Adds this shard's figures to `statistics`, whose document_frequencies are made as long as request.terms.
  absl::Status AddStatistics(const v1::LeafStatisticsRequest& request, v1::CollectionStatistics* statistics,
                             const ScanDeadline& deadline = {}) const;

  // Adds this shard's counts to `counts`; FacetCounts::ToProto cuts the lists once all shards have added theirs.
  absl::Status CountFacets(const v1::LeafFacetsRequest& request, FacetCounts& counts,
                           const ScanDeadline& deadline = {}) const;

  // The newest applied version, or nothing.
  absl::StatusOr<std::optional<disk::v1::StoredArticle>> Get(absl::string_view article_id) const;
  absl::StatusOr<std::optional<std::string>> ContentHash(absl::string_view article_id) const;

  // Live articles at most `max_distance` bits away, nearest first, at most kMaxNearDuplicates. A simhash of 0 means
  // "too short to compare" and has none.
  static constexpr size_t kMaxNearDuplicates = 16;
  std::vector<NearDuplicate> FindNearDuplicates(uint64_t simhash, uint32_t max_distance) const;

  // Fills everything but the bounds of the log.
  void FillStatus(v1::ShardStatus* status) const;

 private:
  Shard(kv::Database& db, const ShardOptions& options, std::unique_ptr<SegmentStore> store);
  absl::Status Put(const disk::v1::StoredArticle& article, uint64_t position) ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_mu_);
  absl::Status FlushLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_mu_);
  void Publish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_mu_);
  std::shared_ptr<const Snapshot> snapshot() const;

  kv::Database& db_;
  const ShardOptions options_;

  Mutex writer_mu_;
  const std::unique_ptr<SegmentStore> store_ ABSL_PT_GUARDED_BY(writer_mu_);

  // What the writer published last.
  mutable Mutex mu_;
  std::shared_ptr<const Snapshot> snapshot_ ABSL_GUARDED_BY(mu_);
  uint64_t flushed_position_ ABSL_GUARDED_BY(mu_) = 0;
  uint64_t memory_bytes_ ABSL_GUARDED_BY(mu_) = 0;
  uint64_t digest_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_SHARD_H_
