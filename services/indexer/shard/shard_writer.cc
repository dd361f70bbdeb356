#include "services/indexer/shard/shard_writer.h"

#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/indexer/shard/manifest.h"

namespace tintinh::indexer {

ShardWriter::ShardWriter(kv::Database& db, const ShardOptions& options, std::unique_ptr<SegmentStore> store)
    : db_(db), options_(options), store_(std::move(store)) {
  if (options_.flushes == nullptr) {
    own_flushes_.emplace(1);
    options_.flushes = [this](std::function<void()> piece) { own_flushes_->Add(std::move(piece)); };
  }
  if (options_.merges == nullptr) {
    own_merges_.emplace(1);
    options_.merges = [this](std::function<void()> piece) { own_merges_->Add(std::move(piece)); };
  }
  gate_->Open();
}

ShardWriter::~ShardWriter() { gate_->CloseAndWait(); }

absl::StatusOr<std::unique_ptr<ShardWriter>> ShardWriter::Open(kv::Database& db, const disk::v1::Manifest& wanted,
                                                               const ShardOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<SegmentStore> store, SegmentStore::Open(db, wanted));
  std::unique_ptr<ShardWriter> writer(new ShardWriter(db, options, std::move(store)));
  {
    MutexLock lock(writer->mu_);
    writer->Publish();
  }
  writer->StartWork();
  return writer;
}

void ShardWriter::Publish() {
  Published now{store_->MakeSnapshot(), store_->committed_position(), store_->memory_bytes(), store_->digest(), waits_};
  MutexLock lock(published_mu_);
  std::swap(published_, now);
}

Published ShardWriter::published() const {
  MutexLock lock(published_mu_);
  return published_;
}

std::shared_ptr<const Snapshot> ShardWriter::snapshot() const {
  MutexLock lock(published_mu_);
  return published_.snapshot;
}

absl::Status ShardWriter::Apply(absl::Span<const Change> changes, Pace pace) {
  RETURN_IF_ERROR(TakeFailure());
  while (!changes.empty()) {
    RETURN_IF_ERROR(MakeRoom());
    RETURN_IF_ERROR(ApplyUntilFull(changes, pace));
    StartWork();
  }
  StartWork();
  return absl::OkStatus();
}

absl::Status ShardWriter::ApplyUntilFull(absl::Span<const Change>& changes, Pace pace) {
  const uint64_t most = pace == Pace::kBulk ? options_.bulk_segment_bytes() : options_.memory_segment_bytes;
  MutexLock lock(mu_);
  absl::Status status;
  bool full = false;
  while (!changes.empty() && !full && status.ok()) {
    status = store_->Apply(changes.front());
    if (status.ok()) changes.remove_prefix(1);
    full = store_->memory_segment_is_full() || store_->memory_segment_bytes() >= most;
  }
  if (full) store_->Freeze();
  Publish();
  return status;
}

bool ShardWriter::HasRoom() {
  if (store_->is_frozen() && store_->memory_bytes() >= options_.most_memory_bytes()) return false;
  const bool merges = lane(Purpose::kMerge).running > 0 || store_->wants_merge();
  return store_->disk_segments() < options_.most_disk_segments || !merges;
}

absl::Status ShardWriter::MakeRoom() {
  for (bool first = true;; first = false) {
    uint64_t seen = 0;
    {
      MutexLock lock(mu_);
      if (HasRoom()) return absl::OkStatus();
      if (first) ++waits_;
      seen = finished_;
    }
    RETURN_IF_ERROR(TakeFailure());
    if (!RunOne(Purpose::kFlush) && !RunOne(Purpose::kMerge)) AwaitFinishAfter(seen);
  }
}

absl::Status ShardWriter::TakeFailure() {
  MutexLock lock(mu_);
  for (const Purpose purpose : {Purpose::kFlush, Purpose::kMerge}) {
    if (!lane(purpose).failure.ok()) return std::exchange(lane(purpose).failure, absl::OkStatus());
  }
  lane(Purpose::kFlush).resting = false;
  return absl::OkStatus();
}

absl::Status ShardWriter::Flush() {
  uint64_t wanted = 0;
  {
    MutexLock lock(mu_);
    for (Lane& its : lanes_) its.resting = false;
    lane(Purpose::kFlush).failure = absl::OkStatus();  // tried again here
    store_->Freeze();
    wanted = store_->applied_position();
  }
  for (;;) {
    uint64_t seen = 0;
    {
      MutexLock lock(mu_);
      if (store_->committed_position() >= wanted) return absl::OkStatus();
      if (!lane(Purpose::kFlush).failure.ok()) {
        return std::exchange(lane(Purpose::kFlush).failure, absl::OkStatus());
      }
      seen = finished_;
    }
    if (!RunOne(Purpose::kFlush)) AwaitFinishAfter(seen);
  }
}

