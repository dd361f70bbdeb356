#include "common/article_log/embedded_article_log.h"

#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/article_log/record_format.h"
#include "common/kv/key.h"
#include "common/status/status_macros.h"

namespace tintinh::article_log {
namespace {

constexpr absl::string_view kFamily = "log";
constexpr uint64_t kBoundsKey = 0;  // no record has position 0
constexpr uint8_t kBoundsVersion = 1;

std::string Key(uint64_t position) {
  std::string key;
  kv::AppendBigEndian<uint64_t>(position, key);
  return key;
}

std::string EncodeFirst(uint64_t first) {
  std::string value;
  kv::AppendBigEndian<uint8_t>(kBoundsVersion, value);
  kv::AppendBigEndian<uint64_t>(first, value);
  return value;
}

absl::StatusOr<uint64_t> ReadFirst(const kv::Database& database, uint32_t shard) {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, database.Get(kFamily, Key(kBoundsKey)));
  if (!value.has_value()) return uint64_t{1};
  const absl::string_view bytes(*value);
  if (bytes.size() != 9 || kv::ReadBigEndian<uint8_t>(bytes) != kBoundsVersion) {
    return absl::DataLossError(absl::StrCat("article log of shard ", shard, ": damaged bounds record"));
  }
  return kv::ReadBigEndian<uint64_t>(bytes.substr(1));
}

absl::StatusOr<LogBounds> ReadBounds(const kv::Database& database, uint32_t shard) {
  ASSIGN_OR_RETURN(const uint64_t first, ReadFirst(database, shard));
  ASSIGN_OR_RETURN(const auto newest, database.Last(kFamily, Key(first), ""));
  if (!newest.has_value()) return LogBounds{first, first - 1};
  return LogBounds{first, kv::ReadBigEndian<uint64_t>(newest->first)};
}

// Collects records one by one from `next` on and stops at the limits, at a gap or at a damaged record.
class RecordCollector {
 public:
  RecordCollector(uint32_t shard, uint64_t after, const TailLimits& limits)
      : shard_(shard), next_(after + 1), limits_(limits) {}

  bool Add(absl::string_view key, absl::string_view value) {
    const auto position = kv::ReadBigEndian<uint64_t>(key);
    if (position != next_ || !HasRoomFor(value)) return false;
    absl::StatusOr<LogRecord> record = DecodeRecord(shard_, position, value);
    if (!record.ok()) {
      status_ = record.status();
      return false;
    }
    bytes_ += record->bytes.size();
    records_.push_back(*std::move(record));
    ++next_;
    return true;
  }

  // What was read; a damaged record counts only when it is the first, so that readers get everything before it.
  absl::StatusOr<std::vector<LogRecord>> Take() {
    if (records_.empty()) RETURN_IF_ERROR(status_);
    return std::move(records_);
  }

 private:
  bool HasRoomFor(absl::string_view value) const {
    return records_.empty() || (records_.size() < limits_.records && bytes_ + value.size() <= limits_.bytes);
  }

  const uint32_t shard_;
  uint64_t next_;
  const TailLimits limits_;
  size_t bytes_ = 0;
  std::vector<LogRecord> records_;
  absl::Status status_;
};

}  // namespace

EmbeddedArticleLog::Shard::Shard(const EmbeddedLogShard& opened, LogBounds bounds, size_t max_group_bytes)
    : number(opened.shard),
      database(*opened.database),
      first(bounds.first),
      last(bounds.last),
      commits(max_group_bytes, [this](const std::vector<GroupCommit::Payloads>& group) { return Commit(group); }) {}

absl::StatusOr<uint64_t> EmbeddedArticleLog::Shard::Commit(const std::vector<GroupCommit::Payloads>& group) {
  const uint64_t before = last.load();
  uint64_t position = before;
  kv::WriteBatch batch;
  for (const GroupCommit::Payloads payloads : group) {
    for (const LogPayload& payload : payloads) {
      database.Put(batch, kFamily, Key(++position), EncodeRecord(number, payload.bytes));
    }
  }
  RETURN_IF_ERROR(database.Write(std::move(batch), kv::Durability::kSynced));
  last.store(position);
  return before + 1;
}

kv::ColumnFamily EmbeddedArticleLog::ColumnFamily() { return {.name = std::string(kFamily)}; }

