// Appends to the partitions of one topic.
#ifndef TINTINH_COMMON_KAFKA_LOG_KAFKA_PRODUCER_H_
#define TINTINH_COMMON_KAFKA_LOG_KAFKA_PRODUCER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/kafka_log/kafka_client.h"
#include "common/kafka_log/kafka_options.h"
#include "common/sync/mutex.h"

namespace tintinh::kafka_log {

struct KeyedRecord {
  std::string key;
  std::string value;
};

// Thread-safe. Idempotent: librdkafka's own retries write nothing twice.
class KafkaProducer {
 public:
  // The topic must exist: a producer that asks for another may make it, with the brokers' defaults.
  static absl::StatusOr<std::unique_ptr<KafkaProducer>> Open(const KafkaOptions& options, uint32_t partitions);
  ~KafkaProducer();  // no Append may be running
  KafkaProducer(const KafkaProducer&) = delete;
  KafkaProducer& operator=(const KafkaProducer&) = delete;

  // The records' offsets, ascending, once every replica in sync has them; with nothing between them from this producer.
  // Waits as long as append_timeout. RESOURCE_EXHAUSTED: nothing was appended; any other failure: perhaps some.
  absl::StatusOr<std::vector<int64_t>> Append(uint32_t partition, absl::Span<const KeyedRecord> records);

  // True once the brokers or librdkafka gave it up: it will append nothing more, another may.
  bool broken() const;

 private:
  KafkaProducer() = default;
  void Poll();

  Client client_;
  Topic topic_;
  std::vector<Mutex> order_;  // of each partition: one call's records follow one another
  std::atomic<bool> stopping_ = false;
  std::thread poller_;  // hands out what the brokers acknowledged
};

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_KAFKA_PRODUCER_H_
