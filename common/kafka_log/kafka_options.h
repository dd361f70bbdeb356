// How the log reaches its brokers.
#ifndef TINTINH_COMMON_KAFKA_LOG_KAFKA_OPTIONS_H_
#define TINTINH_COMMON_KAFKA_LOG_KAFKA_OPTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::kafka_log {

struct KafkaOptions {
  std::vector<std::string> brokers;  // "HOST:PORT", those asked first
  std::string topic;

  absl::Duration append_timeout = absl::Seconds(30);  // at least 1 s
  absl::Duration read_timeout = absl::Seconds(10);    // of one question to a broker
  absl::Duration fork_patience = absl::Seconds(10);
  bool check_settings = true;        // of the topic, when the log is opened; off where the brokers do not tell them
  size_t max_queued_appends = 1024;  // calls, over all shards
  size_t max_queued_bytes = size_t{256} << 20;  // of their payloads

  // PEM files. TLS is used when `ca` is set; the brokers' names are checked.
  std::string ca;
  std::string certificate;
  std::string private_key;

  std::string sasl_mechanism;  // PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; empty: none
  std::string sasl_username;
  std::string sasl_password;
};

// INVALID_ARGUMENT names the field: an unknown mechanism, a password file that cannot be read.
absl::StatusOr<KafkaOptions> OptionsFrom(const config::v1::KafkaLogConfig& config);

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_KAFKA_OPTIONS_H_