absl::StatusOr<std::unique_ptr<EmbeddedArticleLog>> EmbeddedArticleLog::Open(absl::Span<const EmbeddedLogShard> shards,
                                                                             const EmbeddedLogOptions& options) {
  std::unique_ptr<EmbeddedArticleLog> log(new EmbeddedArticleLog(options));
  for (const EmbeddedLogShard& opened : shards) {
    ASSIGN_OR_RETURN(const LogBounds bounds, ReadBounds(*opened.database, opened.shard));
    log->shards_[opened.shard] = std::make_unique<Shard>(opened, bounds, options.max_group_bytes);
  }
  return log;
}

absl::StatusOr<EmbeddedArticleLog::Shard*> EmbeddedArticleLog::Find(uint32_t shard) const {
  const auto it = shards_.find(shard);
  if (it == shards_.end()) return absl::NotFoundError(absl::StrCat("article log has no shard ", shard));
  return it->second.get();
}

absl::StatusOr<std::vector<uint64_t>> EmbeddedArticleLog::Append(uint32_t shard,
                                                                 absl::Span<const LogPayload> payloads) {
  ASSIGN_OR_RETURN(Shard* const found, Find(shard));
  ASSIGN_OR_RETURN(const size_t bytes, CheckedBytes(payloads));
  if (payloads.empty()) return std::vector<uint64_t>();
  RETURN_IF_ERROR(budget_.Take(bytes));
  const absl::Cleanup give = [this, bytes] { budget_.Give(bytes); };
  ASSIGN_OR_RETURN(const uint64_t first, found->commits.Append(payloads));
  std::vector<uint64_t> positions(payloads.size());
  std::iota(positions.begin(), positions.end(), first);
  return positions;
}

absl::StatusOr<TailResult> EmbeddedArticleLog::Tail(uint32_t shard, uint64_t after, const TailLimits& limits) const {
  ASSIGN_OR_RETURN(const Shard* const found, Find(shard));
  const LogBounds bounds = found->Bounds();
  if (after > bounds.last) return TailResult{TailState::kFork, bounds, {}};
  if (after + 1 < bounds.first) return TailResult{TailState::kTrimmed, bounds, {}};
  RecordCollector collector(shard, after, limits);
  RETURN_IF_ERROR(found->database.Scan(
      kFamily, Key(after + 1), Key(bounds.last + 1),
      [&collector](absl::string_view key, absl::string_view value) { return collector.Add(key, value); }));
  ASSIGN_OR_RETURN(std::vector<LogRecord> records, collector.Take());
  if (records.empty() && after < bounds.last) {
    const LogBounds now = found->Bounds();
    if (after + 1 < now.first) return TailResult{TailState::kTrimmed, now, {}};
    return absl::DataLossError(absl::StrCat("article log of shard ", shard, ", record ", after + 1, ": missing"));
  }
  return TailResult{TailState::kRecords, bounds, std::move(records)};
}

absl::StatusOr<LogBounds> EmbeddedArticleLog::Bounds(uint32_t shard) const {
  ASSIGN_OR_RETURN(const Shard* const found, Find(shard));
  return found->Bounds();
}

absl::Status EmbeddedArticleLog::Trim(uint32_t shard, uint64_t up_to) {
  ASSIGN_OR_RETURN(Shard* const found, Find(shard));
  MutexLock lock(found->trim_mu);
  const LogBounds bounds = found->Bounds();
  if (up_to > bounds.last) {
    return absl::InvalidArgumentError(
        absl::StrCat("trim article log of shard ", shard, " up to ", up_to, ": it ends at ", bounds.last));
  }
  if (up_to < bounds.first) return absl::OkStatus();
  kv::WriteBatch batch;
  found->database.Put(batch, kFamily, Key(kBoundsKey), EncodeFirst(up_to + 1));
  found->database.DeleteRange(batch, kFamily, Key(bounds.first), Key(up_to + 1));
  // A trim lost in a power cut is repeated after the next flush.
  RETURN_IF_ERROR(found->database.Write(std::move(batch), kv::Durability::kBuffered));
  found->first.store(up_to + 1);
  return absl::OkStatus();
}

}  // namespace tintinh::article_log
