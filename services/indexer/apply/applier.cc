#include "services/indexer/apply/applier.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/indexer/record/log_entry.h"

namespace tintinh::indexer {
namespace {

constexpr absl::Duration kRetryDelay = absl::Seconds(1);
constexpr article_log::TailLimits kTailLimits{.records = 256, .bytes = size_t{8} << 20};
// What is made searchable together: some 10 ms of work for one thread.
constexpr size_t kFreshEntries = 32;
// Behind by more than a few reads, being fast as a whole matters more than the next article: a read at a time.
constexpr uint64_t kCatchingUp = 4 * kTailLimits.records;
// What a gauge keeps of a number.
constexpr uint64_t kExactInDouble = (uint64_t{1} << 52) - 1;

absl::Status Annotated(const absl::Status& status, uint32_t shard, absl::string_view where, uint64_t position) {
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat("apply shard ", shard, ", ", where, " ", position, ": ", status.message()));
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
      waits_total_(metrics.NewCounter("tintinh_indexer_apply_waits_total",
                                      "Times that applying waited for a flush or a merge to make room.",
                                      ShardLabel(parts.shard_number))),
      lag_(metrics.NewGauge("tintinh_indexer_lag_entries", "Log entries not yet applied to the index.",
                            ShardLabel(parts.shard_number))),
      memory_bytes_(metrics.NewGauge("tintinh_indexer_memory_segments_bytes",
                                     "Memory of articles that are not written to segments on disk yet.",
                                     ShardLabel(parts.shard_number))),
      position_(metrics.NewGauge("tintinh_indexer_applied_position", "Position of the last log entry applied.",
                                 ShardLabel(parts.shard_number))),
      digest_(metrics.NewGauge("tintinh_indexer_digest",
                               "Low 52 bits of the digest of all articles: the same on all replicas at one position.",
                               ShardLabel(parts.shard_number))),
      applied_(parts.shard.applied_position()) {}

Applier::~Applier() { Stop(); }

void Applier::Start() {
  // A flush lets the log be trimmed; a failure is asked for and tried again.
  parts_.shard.SetListener([this] { Wake(); });
  parts_.log.SetListener(parts_.shard_number, [this] { Wake(); });
  thread_.emplace([this] { Run(); });
}

void Applier::Stop() {
  parts_.log.SetListener(parts_.shard_number, {});
  parts_.shard.SetListener({});
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
    log_is_ours_ = applied.ok();
    goes_on = AwaitWork(applied);
  }
}

absl::StatusOr<size_t> Applier::ApplyNext() {
  if (!log_is_ours_) RETURN_IF_ERROR(CheckLogIsOurs());
  const uint64_t applied = parts_.shard.applied_position();
  ASSIGN_OR_RETURN(const article_log::TailResult tail, parts_.log.Tail(parts_.shard_number, applied, kTailLimits));
  if (tail.state != article_log::TailState::kRecords) return Unreadable(parts_.shard_number, applied, tail);
  const absl::Status status = ApplyRecords(tail);
  ReportShard();
  lag_.Set(static_cast<double>(tail.bounds.last - parts_.shard.applied_position()));
  RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(TrimFlushed());
  return tail.records.size();
}

absl::Status Applier::CheckLogIsOurs() const {
  const uint64_t applied = parts_.shard.applied_position();
  if (applied == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(const article_log::TailResult tail,
                   parts_.log.Tail(parts_.shard_number, applied - 1, {.records = 1}));
  if (tail.records.empty() || tail.records.front().position != applied) return absl::OkStatus();
  ASSIGN_OR_RETURN(const disk::v1::LogEntry logged, DecodeLogEntry(tail.records.front().bytes));
  ASSIGN_OR_RETURN(const std::optional<std::string> held, parts_.shard.ContentHash(logged.article_id()));
  if (held.value_or("") == logged.article().content_hash()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("shard ", parts_.shard_number, ", position ", applied,
                                          ": the log holds another version of article ", logged.article_id(),
                                          " than was applied: it was rewritten"));
}

absl::Status Applier::ApplyRecords(const article_log::TailResult& tail) {
  std::vector<PositionedEntry> entries;
  absl::Status unreadable;
  for (const article_log::LogRecord& record : tail.records) {
    absl::StatusOr<disk::v1::LogEntry> entry = DecodeLogEntry(record.bytes);
    unreadable = Annotated(entry.status(), parts_.shard_number, "position", record.position);
    if (!unreadable.ok()) break;
    entries.push_back({record.position, *std::move(entry)});
  }
  const bool behind = tail.bounds.last > parts_.shard.applied_position() + kCatchingUp;
  absl::Span<const PositionedEntry> rest(entries);
  do {
    const auto batch = rest.subspan(0, behind ? rest.size() : kFreshEntries);
    const absl::Status status = parts_.shard.ApplyAll(batch, behind ? Pace::kBulk : Pace::kFresh);
    NoteApplied(batch);
    RETURN_IF_ERROR(Annotated(status, parts_.shard_number, "after position", parts_.shard.applied_position()));
    rest.remove_prefix(batch.size());
  } while (!rest.empty());
  return unreadable;
}

void Applier::NoteApplied(absl::Span<const PositionedEntry> entries) {
  const uint64_t applied = parts_.shard.applied_position();
  for (const PositionedEntry& entry : entries) {
    if (entry.position > applied) break;
    parts_.unapplied.Applied(entry.position, entry.entry.article_id());
    applied_total_.Increment();
  }
  MutexLock lock(mu_);
  applied_ = applied;
  changed_.NotifyAll();
}

void Applier::ReportShard() {
  const Published now = parts_.shard.published();
  position_.Set(static_cast<double>(now.snapshot->applied_position));
  digest_.Set(static_cast<double>(now.digest & kExactInDouble));
  memory_bytes_.Set(static_cast<double>(now.memory_bytes));
  waits_total_.Increment(static_cast<double>(now.waits - waits_reported_));
  waits_reported_ = now.waits;
}

absl::Status Applier::TrimFlushed() { return parts_.log.Trim(parts_.shard_number, parts_.shard.flushed_position()); }

void Applier::Report(const absl::Status& failure) {
  failures_total_.Increment();
  LogError("index cannot follow its log", {{"shard", parts_.shard_number}, {"error", failure.ToString()}});
}

bool Applier::AwaitWork(const absl::StatusOr<size_t>& applied) {
  MutexLock lock(mu_);
  failure_ = applied.status();
  following_ = applied.ok();
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

absl::Status Applier::CatchUp(absl::Time deadline) {
  {
    MutexLock lock(mu_);
    while (!following_ && failure_.ok() && !stopping_ && changed_.WaitUntil(mu_, deadline)) continue;
    RETURN_IF_ERROR(failure_);
  }
  ASSIGN_OR_RETURN(const uint64_t end, parts_.log.Last(parts_.shard_number));
  return AwaitApplied(end, deadline);
}

void Applier::AwaitFollowing(absl::Time deadline) {
  MutexLock lock(mu_);
  while (!following_ && !stopping_ && (failure_.ok() || absl::IsUnavailable(failure_))) {
    if (!changed_.WaitUntil(mu_, deadline)) break;
  }
}

absl::Status Applier::Replay(absl::Duration patience) {
  absl::Time latest = clock_.Now() + patience;
  uint64_t reached = parts_.shard.applied_position();
  absl::Status caught_up = CatchUp(absl::InfiniteFuture());
  while (absl::IsUnavailable(caught_up) && clock_.Now() < latest) {
    LogWarning("waiting for the log", {{"shard", parts_.shard_number}, {"error", caught_up.ToString()}});
    AwaitFollowing(latest);
    caught_up = CatchUp(absl::InfiniteFuture());
    if (parts_.shard.applied_position() > reached) latest = clock_.Now() + patience;
    reached = parts_.shard.applied_position();
  }
  return caught_up;
}

absl::Status Applier::Flush(absl::Time deadline) {
  RETURN_IF_ERROR(CatchUp(deadline));
  RETURN_IF_ERROR(parts_.shard.Flush());
  return TrimFlushed();
}

absl::Status Applier::Drain(absl::Time deadline) {
  absl::Status flushed = Flush(deadline);
  Stop();
  return flushed;
}

}  // namespace tintinh::indexer
