// One shard's index: a function of its article log. Articles applied are searchable at once from a memory segment, and
// reach the disk as immutable segments when that fills up or Flush() is called.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_SHARD_H_
#define TINTINH_SERVICES_INDEXER_SHARD_SHARD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/kv/database.h"
#include "common/sync/mutex.h"
#include "services/indexer/search/facet_counts.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/snapshot.h"
#include "services/indexer/shard/shard_options.h"
#include "services/indexer/shard/shard_writer.h"
#include "tintinh/disk/v1/indexer.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

struct PositionedEntry {
  uint64_t position = 0;
  disk::v1::LogEntry entry;
};

struct NearDuplicate {
  std::string article_id;
  std::string duplicate_cluster;  // empty when the article is not in one yet
  uint32_t distance = 0;          // bits in which the simhashes differ
};

// Thread-safe. Apply() calls take turns; flushes and merges go on in the background; readers never wait for any of
// them: each read sees one moment of the index.
class Shard {
 public:
  // Version of everything the shard keeps on disk; the postings have their own (postings/FORMAT.md).
  static constexpr uint32_t kFormatVersion = 3;

  // As what an index of this program is used; without segments and positions.
  static disk::v1::Manifest ManifestFor(uint32_t shard, uint32_t shard_count);

  // Recovers the last committed state of `db`, which was opened with ColumnFamilies() and must outlive this, and
  // removes what an interrupted flush or merge left. FAILED_PRECONDITION, naming the remedy, when the index was written
  // as another shard, for another number of shards, or by another format or analyzer version.
  static absl::StatusOr<std::unique_ptr<Shard>> Open(kv::Database& db, const ShardOptions& options);
  ~Shard();
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  static std::vector<kv::ColumnFamily> ColumnFamilies();

  // Makes the entry searchable before it returns. A position at or below applied_position() is ignored; an article with
  // the id and the content hash of the one held moves the position only. INVALID_ARGUMENT for an entry without kind or
  // id: the position stays. Any other failure, also that of an earlier flush or merge, leaves the shard as it was.
  // Waits while memory or segments are beyond their bounds (ShardOptions).
  absl::Status Apply(uint64_t position, const disk::v1::LogEntry& entry);

  // The same for many, analyzed by several threads and made searchable together. Of entries behind one that fails none
  // is applied; those before it may be: applied_position() tells. No entries: reports an earlier failure, and otherwise
  // tries again what had failed.
  absl::Status ApplyAll(absl::Span<const PositionedEntry> entries, Pace pace);

  // Commits everything applied before the call. On failure the articles stay searchable and the log must be kept.
  absl::Status Flush();

  // Flushes, then merges all segments into one: for benchmarks, and before a shard is copied.
  absl::Status Compact();

  // Called after each flush and merge in the background, well or not, so that the log can be trimmed or the failure
  // asked for. Empty: no more calls, also none under way when this returns.
  void SetListener(std::function<void()> listener);

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

  // Memory segments, room, and how often it was waited for.
  Published published() const;

 private:
  Shard(kv::Database& db, const ShardOptions& options, std::unique_ptr<ShardWriter> writer);
  std::vector<Change> Analyze(absl::Span<const PositionedEntry> entries) const;
  std::shared_ptr<const Snapshot> snapshot() const;

  kv::Database& db_;
  const ShardOptions options_;
  Mutex apply_mu_;  // held while entries are applied, so that one batch follows the other
  const std::unique_ptr<ShardWriter> writer_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_SHARD_H_
