#include "common/kafka_log/kafka_options.h"

#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/time/proto_duration.h"

namespace tintinh::kafka_log {
namespace {

absl::Status CheckMechanism(absl::string_view mechanism) {
  for (const absl::string_view known : {"", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}) {
    if (mechanism == known) return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("kafka.sasl_mechanism: \"", mechanism, "\" is none of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512"));
}

absl::StatusOr<std::string> FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (std::getline(file, line)) return line;
  return absl::InvalidArgumentError(absl::StrCat("kafka.sasl_password_file: ", path, " cannot be read or is empty"));
}

}  // namespace

absl::StatusOr<KafkaOptions> OptionsFrom(const config::v1::KafkaLogConfig& config) {
  KafkaOptions options;
  options.brokers = {config.brokers().begin(), config.brokers().end()};
  options.topic = config.topic();
  options.append_timeout = ToDuration(config.append_timeout());
  options.read_timeout = ToDuration(config.read_timeout());
  options.ca = config.ca();
  options.certificate = config.certificate();
  options.private_key = config.private_key();
  RETURN_IF_ERROR(CheckMechanism(config.sasl_mechanism()));
  options.sasl_mechanism = config.sasl_mechanism();
  options.sasl_username = config.sasl_username();
  if (!config.sasl_mechanism().empty()) {
    ASSIGN_OR_RETURN(options.sasl_password, FirstLine(config.sasl_password_file()));
  }
  return options;
}

}  // namespace tintinh::kafka_log
