// The writing side of a shard: its segments on disk and in memory, what is deleted in them, flushes and merges.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_SEGMENT_STORE_H_
#define TINTINH_SERVICES_INDEXER_SHARD_SEGMENT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/kv/database.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/snapshot.h"
#include "services/indexer/shard/article_digest.h"
#include "services/indexer/shard/manifest.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// Not thread-safe; the snapshots it makes are.
class SegmentStore {
 public:
  // Recovers what was committed, removing the rest. `wanted` says as what the index is used: its versions, shard and
  // shard count. `db` must outlive this.
  static absl::StatusOr<std::unique_ptr<SegmentStore>> Open(kv::Database& db, const disk::v1::Manifest& wanted);

  uint64_t applied_position() const { return applied_position_; }
  uint64_t flushed_position() const { return manifest_.applied_position(); }
  uint64_t memory_bytes() const { return memory_->bytes(); }
  bool memory_is_full() const { return memory_->size() == MemorySegment::kCapacity; }
  uint64_t digest() const { return digest_.value(); }

  // The content hash, packed, of the live version; nothing when there is none.
  absl::StatusOr<std::optional<absl::string_view>> LiveHash(absl::string_view packed_id) const;

  // Each replaces or removes the live version, if any, and moves the applied position. On failure nothing changed.
  absl::Status Put(const IndexedDocument& document, uint64_t position);  // REQUIRES: !memory_is_full()
  absl::Status Delete(absl::string_view packed_id, uint64_t position);
  void Skip(uint64_t position) { applied_position_ = position; }

  // Writes the memory segment out and commits. On failure everything stays as it was, in memory.
  absl::Status Flush();

  // Merges until the policy is content. Each merge is committed by itself; on failure those before it stay.
  absl::Status Merge();

  std::shared_ptr<const Snapshot> MakeSnapshot() const;

 private:
  struct Place {
    size_t view;  // in views_
    uint32_t ordinal;
  };

  SegmentStore(kv::Database& db, disk::v1::Manifest manifest);
  bool HasNews() const;  // anything to commit
  absl::Status Load();
  absl::StatusOr<std::optional<Place>> FindLive(absl::string_view packed_id) const;
  void MarkDeleted(const Place& place);
  absl::Status MergeOnce(const std::vector<size_t>& chosen);
  absl::StatusOr<SegmentView> Write(absl::Span<const SegmentView> sources, disk::v1::Manifest& manifest);
  absl::Status Commit(disk::v1::Manifest manifest, DeletionChanges changes);
  void DropObsolete();

  kv::Database& db_;
  disk::v1::Manifest manifest_;  // as committed
  uint64_t applied_position_;
  uint32_t next_segment_;
  // Those of the manifest, in its order, then the memory segment.
  std::vector<SegmentView> views_;
  std::shared_ptr<MemorySegment> memory_;
  ArticleDigest digest_;
  // By number: merged away, but perhaps still read through older snapshots.
  std::vector<std::pair<uint32_t, std::shared_ptr<const Segment>>> obsolete_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_SEGMENT_STORE_H_
