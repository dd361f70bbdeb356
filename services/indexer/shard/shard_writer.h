// The writing side of a shard: takes changes into memory, publishes what readers see, and carries memory to disk in the
// background.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_SHARD_WRITER_H_
#define TINTINH_SERVICES_INDEXER_SHARD_SHARD_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/kv/database.h"
#include "common/sync/gate.h"
#include "common/sync/mutex.h"
#include "services/indexer/segment/snapshot.h"
#include "services/indexer/shard/rewrite.h"
#include "services/indexer/shard/segment_store.h"
#include "services/indexer/shard/shard_options.h"
#include "services/indexer/shard/worker_threads.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// kFresh: each call's changes are searchable within milliseconds. kBulk: as many articles a second as the machine
// allows.
enum class Pace { kFresh, kBulk };

// One moment: what readers see and what goes with it.
struct Published {
  std::shared_ptr<const Snapshot> snapshot;
  uint64_t committed_position = 0;
  uint64_t memory_bytes = 0;  // of all memory segments
  uint64_t digest = 0;
  uint64_t waits = 0;  // times that Apply() found no room and had to wait for a flush or a merge, or do it itself
};

// Thread-safe, but for Apply(), which is called by one thread at a time. A flush or a merge that fails leaves
// everything as it was and is reported once, by Apply() or Flush(). The call after that tries a flush again; a merge is
// tried again after the next flush, or when there is no room without it.
class ShardWriter {
 public:
  // As SegmentStore::Open. `db` must outlive this.
  static absl::StatusOr<std::unique_ptr<ShardWriter>> Open(kv::Database& db, const disk::v1::Manifest& wanted,
                                                           const ShardOptions& options);
  // Waits for the flush and the merges that are being written; begins no others.
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  // Makes the changes searchable before it returns, in order; on failure those before the one that failed. Waits while
  // memory or segments exceed their bounds. Without changes: reports and begins background work only.
  absl::Status Apply(absl::Span<const Change> changes, Pace pace);

  // Everything applied before the call is committed when it returns OK.
  absl::Status Flush();

  // Flushes and merges everything into one segment without deletions, while the rest goes on.
  absl::Status Compact();

  Published published() const;
  std::shared_ptr<const Snapshot> snapshot() const;

  // Called after each flush and merge, well or not, on the thread that did it. Empty: no more calls, also none under
  // way when this returns.
  void SetListener(std::function<void()> listener);

 private:
  ShardWriter(kv::Database& db, const ShardOptions& options, std::unique_ptr<SegmentStore> store);
  absl::Status ApplyUntilFull(absl::Span<const Change>& changes, Pace pace);
  absl::Status MakeRoom();
  bool HasRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status TakeFailure();
  void Publish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  // Gives the executors what there is to do.
  void StartWork();
  void Start(Purpose purpose);
  bool Claim(Purpose purpose);
  // Does one piece here and now; false when there is none or it is under way elsewhere.
  bool RunOne(Purpose purpose);
  std::optional<Rewrite> Begin(Purpose purpose);
  absl::Status Finish(Rewrite rewrite);
  absl::Status Commit(const Rewrite& rewrite);
  void NoteFinished(Purpose purpose, const absl::Status& status);
  void DropUnread();
  void AwaitFinishAfter(uint64_t finished);

  struct Lane {
    bool queued = false;   // a piece waits in the executor
    bool resting = false;  // after a failure: none is given to the executor
    size_t running = 0;    // pieces begun
    absl::Status failure;  // of the last piece that failed, until reported
  };
  Lane& lane(Purpose purpose) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return lanes_[static_cast<size_t>(purpose)]; }

  kv::Database& db_;
  ShardOptions options_;
  const std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();  // pieces that executors hold come through it

  Mutex commit_mu_;  // held from planning a change to installing it; taken before mu_
  Mutex mu_;
  CondVar changed_;  // finished_
  const std::unique_ptr<SegmentStore> store_ ABSL_PT_GUARDED_BY(mu_);
  Lane lanes_[2] ABSL_GUARDED_BY(mu_);
  bool compacting_ ABSL_GUARDED_BY(mu_) = false;  // no merge begins
  uint64_t finished_ ABSL_GUARDED_BY(mu_) = 0;    // pieces that ended
  uint64_t waits_ ABSL_GUARDED_BY(mu_) = 0;

  mutable Mutex published_mu_;
  Published published_ ABSL_GUARDED_BY(published_mu_);

  Mutex listener_mu_;  // held during calls of it
  std::function<void()> listener_ ABSL_GUARDED_BY(listener_mu_);

  std::optional<WorkerThreads> own_flushes_;
  std::optional<WorkerThreads> own_merges_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_SHARD_WRITER_H_
