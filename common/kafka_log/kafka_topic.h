// The topic as a whole: made once, by an operator, and looked at whenever the log is opened.
#ifndef TINTINH_COMMON_KAFKA_LOG_KAFKA_TOPIC_H_
#define TINTINH_COMMON_KAFKA_LOG_KAFKA_TOPIC_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/kafka_log/kafka_client.h"
#include "common/kafka_log/kafka_options.h"

namespace tintinh::kafka_log {

struct TopicPlan {
  uint32_t partitions = 1;  // one for each shard
  uint32_t replicas = 3;    // brokers that hold each partition
  uint32_t min_in_sync = 2;
  // Every append is on the disks of the brokers before it is acknowledged, so that none is lost when all of them lose
  // power at once. Off, the brokers' operating systems write when they like.
  bool flush_every_append = true;
};

// Returns when every broker of the options knows it. Compacted, never deleted from, no leader that lacks acknowledged
// records. ALREADY_EXISTS changes nothing; INVALID_ARGUMENT where the brokers refuse the plan (fewer brokers than
// replicas).
absl::Status CreateTopic(const KafkaOptions& options, const TopicPlan& plan);

// NOT_FOUND: no such topic. FAILED_PRECONDITION: another number of partitions, or settings under which articles would
// be deleted, lost or refused. Settings that may not be read are logged as unchecked.
absl::Status CheckTopic(rd_kafka_t& client, const KafkaOptions& options, uint32_t partitions);

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_KAFKA_TOPIC_H_
