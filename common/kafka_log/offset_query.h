// Where a partition begins and ends, asked of its leader.
#ifndef TINTINH_COMMON_KAFKA_LOG_OFFSET_QUERY_H_
#define TINTINH_COMMON_KAFKA_LOG_OFFSET_QUERY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/kafka_log/kafka_client.h"

namespace tintinh::kafka_log {

// Of the client that asks: a question to a leader that died is given up, so that the next finds the new one.
Settings AskerSettings();

struct OffsetQuery {
  rd_kafka_t& client;
  const std::string& topic;
  int32_t partition;
  absl::Duration timeout;
};

enum class End {
  kFirst,  // the offset of the first record that can be read
  kNext,   // the offset that the next record gets
};

// Asked again while leaders change, until the timeout: then the last failure, mostly UNAVAILABLE.
absl::StatusOr<int64_t> AskOffset(const OffsetQuery& query, End end);

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_OFFSET_QUERY_H_