absl::Status ShardWriter::Compact() {
  RETURN_IF_ERROR(Flush());
  std::optional<Rewrite> rewrite;
  {
    MutexLock lock(mu_);
    while (compacting_) changed_.Wait(mu_);
    compacting_ = true;
    while (lane(Purpose::kMerge).running > 0) changed_.Wait(mu_);
    rewrite = store_->BeginCompaction(options_.reorder_from);
  }
  absl::Status status = rewrite.has_value() ? Finish(*std::move(rewrite)) : absl::OkStatus();
  {
    MutexLock lock(mu_);
    compacting_ = false;
    ++finished_;
    changed_.NotifyAll();
  }
  DropUnread();
  StartWork();
  return status;
}

void ShardWriter::AwaitFinishAfter(uint64_t finished) {
  MutexLock lock(mu_);
  while (finished_ == finished) changed_.Wait(mu_);
}

void ShardWriter::StartWork() {
  for (const Purpose purpose : {Purpose::kFlush, Purpose::kMerge}) {
    if (Claim(purpose)) Start(purpose);
  }
}

bool ShardWriter::Claim(Purpose purpose) {
  MutexLock lock(mu_);
  Lane& its = lane(purpose);
  if (its.queued || its.resting) return false;
  const bool merges = !compacting_ && its.running < kMostMerges && store_->wants_merge();
  its.queued = purpose == Purpose::kFlush ? store_->wants_flush() : merges;
  return its.queued;
}

void ShardWriter::Start(Purpose purpose) {
  const Executor& executor = purpose == Purpose::kFlush ? options_.flushes : options_.merges;
  executor([this, purpose, gate = gate_] {
    const std::optional<Gate::Pass> pass = gate->Enter();
    if (!pass.has_value()) return;
    {
      MutexLock lock(mu_);
      lane(purpose).queued = false;
    }
    RunOne(purpose);
  });
}

std::optional<Rewrite> ShardWriter::Begin(Purpose purpose) {
  MutexLock lock(mu_);
  Lane& its = lane(purpose);
  if (purpose == Purpose::kMerge && (compacting_ || its.running >= kMostMerges)) return std::nullopt;
  std::optional<Rewrite> rewrite = purpose == Purpose::kFlush ? store_->BeginFlush() : store_->BeginMerge();
  if (rewrite.has_value()) ++its.running;
  return rewrite;
}

bool ShardWriter::RunOne(Purpose purpose) {
  std::optional<Rewrite> rewrite = Begin(purpose);
  if (!rewrite.has_value()) return false;
  if (purpose == Purpose::kMerge) StartWork();  // a further one, of other segments
  NoteFinished(purpose, Finish(*std::move(rewrite)));
  DropUnread();
  StartWork();
  MutexLock lock(listener_mu_);
  if (listener_ != nullptr) listener_();
  return true;
}

absl::Status ShardWriter::Finish(Rewrite rewrite) {
  absl::Status status = WriteNewSegment(db_, rewrite, options_.reorder_from);
  if (status.ok()) status = Commit(rewrite);
  if (!status.ok()) {
    MutexLock lock(mu_);
    store_->Abandon(rewrite);
  }
  return status;
}

absl::Status ShardWriter::Commit(const Rewrite& rewrite) {
  MutexLock commit_lock(commit_mu_);
  StateChange change;
  {
    MutexLock lock(mu_);
    change = store_->Plan(rewrite);
  }
  Replace(rewrite, change.after.segments);
  RETURN_IF_ERROR(CommitChange(db_, change));
  MutexLock lock(mu_);
  store_->Install(rewrite, std::move(change.after));
  Publish();
  return absl::OkStatus();
}

void ShardWriter::NoteFinished(Purpose purpose, const absl::Status& status) {
  MutexLock lock(mu_);
  Lane& its = lane(purpose);
  --its.running;
  its.resting = !status.ok();
  if (!status.ok()) its.failure = status;
  if (status.ok() && purpose == Purpose::kFlush) lane(Purpose::kMerge).resting = false;
  ++finished_;
  changed_.NotifyAll();
}

// A segment that cannot be dropped now is dropped as an orphan by the next Open().
void ShardWriter::DropUnread() {
  std::vector<uint32_t> unread;
  {
    MutexLock lock(mu_);
    unread = store_->TakeUnread();
  }
  for (const uint32_t segment : unread) DropSegment(db_, segment).IgnoreError();
}

void ShardWriter::SetListener(std::function<void()> listener) {
  MutexLock lock(listener_mu_);
  listener_ = std::move(listener);
}

}  // namespace tintinh::indexer
