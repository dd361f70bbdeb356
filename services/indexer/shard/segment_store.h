// The states of a shard's segments: as searched now, as frozen to be committed, and as committed. Says what to flush
// and to merge, and moves all states on once that is done.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_SEGMENT_STORE_H_
#define TINTINH_SERVICES_INDEXER_SHARD_SEGMENT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/snapshot.h"
#include "services/indexer/shard/article_digest.h"
#include "services/indexer/shard/rewrite.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// What one log entry does to the index.
struct Change {
  uint64_t position = 0;
  std::string packed_id;
  std::optional<IndexedDocument> document;  // nothing: the article is deleted
};

// What a rewrite changes on disk.
struct StateChange {
  Snapshot before;
  Snapshot after;
  disk::v1::Manifest manifest;  // but for position and segments
};

// Not thread-safe; the snapshots it makes are. README.md states the invariant between the states.
class SegmentStore {
 public:
  // Recovers what was committed, removing the rest. `wanted` says as what the index is used: its versions, shard and
  // shard count. `db` must outlive this.
  static absl::StatusOr<std::unique_ptr<SegmentStore>> Open(kv::Database& db, const disk::v1::Manifest& wanted);

  uint64_t applied_position() const { return live_.applied_position; }
  uint64_t committed_position() const { return committed_.applied_position; }
  uint64_t digest() const { return digest_.value(); }
  uint64_t memory_segment_bytes() const { return memory_->bytes(); }  // of the one that grows
  uint64_t memory_bytes() const;                                      // of all that are not committed
  bool memory_segment_is_full() const { return memory_->IsFull(); }
  size_t disk_segments() const { return committed_.segments.size(); }

  // Replaces or removes the live version of the article, if any, and moves the applied position. A position at or below
  // the applied one is ignored; the content hash of the live version moves the position only. On failure nothing
  // changed. REQUIRES: !memory_segment_is_full()
  absl::Status Apply(const Change& change);

  // What is applied so far waits to be committed; what comes later goes to a new memory segment.
  void Freeze();

  std::shared_ptr<const Snapshot> MakeSnapshot();

  // What is frozen, or chosen to be merged; nothing when there is no such work. Flushes come one at a time; several
  // merges may be under way, each of other segments. Each rewrite is ended by Install() or Abandon().
  std::optional<Rewrite> BeginFlush();
  std::optional<Rewrite> BeginMerge();
  // All committed segments, unless they are one without deletions that is ordered by content or smaller than
  // `reorder_from`. REQUIRES: no merge is under way.
  std::optional<Rewrite> BeginCompaction(uint32_t reorder_from = kReorderFrom);
  bool is_frozen() const { return frozen_.has_value() || flushing_.has_value(); }  // anything, and not committed yet
  bool wants_flush() const { return frozen_.has_value() && !flushing_.has_value(); }
  bool wants_merge() const { return !ChooseSources().empty(); }

  // One change at a time is planned, written to disk and installed. Deletions go on meanwhile.
  StateChange Plan(const Rewrite& rewrite) const;
  void Install(const Rewrite& rewrite, Snapshot committed);
  void Abandon(const Rewrite& rewrite);

  // Numbers of segments merged away that no snapshot reads any more, each once: to be dropped.
  std::vector<uint32_t> TakeUnread();

 private:
  struct Place {
    size_t view;  // in live_.segments
    uint32_t ordinal;
  };

  explicit SegmentStore(disk::v1::Manifest manifest);
  absl::Status Load(const kv::Database& db);
  absl::StatusOr<std::optional<Place>> FindLive(absl::string_view packed_id) const;
  bool IsSame(const Place& held, const IndexedDocument& document) const;
  void MarkDeleted(const Place& place);
  std::vector<SegmentView> ChooseSources() const;
  bool IsBeingMerged(const SegmentView& view) const;
  Rewrite MergeOf(std::vector<SegmentView> sources);

  const disk::v1::Manifest manifest_;  // its versions
  uint32_t next_segment_;

  // Each holds the segments on disk of the one before, with as many deletions or more; all but committed_ also memory
  // segments, of which memory_ is the last in live_.
  Snapshot committed_;
  std::optional<Snapshot> flushing_;
  std::optional<Snapshot> frozen_;
  Snapshot live_;

  std::shared_ptr<MemorySegment> memory_;
  ArticleDigest digest_;  // of live_
  // Deletions in live_ that nobody else sees yet, and which may therefore be changed, by segment.
  absl::flat_hash_map<const Segment*, std::shared_ptr<DeletedDocuments>> unshared_;
  std::vector<std::shared_ptr<const Segment>> merging_;  // sources of the merges under way
  // By number: merged away, but perhaps still read through older snapshots.
  std::vector<std::pair<uint32_t, std::shared_ptr<const Segment>>> obsolete_;
};

// Commits the new state in one synced atomic write. On failure nothing changed.
absl::Status CommitChange(kv::Database& db, const StateChange& change);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_SEGMENT_STORE_H_
