// librdkafka's handles as values that clean up after themselves, and its errors as statuses.
#ifndef TINTINH_COMMON_KAFKA_LOG_KAFKA_CLIENT_H_
#define TINTINH_COMMON_KAFKA_LOG_KAFKA_CLIENT_H_

#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/article_log/article_log.h"
#include "common/kafka_log/kafka_options.h"

namespace tintinh::kafka_log {

template <auto kDestroy>
struct Destroyer {
  template <typename T>
  void operator()(T* object) const {
    kDestroy(object);
  }
};

using Client = std::unique_ptr<rd_kafka_t, Destroyer<rd_kafka_destroy>>;
using Conf = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;

using Settings = std::vector<std::pair<std::string, std::string>>;

// What both kinds of client need, with `more`. INVALID_ARGUMENT names a setting that librdkafka refuses.
absl::StatusOr<Conf> MakeConf(const KafkaOptions& options, const Settings& more);

// Its log lines go to ours. UNAVAILABLE when it cannot be started (a certificate that cannot be read).
absl::StatusOr<Client> MakeClient(rd_kafka_type_t type, Conf conf);

absl::StatusOr<Topic> OpenTopic(rd_kafka_t& client, const std::string& name);

// `doing` is what failed: "append to shard 3". NOT_FOUND: no such topic or partition. PERMISSION_DENIED,
// UNAUTHENTICATED: the brokers' access control. INVALID_ARGUMENT: refused for what it says. Anything else: UNAVAILABLE.
absl::Status FromKafka(rd_kafka_resp_err_t error, absl::string_view doing);

int ToMillis(absl::Duration duration);

// The largest message, for the clients and the topic alike: a payload, its header, its key and Kafka's own framing.
inline constexpr size_t kMaxMessageBytes = article_log::kMaxPayloadBytes + (size_t{1} << 16);

}  // namespace tintinh::kafka_log

#endif  // TINTINH_COMMON_KAFKA_LOG_KAFKA_CLIENT_H_
