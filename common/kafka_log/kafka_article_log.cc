#include "common/kafka_log/kafka_article_log.h"

#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/article_log/record_format.h"
#include "common/kafka_log/kafka_topic.h"
#include "common/status/status_macros.h"

namespace tintinh::kafka_log {
namespace {

using article_log::LogBounds;
using article_log::LogPayload;
using article_log::LogRecord;
using article_log::TailLimits;
using article_log::TailResult;
using article_log::TailState;

// An offset counts from 0, a position from 1.
uint64_t PositionOf(int64_t offset) { return static_cast<uint64_t>(offset) + 1; }

Settings ConsumerSettings() {
  return {
      // What was deleted must not pass silently.
      {"auto.offset.reset", "error"},
      {"check.crcs", "true"},
      // Fetched ahead, of each partition.
      {"queued.max.messages.kbytes", "16384"},
  };
}

std::vector<KeyedRecord> Encode(uint32_t shard, absl::Span<const LogPayload> payloads) {
  std::vector<KeyedRecord> records;
  records.reserve(payloads.size());
  for (const LogPayload& payload : payloads) {
    records.push_back({payload.key, article_log::EncodeRecord(shard, payload.bytes)});
  }
  return records;
}

// A damaged record counts only when it is the first, so that readers get everything before it.
absl::StatusOr<std::vector<LogRecord>> Decode(uint32_t shard, const std::vector<OffsetRecord>& read) {
  std::vector<LogRecord> records;
  for (const OffsetRecord& one : read) {
    absl::StatusOr<LogRecord> record = article_log::DecodeRecord(shard, PositionOf(one.offset), one.value);
    if (!record.ok() && records.empty()) return record.status();
    if (!record.ok()) break;
    records.push_back(*std::move(record));
  }
  return records;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaArticleLog>> KafkaArticleLog::Open(const KafkaOptions& options, uint32_t shards,
                                                                       const Clock& clock) {
  std::unique_ptr<KafkaArticleLog> log(new KafkaArticleLog(options, clock));
  ASSIGN_OR_RETURN(Conf conf, MakeConf(options, ConsumerSettings()));
  ASSIGN_OR_RETURN(log->consumer_, MakeClient(RD_KAFKA_CONSUMER, std::move(conf)));
  ASSIGN_OR_RETURN(Conf asking, MakeConf(options, AskerSettings()));
  ASSIGN_OR_RETURN(log->asker_, MakeClient(RD_KAFKA_CONSUMER, std::move(asking)));
  RETURN_IF_ERROR(CheckTopic(*log->asker_, options, shards));
  ASSIGN_OR_RETURN(log->topic_, OpenTopic(*log->consumer_, options.topic));
  for (uint32_t shard = 0; shard < shards; ++shard) {
    log->partitions_.push_back(std::make_unique<Partition>(*log->consumer_, *log->topic_, static_cast<int32_t>(shard)));
  }
  RETURN_IF_ERROR(log->Producer().status());
  return log;
}

absl::Status KafkaArticleLog::Check(uint32_t shard) const {
  if (shard < partitions_.size()) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("article log has no shard ", shard));
}

absl::StatusOr<std::shared_ptr<KafkaProducer>> KafkaArticleLog::Producer() {
  MutexLock lock(producer_mu_);
  if (producer_ != nullptr && !producer_->broken()) return producer_;
  ASSIGN_OR_RETURN(producer_, KafkaProducer::Open(options_, static_cast<uint32_t>(partitions_.size())));
  return producer_;
}

absl::StatusOr<std::vector<uint64_t>> KafkaArticleLog::Append(uint32_t shard, absl::Span<const LogPayload> payloads) {
  RETURN_IF_ERROR(Check(shard));
  ASSIGN_OR_RETURN(const size_t bytes, article_log::CheckedBytes(payloads));
  if (payloads.empty()) return std::vector<uint64_t>();
  RETURN_IF_ERROR(budget_.Take(bytes));
  const absl::Cleanup give = [this, bytes] { budget_.Give(bytes); };
  ASSIGN_OR_RETURN(const std::shared_ptr<KafkaProducer> producer, Producer());
  ASSIGN_OR_RETURN(const std::vector<int64_t> offsets, producer->Append(shard, Encode(shard, payloads)));
  std::vector<uint64_t> positions(offsets.size());
  std::transform(offsets.begin(), offsets.end(), positions.begin(), &PositionOf);
  return positions;
}

absl::StatusOr<LogBounds> KafkaArticleLog::Bounds(uint32_t shard) const {
  RETURN_IF_ERROR(Check(shard));
  const OffsetQuery query{*asker_, options_.topic, static_cast<int32_t>(shard), options_.read_timeout};
  ASSIGN_OR_RETURN(const int64_t first, AskOffset(query, End::kFirst));
  ASSIGN_OR_RETURN(const uint64_t last, Last(shard));
  return LogBounds{PositionOf(first), last};
}

absl::StatusOr<uint64_t> KafkaArticleLog::Last(uint32_t shard) const {
  RETURN_IF_ERROR(Check(shard));
  const OffsetQuery query{*asker_, options_.topic, static_cast<int32_t>(shard), options_.read_timeout};
  ASSIGN_OR_RETURN(const int64_t next, AskOffset(query, End::kNext));
  return static_cast<uint64_t>(next);
}

absl::StatusOr<TailResult> KafkaArticleLog::Tail(uint32_t shard, uint64_t after, const TailLimits& limits) const {
  ASSIGN_OR_RETURN(LogBounds bounds, Bounds(shard));
  if (after > bounds.last) return Forked(shard, after, bounds);
  Partition& partition = *partitions_[shard];
  {
    MutexLock lock(partition.mu);
    if (bounds.last >= partition.fork_after) partition.fork_since = absl::InfiniteFuture();
  }
  if (after + 1 < bounds.first) return TailResult{TailState::kTrimmed, bounds, {}};
  const absl::Duration patience = after < bounds.last ? options_.read_timeout : absl::ZeroDuration();
  ASSIGN_OR_RETURN(const std::vector<OffsetRecord> read,
                   partition.reader.Read(static_cast<int64_t>(after), {limits.records, limits.bytes, patience}));
  ASSIGN_OR_RETURN(std::vector<LogRecord> records, Decode(shard, read));
  if (records.empty() && after < bounds.last) {
    return absl::UnavailableError(absl::StrCat("read shard ", shard, " after ", after, ": it holds records up to ",
                                               bounds.last, ", none came in ",
                                               absl::FormatDuration(options_.read_timeout)));
  }
  if (!records.empty()) bounds.last = std::max(bounds.last, records.back().position);
  return TailResult{TailState::kRecords, bounds, std::move(records)};
}

absl::StatusOr<TailResult> KafkaArticleLog::Forked(uint32_t shard, uint64_t after, LogBounds bounds) const {
  Partition& partition = *partitions_[shard];
  MutexLock lock(partition.mu);
  partition.fork_since = std::min(partition.fork_since, clock_.Now());
  partition.fork_after = after;
  if (clock_.Now() - partition.fork_since >= options_.fork_patience) return TailResult{TailState::kFork, bounds, {}};
  return absl::UnavailableError(absl::StrCat("read shard ", shard, " after ", after, ": it ends at ", bounds.last,
                                             "; waiting for a leader that knows more"));
}

absl::Status KafkaArticleLog::Trim(uint32_t shard, uint64_t /*up_to*/) {
  RETURN_IF_ERROR(Check(shard));
  return absl::OkStatus();
}

void KafkaArticleLog::SetListener(uint32_t shard, const std::function<void()>& listener) {
  if (Check(shard).ok()) partitions_[shard]->reader.SetListener(listener);
}

}  // namespace tintinh::kafka_log
