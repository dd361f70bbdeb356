// The article log of one machine: a column family in each shard's database. Nothing to install or run.
#ifndef TINTINH_COMMON_ARTICLE_LOG_EMBEDDED_ARTICLE_LOG_H_
#define TINTINH_COMMON_ARTICLE_LOG_EMBEDDED_ARTICLE_LOG_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/article_log/append_budget.h"
#include "common/article_log/article_log.h"
#include "common/article_log/group_commit.h"
#include "common/kv/database.h"
#include "common/sync/mutex.h"

namespace tintinh::article_log {

struct EmbeddedLogOptions {
  size_t max_queued_appends = 1024;             // calls, over all shards
  size_t max_queued_bytes = size_t{256} << 20;  // of their payloads
  size_t max_group_bytes = size_t{4} << 20;     // that share one synced write
};

// A shard whose database was opened with ColumnFamily(); the database must outlive the log.
struct EmbeddedLogShard {
  uint32_t shard;
  kv::Database* database;
};

class EmbeddedArticleLog final : public ArticleLog {
 public:
  static kv::ColumnFamily ColumnFamily();

  // Finds where each shard's log begins and ends. DATA_LOSS when its bookkeeping is damaged.
  static absl::StatusOr<std::unique_ptr<EmbeddedArticleLog>> Open(absl::Span<const EmbeddedLogShard> shards,
                                                                  const EmbeddedLogOptions& options);

  // Concurrent calls of one shard share a write-ahead-log sync; at most one such write per shard is under way.
  absl::StatusOr<std::vector<uint64_t>> Append(uint32_t shard, absl::Span<const LogPayload> payloads) override;
  absl::StatusOr<TailResult> Tail(uint32_t shard, uint64_t after, const TailLimits& limits) const override;
  absl::StatusOr<LogBounds> Bounds(uint32_t shard) const override;
  absl::Status Trim(uint32_t shard, uint64_t up_to) override;

 private:
  struct Shard {
    Shard(const EmbeddedLogShard& opened, LogBounds bounds, size_t max_group_bytes);
    LogBounds Bounds() const { return {first.load(), last.load()}; }
    absl::StatusOr<uint64_t> Commit(const std::vector<GroupCommit::Payloads>& group);

    const uint32_t number;
    kv::Database& database;
    Mutex trim_mu;  // held while `first` moves
    std::atomic<uint64_t> first;
    std::atomic<uint64_t> last;  // moves only inside Commit, after the write is durable
    GroupCommit commits;
  };

  explicit EmbeddedArticleLog(const EmbeddedLogOptions& options)
      : budget_(options.max_queued_appends, options.max_queued_bytes) {}
  absl::StatusOr<Shard*> Find(uint32_t shard) const;

  AppendBudget budget_;
  absl::flat_hash_map<uint32_t, std::unique_ptr<Shard>> shards_;  // constant after Open
};

}  // namespace tintinh::article_log

#endif  // TINTINH_COMMON_ARTICLE_LOG_EMBEDDED_ARTICLE_LOG_H_
