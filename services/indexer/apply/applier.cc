#include "services/indexer/apply/applier.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/indexer/record/log_entry.h"

namespace tintinh::indexer {
namespace {

constexpr absl::Duration kRetryDelay = absl::Seconds(1);
constexpr article_log::TailLimits kTailLimits{.records = 256, .bytes = size_t{8} << 20};

absl::Status Annotated(const absl::Status& status, uint32_t shard, uint64_t position) {
  return absl::Status(status.code(),
                      absl::StrCat("apply shard ", shard, ", position ", position, ": ", status.message()));
}

absl::Status Unreadable(uint32_t shard, uint64_t applied, const article_log::TailResult& tail) {
  const absl::string_view what = tail.state == article_log::TailState::kFork
                                     ? "the log ends before what is applied: it lost or rewrote records"
                                     : "the log starts after what is applied: rebuild the shard from a checkpoint";
  return absl::DataLossError(absl::StrCat("shard ", shard, " has applied ", applied, ", its log holds ",
                                          tail.bounds.first, " to ", tail.bounds.last, ": ", what));
}

Labels ShardLabel(uint32_t shard) { return {{"shard", absl::StrCat(shard)}}; }

}  // namespace

Applier::Applier(const ApplierParts& parts, const Clock& clock, Metrics& metrics)
    : parts_(parts),
      clock_(clock),
      applied_total_(metrics.NewCounter("tintinh_indexer_applied_entries_total", "Log entries applied to the index.",
                                        ShardLabel(parts.shard_number))),
      failures_total_(metrics.NewCounter("tintinh_indexer_apply_failures_total",
                                         "Rounds that could not apply the next log entry.",
                                         ShardLabel(parts.shard_number))),
      lag_(metrics.NewGauge("tintinh_indexer_lag_entries", "Log entries not yet applied to the index.",
                            ShardLabel(parts.shard_number))),
      applied_(parts.shard.applied_position()) {}

Applier::~Applier() { Stop(); }

void Applier::Start() {
  thread_.emplace([this] { Run(); });
}

void Applier::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    work_.NotifyAll();
    changed_.NotifyAll();
  }
  if (thread_.has_value()) thread_->join();
  thread_.reset();
}

void Applier::Wake() {
  MutexLock lock(mu_);
  woken_ = true;
  work_.NotifyOne();
}

void Applier::Run() {
  bool goes_on = true;
  while (goes_on) {
    const absl::StatusOr<size_t> applied = ApplyNext();
    if (!applied.ok()) Report(applied.status());
    goes_on = AwaitWork(applied);
  }
}

absl::StatusOr<size_t> Applier::ApplyNext() {
  RETURN_IF_ERROR(FlushOwed());
  const uint64_t applied = parts_.shard.applied_position();
  ASSIGN_OR_RETURN(const article_log::TailResult tail, parts_.log.Tail(parts_.shard_number, applied, kTailLimits));
  if (tail.state != article_log::TailState::kRecords) return Unreadable(parts_.shard_number, applied, tail);
  for (const article_log::LogRecord& record : tail.records) RETURN_IF_ERROR(ApplyRecord(record));
  RETURN_IF_ERROR(TrimFlushed());
  lag_.Set(static_cast<double>(tail.bounds.last - parts_.shard.applied_position()));
  return tail.records.size();
}

absl::Status Applier::ApplyRecord(const article_log::LogRecord& record) {
  const absl::StatusOr<disk::v1::LogEntry> entry = DecodeLogEntry(record.bytes);
  if (!entry.ok()) return Annotated(entry.status(), parts_.shard_number, record.position);
  const absl::Status status = parts_.shard.Apply(record.position, *entry);
  // The entry may be searchable although writing out what had gathered failed.
  if (parts_.shard.applied_position() >= record.position) {
    NoteApplied(record.position, entry->article_id());
    owes_flush_ = !status.ok();
  }
  return status.ok() ? status : Annotated(status, parts_.shard_number, record.position);
}

void Applier::NoteApplied(uint64_t position, absl::string_view article_id) {
  parts_.unapplied.Applied(position, article_id);
  applied_total_.Increment();
  MutexLock lock(mu_);
  applied_ = position;
  changed_.NotifyAll();
}

absl::Status Applier::FlushOwed() {
  if (!owes_flush_) return absl::OkStatus();
  const absl::Status status = parts_.shard.Flush();
  if (!status.ok() && parts_.shard.flushed_position() < parts_.shard.applied_position()) return status;
  // All is written out: a merge of segments that fails can wait for the next flush.
  owes_flush_ = false;
  if (!status.ok()) Report(status);
  return absl::OkStatus();
}

absl::Status Applier::TrimFlushed() { return parts_.log.Trim(parts_.shard_number, parts_.shard.flushed_position()); }

void Applier::Report(const absl::Status& failure) {
  failures_total_.Increment();
  LogError("index cannot follow its log", {{"shard", parts_.shard_number}, {"error", failure.ToString()}});
}

bool Applier::AwaitWork(const absl::StatusOr<size_t>& applied) {
  MutexLock lock(mu_);
  failure_ = applied.status();
  changed_.NotifyAll();
  const absl::Time retry = clock_.Now() + kRetryDelay;
  while (!applied.ok() && !stopping_ && work_.WaitUntil(mu_, retry)) continue;
  while (applied.ok() && *applied == 0 && !woken_ && !stopping_) work_.Wait(mu_);
  woken_ = false;
  return !stopping_;
}

absl::Status Applier::AwaitApplied(uint64_t position, absl::Time deadline) {
  MutexLock lock(mu_);
  while (applied_ < position) {
    if (!failure_.ok()) return failure_;
    if (stopping_) return absl::UnavailableError(absl::StrCat("shard ", parts_.shard_number, " is stopping"));
    if (!changed_.WaitUntil(mu_, deadline) && applied_ < position) {
      return absl::DeadlineExceededError(
          absl::StrCat("shard ", parts_.shard_number, " has applied ", applied_, ", ", position, " was asked for"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Applier::LogEnd() const {
  ASSIGN_OR_RETURN(const article_log::LogBounds bounds, parts_.log.Bounds(parts_.shard_number));
  return bounds.last;
}

absl::Status Applier::Flush(absl::Time deadline) {
  ASSIGN_OR_RETURN(const uint64_t end, LogEnd());
  RETURN_IF_ERROR(AwaitApplied(end, deadline));
  RETURN_IF_ERROR(parts_.shard.Flush());
  return TrimFlushed();
}

absl::Status Applier::Drain(absl::Time deadline) {
  const absl::Status flushed = Flush(deadline);
  Stop();
  return flushed;
}

}  // namespace tintinh::indexer
