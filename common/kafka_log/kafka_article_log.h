// The article log of a cluster: a compacted Kafka topic, one partition for each shard.
#ifndef TINTINH_COMMON_KAFKA_LOG_KAFKA_ARTICLE_LOG_H_
#define TINTINH_COMMON_KAFKA_LOG_KAFKA_ARTICLE_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/article_log/append_budget.h"
#include "common/article_log/article_log.h"
#include "common/kafka_log/kafka_client.h"
#include "common/kafka_log/kafka_options.h"
#include "common/kafka_log/kafka_producer.h"
#include "common/kafka_log/offset_query.h"
#include "common/kafka_log/partition_reader.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace tintinh::kafka_log {

// README.md says what a reader is told when something has happened to the topic. Trim keeps the records: compaction
// drops those that are superseded, and a replica is rebuilt from the rest.
class KafkaArticleLog final : public article_log::ArticleLog {
 public:
  // Shards 0 to shards - 1 of a topic that has as many partitions; CheckTopic says how it fails. `clock` must outlive
  // the log.
  static absl::StatusOr<std::unique_ptr<KafkaArticleLog>> Open(const KafkaOptions& options, uint32_t shards,
                                                               const Clock& clock);

  absl::StatusOr<std::vector<uint64_t>> Append(uint32_t shard,
                                               absl::Span<const article_log::LogPayload> payloads) override;
  absl::StatusOr<article_log::TailResult> Tail(uint32_t shard, uint64_t after,
                                               const article_log::TailLimits& limits) const override;
  absl::StatusOr<article_log::LogBounds> Bounds(uint32_t shard) const override;
  absl::StatusOr<uint64_t> Last(uint32_t shard) const override;
  bool HasOtherWriters() const override { return true; }
  absl::Status Trim(uint32_t shard, uint64_t up_to) override;
  void SetListener(uint32_t shard, const std::function<void()>& listener) override;

 private:
  struct Partition {
    Partition(rd_kafka_t& consumer, rd_kafka_topic_t& topic, int32_t number) : reader(consumer, topic, number) {}
    PartitionReader reader;
    Mutex mu;
    absl::Time fork_since ABSL_GUARDED_BY(mu) = absl::InfiniteFuture();
    uint64_t fork_after ABSL_GUARDED_BY(mu) = 0;  // the reader's position that the log did not reach
  };

  KafkaArticleLog(const KafkaOptions& options, const Clock& clock)
      : options_(options), clock_(clock), budget_(options.max_queued_appends, options.max_queued_bytes) {}
  absl::Status Check(uint32_t shard) const;
  absl::StatusOr<std::shared_ptr<KafkaProducer>> Producer();
  absl::StatusOr<article_log::TailResult> Forked(uint32_t shard, uint64_t after, article_log::LogBounds bounds) const;

  const KafkaOptions options_;
  const Clock& clock_;
  article_log::AppendBudget budget_;
  Client
      asker_;  // a broker answers one connection's requests in turn: a fetch that waits for news would hold up the rest
  Client consumer_;
  Topic topic_;
  std::vector<std::unique_ptr<Partition>> partitions_;  // before consumer_ and topic_ in destruction
  Mutex producer_mu_;
  std::shared_ptr<KafkaProducer> producer_ ABSL_GUARDED_BY(producer_mu_);
};

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_KAFKA_ARTICLE_LOG_H_
