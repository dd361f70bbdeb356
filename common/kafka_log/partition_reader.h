// Reads one partition from any offset on, and tells when more has come.
#ifndef TINTINH_COMMON_KAFKA_LOG_PARTITION_READER_H_
#define TINTINH_COMMON_KAFKA_LOG_PARTITION_READER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/kafka_log/kafka_client.h"
#include "common/sync/mutex.h"

namespace tintinh::kafka_log {

struct OffsetRecord {
  int64_t offset;
  std::string value;
};

struct ReadLimits {
  size_t records;
  size_t bytes;
  absl::Duration patience;  // for the first record; zero: only what is here already
};

// Thread-safe. Readers that go on where they stopped are served from what was fetched ahead.
class PartitionReader {
 public:
  // Both must outlive this.
  PartitionReader(rd_kafka_t& consumer, rd_kafka_topic_t& topic, int32_t partition);
  ~PartitionReader();
  PartitionReader(const PartitionReader&) = delete;
  PartitionReader& operator=(const PartitionReader&) = delete;

  // Records at or after `offset`, ascending: at least one, if one comes in time, and no more once either limit would be
  // exceeded. None: time is up.
  absl::StatusOr<std::vector<OffsetRecord>> Read(int64_t offset, const ReadLimits& limits);

  // Called, on a thread of librdkafka, when a record has come after Read had none left. Set before the first Read.
  void SetListener(std::function<void()> listener);

 private:
  static void OnEvent(rd_kafka_t* consumer, void* opaque);
  absl::Status StartAt(int64_t offset) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void StopReading() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // Null: nothing came in time.
  absl::StatusOr<Message> Next(absl::Duration patience) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  rd_kafka_topic_t& topic_;
  const int32_t partition_;
  Mutex mu_;
  bool reading_ ABSL_GUARDED_BY(mu_) = false;
  int64_t next_offset_ ABSL_GUARDED_BY(mu_) = 0;
  Message held_ ABSL_GUARDED_BY(mu_);  // fetched, but beyond the limits of the last read
  const Queue queue_;
  Mutex listener_mu_;
  std::function<void()> listener_ ABSL_GUARDED_BY(listener_mu_);
};

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_PARTITION_READER_H_
