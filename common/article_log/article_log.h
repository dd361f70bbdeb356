// The article log: per shard an ordered, durable sequence of records from which the index can be rebuilt.
#ifndef TINTINH_COMMON_ARTICLE_LOG_ARTICLE_LOG_H_
#define TINTINH_COMMON_ARTICLE_LOG_ARTICLE_LOG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace tintinh::article_log {

// What is appended. A log may drop a record once a later one of the same key exists; the bytes are opaque to it.
struct LogPayload {
  std::string key;
  std::string bytes;
};

struct LogRecord {
  uint64_t position;
  uint64_t hash;  // of the payload's bytes (FORMAT.md); two replicas compare it to notice a rewritten log
  std::string bytes;
};

// Positions that can be read: [first, last]; empty when first == last + 1. The first position ever given is 1.
struct LogBounds {
  uint64_t first;
  uint64_t last;
};

// A read returns at least one record, if there is one, and stops before exceeding either figure with further ones.
struct TailLimits {
  size_t records = 1024;
  size_t bytes = size_t{8} << 20;
};

enum class TailState {
  kRecords,  // `records` follow `after` in order; none: the reader has caught up
  kTrimmed,  // the record after `after` is gone: rebuild from a checkpoint, never skip
  kFork,     // the log ends before `after`: it lost or rewrote what the reader has applied; stop and alarm
};

struct TailResult {
  TailState state;
  LogBounds bounds;  // as seen by this read
  std::vector<LogRecord> records;
};

// Thread-safe. Shards that were not opened give NOT_FOUND. Failed calls change nothing that a reader can see, except
// that an Append that failed with anything but the codes named may still turn out to have been written.
class ArticleLog {
 public:
  virtual ~ArticleLog() = default;

  // Appends the payloads in order and returns their positions, ascending, once they survive a power cut. Concurrent
  // calls do not interleave within one call's payloads. RESOURCE_EXHAUSTED when too much waits already, and
  // INVALID_ARGUMENT for a payload above kMaxPayloadBytes: nothing was appended. No payloads: no positions.
  virtual absl::StatusOr<std::vector<uint64_t>> Append(uint32_t shard, absl::Span<const LogPayload> payloads) = 0;

  // Reads what follows `after` (0: from the start). Positions ascend; they need not be contiguous where a log drops
  // superseded records. DATA_LOSS names the shard and position of a damaged record.
  virtual absl::StatusOr<TailResult> Tail(uint32_t shard, uint64_t after, const TailLimits& limits) const = 0;

  virtual absl::StatusOr<LogBounds> Bounds(uint32_t shard) const = 0;
  // Of the bounds, the last alone.
  virtual absl::StatusOr<uint64_t> Last(uint32_t shard) const;

  // Others may append too: what a caller has read of the log need not be all that was acknowledged to somebody.
  virtual bool HasOtherWriters() const { return false; }

  // Gives up records up to and including `up_to`; positions already trimmed are fine, one past the end is
  // INVALID_ARGUMENT. Readers that still need them get kTrimmed. A log that drops superseded records of its own accord
  // may keep all.
  virtual absl::Status Trim(uint32_t shard, uint64_t up_to) = 0;

  // Called, on any thread, when others than the callers of Append have made the shard's log longer since a Tail that
  // returned nothing. Logs that nobody else appends to never call it. It must not call the log.
  virtual void SetListener(uint32_t /*shard*/, const std::function<void()>& /*listener*/) {}
};

inline constexpr size_t kMaxPayloadBytes = size_t{16} << 20;

// Of all payloads together. INVALID_ARGUMENT names the one that exceeds kMaxPayloadBytes.
absl::StatusOr<size_t> CheckedBytes(absl::Span<const LogPayload> payloads);

}  // namespace tintinh::article_log

#endif  // TINTINH_COMMON_ARTICLE_LOG_ARTICLE_LOG_H_
