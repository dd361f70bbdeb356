// Carries one shard's index forward: tails the shard's log, applies what it reads, and trims the log once it is
// flushed.
#ifndef TINTINH_SERVICES_INDEXER_APPLY_APPLIER_H_
#define TINTINH_SERVICES_INDEXER_APPLY_APPLIER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/article_log/article_log.h"
#include "common/metrics/metrics.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "services/indexer/router/unapplied_versions.h"
#include "services/indexer/shard/shard.h"

namespace tintinh::indexer {

// What one applier works on; all of it must outlive the applier.
struct ApplierParts {
  uint32_t shard_number;
  article_log::ArticleLog& log;
  Shard& shard;
  UnappliedVersions& unapplied;
};

// Thread-safe. One thread of its own between Start() and Drain() or destruction. A failure (a full disk, a damaged
// record, a log that was rewritten), also one of writing out in the background, stops the index where it is: it is
// logged, shown by AwaitApplied and counted, and tried again every second; entries are never skipped.
class Applier {
 public:
  Applier(const ApplierParts& parts, const Clock& clock, Metrics& metrics);
  ~Applier();  // stops after the entries being applied
  Applier(const Applier&) = delete;
  Applier& operator=(const Applier&) = delete;

  void Start();

  // Tells that the log has grown.
  void Wake();

  // Waits until the position is searchable. DEADLINE_EXCEEDED names both positions; the failure's own code while
  // applying fails; UNAVAILABLE once stopped.
  absl::Status AwaitApplied(uint64_t position, absl::Time deadline);

  // Waits until what the log held at the call is searchable, and the log was seen to be the one that was applied. Fails
  // as AwaitApplied.
  absl::Status CatchUp(absl::Time deadline);

  // CatchUp for a start: a log that is out of reach (UNAVAILABLE) is waited for, `patience` at a time without progress.
  absl::Status Replay(absl::Duration patience);

  // Applies what the log holds now, writes the memory segment out and trims the log. Any thread.
  absl::Status Flush(absl::Time deadline);

  // Applies all the log holds, flushes and stops the thread. Where applying or flushing fails: the failure, without
  // waiting for the deadline; the log keeps what is not flushed.
  absl::Status Drain(absl::Time deadline);

 private:
  void Run();
  void Stop();
  // Applies the next records; how many.
  absl::StatusOr<size_t> ApplyNext();
  // DATA_LOSS when the log's record at the applied position is not what was applied there. A record that is gone,
  // trimmed or superseded, tells nothing.
  absl::Status CheckLogIsOurs() const;
  // In batches; without records too, for what the background has to report.
  absl::Status ApplyRecords(const article_log::TailResult& tail);
  void NoteApplied(absl::Span<const PositionedEntry> entries);
  void ReportShard();
  // Waits until a round went well, past those that find the log out of reach; or failed otherwise.
  void AwaitFollowing(absl::Time deadline);
  absl::Status TrimFlushed();
  void Report(const absl::Status& failure);
  // Notes how the last round went and waits for the next one; false to end.
  bool AwaitWork(const absl::StatusOr<size_t>& applied);

  const ApplierParts parts_;
  const Clock& clock_;
  Counter& applied_total_;
  Counter& failures_total_;
  Counter& waits_total_;
  Gauge& lag_;
  Gauge& memory_bytes_;
  Gauge& position_;
  Gauge& digest_;

  // Of the thread alone.
  uint64_t waits_reported_ = 0;
  bool log_is_ours_ = false;  // seen since the log last failed: it may have been another's meanwhile

  mutable Mutex mu_;
  CondVar work_;     // woken_ or stopping_
  CondVar changed_;  // applied_, following_, failure_ or stopping_
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  uint64_t applied_ ABSL_GUARDED_BY(mu_);
  bool following_ ABSL_GUARDED_BY(mu_) = false;  // the last round went well
  absl::Status failure_ ABSL_GUARDED_BY(mu_);    // of the last round
  std::optional<std::thread> thread_;            // set by Start, ended by Stop
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_APPLY_APPLIER_H_
