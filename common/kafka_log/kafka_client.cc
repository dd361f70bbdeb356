#include "common/kafka_log/kafka_client.h"

#include <algorithm>
#include <array>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"

namespace tintinh::kafka_log {
namespace {

constexpr size_t kErrorBytes = 512;

absl::Status Set(rd_kafka_conf_t& conf, const std::string& name, const std::string& value) {
  std::array<char, kErrorBytes> error{};
  if (rd_kafka_conf_set(&conf, name.c_str(), value.c_str(), error.data(), error.size()) == RD_KAFKA_CONF_OK) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("kafka setting ", name, ": ", error.data()));
}

std::string Protocol(const KafkaOptions& options) {
  const bool sasl = !options.sasl_mechanism.empty();
  if (options.ca.empty()) return sasl ? "sasl_plaintext" : "plaintext";
  return sasl ? "sasl_ssl" : "ssl";
}

Settings Security(const KafkaOptions& options) {
  Settings settings = {{"security.protocol", Protocol(options)}};
  if (!options.ca.empty()) {
    settings.emplace_back("ssl.ca.location", options.ca);
    settings.emplace_back("ssl.endpoint.identification.algorithm", "https");
  }
  if (!options.certificate.empty()) settings.emplace_back("ssl.certificate.location", options.certificate);
  if (!options.private_key.empty()) settings.emplace_back("ssl.key.location", options.private_key);
  if (options.sasl_mechanism.empty()) return settings;
  settings.emplace_back("sasl.mechanisms", options.sasl_mechanism);
  settings.emplace_back("sasl.username", options.sasl_username);
  settings.emplace_back("sasl.password", options.sasl_password);
  return settings;
}

// What librdkafka calls an error is mostly a connection that it will try again.
void WriteLog(const rd_kafka_t* /*client*/, int level, const char* facility, const char* text) {
  constexpr int kSyslogWarning = 4;
  const auto log = level <= kSyslogWarning ? &LogWarning : &LogInfo;
  log("kafka", {{"facility", facility}, {"text", text}});
}

absl::StatusCode CodeOf(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return absl::StatusCode::kNotFound;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return absl::StatusCode::kPermissionDenied;
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      return absl::StatusCode::kUnauthenticated;
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      return absl::StatusCode::kInvalidArgument;
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
      return absl::StatusCode::kAlreadyExists;
    default:
      return absl::StatusCode::kUnavailable;
  }
}

}  // namespace

absl::StatusOr<Conf> MakeConf(const KafkaOptions& options, const Settings& more) {
  Conf conf(rd_kafka_conf_new());
  Settings settings = {
      {"bootstrap.servers", absl::StrJoin(options.brokers, ",")},
      {"client.id", "tintinh"},
      {"message.max.bytes", absl::StrCat(kMaxMessageBytes)},
      {"allow.auto.create.topics", "false"},
      {"socket.keepalive.enable", "true"},
      {"socket.nagle.disable", "true"},
      {"reconnect.backoff.max.ms", "2000"},
  };
  for (const Settings& group : {Security(options), more}) settings.insert(settings.end(), group.begin(), group.end());
  for (const auto& [name, value] : settings) RETURN_IF_ERROR(Set(*conf, name, value));
  rd_kafka_conf_set_log_cb(conf.get(), &WriteLog);
  return conf;
}

absl::StatusOr<Client> MakeClient(rd_kafka_type_t type, Conf conf) {
  std::array<char, kErrorBytes> error{};
  rd_kafka_t* const client = rd_kafka_new(type, conf.get(), error.data(), error.size());
  if (client == nullptr) return absl::UnavailableError(absl::StrCat("start a kafka client: ", error.data()));
  static_cast<void>(conf.release());  // the client's now
  return Client(client);
}

absl::StatusOr<Topic> OpenTopic(rd_kafka_t& client, const std::string& name) {
  Topic topic(rd_kafka_topic_new(&client, name.c_str(), nullptr));
  if (topic == nullptr) return FromKafka(rd_kafka_last_error(), absl::StrCat("open topic ", name));
  return topic;
}

absl::Status FromKafka(rd_kafka_resp_err_t error, absl::string_view doing) {
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return absl::Status(CodeOf(error),
                      absl::StrCat(doing, ": ", rd_kafka_err2str(error), " (", rd_kafka_err2name(error), ")"));
}

int ToMillis(absl::Duration duration) {
  return static_cast<int>(std::clamp<int64_t>(absl::ToInt64Milliseconds(duration), 0, std::numeric_limits<int>::max()));
}

}  // namespace tintinh::kafka_log
