#include "common/kafka_log/kafka_topic.h"

#include <array>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"

namespace tintinh::kafka_log {
namespace {

using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroyer<rd_kafka_NewTopic_destroy>>;
using ConfigResource = std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>>;
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, Destroyer<rd_kafka_AdminOptions_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>>;

constexpr char kCleanupPolicy[] = "cleanup.policy";
constexpr char kUncleanElection[] = "unclean.leader.election.enable";
constexpr char kLargestMessage[] = "max.message.bytes";

Settings TopicSettings(const TopicPlan& plan) {
  Settings settings = {
      {kCleanupPolicy, "compact"},
      {"min.insync.replicas", absl::StrCat(plan.min_in_sync)},
      {kUncleanElection, "false"},
      {kLargestMessage, absl::StrCat(kMaxMessageBytes)},
  };
  if (plan.flush_every_append) settings.emplace_back("flush.messages", "1");
  return settings;
}

absl::StatusOr<NewTopic> MakeNewTopic(const std::string& name, const TopicPlan& plan) {
  std::array<char, 512> error{};
  NewTopic topic(rd_kafka_NewTopic_new(name.c_str(), static_cast<int>(plan.partitions), static_cast<int>(plan.replicas),
                                       error.data(), error.size()));
  if (topic == nullptr) return absl::InvalidArgumentError(absl::StrCat("topic ", name, ": ", error.data()));
  for (const auto& [key, value] : TopicSettings(plan)) {
    RETURN_IF_ERROR(FromKafka(rd_kafka_NewTopic_set_config(topic.get(), key.c_str(), value.c_str()), key));
  }
  return topic;
}

absl::StatusOr<AdminOptions> Within(rd_kafka_t& client, absl::Duration timeout) {
  std::array<char, 512> error{};
  AdminOptions options(rd_kafka_AdminOptions_new(&client, RD_KAFKA_ADMIN_OP_ANY));
  const rd_kafka_resp_err_t refused =
      rd_kafka_AdminOptions_set_request_timeout(options.get(), ToMillis(timeout), error.data(), error.size());
  RETURN_IF_ERROR(FromKafka(refused, error.data()));
  return options;
}

// The answer to one administrative question. It comes, if only to say that the request's time is up.
absl::StatusOr<Event> Await(rd_kafka_queue_t& queue, const std::string& doing) {
  constexpr int kForever = -1;
  Event event(rd_kafka_queue_poll(&queue, kForever));
  if (event == nullptr) return absl::UnavailableError(doing + ": no answer");
  RETURN_IF_ERROR(FromKafka(rd_kafka_event_error(event.get()), doing));
  return event;
}

absl::Status ResultOf(const Event& event, const std::string& doing) {
  size_t count = 0;
  const rd_kafka_topic_result_t** const results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  if (count != 1) return absl::UnavailableError(absl::StrCat(doing, ": ", count, " answers"));
  absl::Status status = FromKafka(rd_kafka_topic_result_error(results[0]), doing);
  const char* const said = rd_kafka_topic_result_error_string(results[0]);
  if (status.ok() || said == nullptr) return status;
  return absl::Status(status.code(), absl::StrCat(status.message(), ": ", said));
}

absl::Status CheckPartitions(rd_kafka_t& client, const KafkaOptions& options, uint32_t partitions) {
  ASSIGN_OR_RETURN(const Topic topic, OpenTopic(client, options.topic));
  const std::string doing = absl::StrCat("look for topic ", options.topic);
  const rd_kafka_metadata_t* found = nullptr;
  RETURN_IF_ERROR(FromKafka(rd_kafka_metadata(&client, 0, topic.get(), &found, ToMillis(options.read_timeout)), doing));
  const Metadata metadata(found);
  const rd_kafka_metadata_topic_t& answer = metadata->topics[0];
  const absl::Status status = FromKafka(answer.err, doing);
  if (absl::IsNotFound(status)) {
    return absl::NotFoundError(absl::StrCat(status.message(), "; make it with `tintinh admin create-topic`"));
  }
  RETURN_IF_ERROR(status);
  if (static_cast<uint32_t>(answer.partition_cnt) == partitions) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("topic ", options.topic, " has ", answer.partition_cnt,
                                                    " partitions, the configuration ", partitions, " shards"));
}

using Described = absl::flat_hash_map<std::string, std::string>;

// A question about one topic that may not be asked is answered with an error of the topic's own.
absl::StatusOr<Described> ReadSettings(const Event& event, const std::string& doing) {
  size_t count = 0;
  const rd_kafka_ConfigResource_t** const resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  if (count != 1) return absl::UnavailableError(absl::StrCat(doing, ": ", count, " answers"));
  RETURN_IF_ERROR(FromKafka(rd_kafka_ConfigResource_error(resources[0]), doing));
  Described settings;
  size_t entries = 0;
  const rd_kafka_ConfigEntry_t** const found = rd_kafka_ConfigResource_configs(resources[0], &entries);
  for (size_t entry = 0; entry < entries; ++entry) {
    const char* const value = rd_kafka_ConfigEntry_value(found[entry]);
    if (value != nullptr) settings.emplace(rd_kafka_ConfigEntry_name(found[entry]), value);
  }
  return settings;
}

absl::Status Unfit(const std::string& topic, const Described& settings, const char* name, absl::string_view why,
                   absl::string_view needed) {
  return absl::FailedPreconditionError(
      absl::StrCat("topic ", topic, " has ", name, " \"", settings.at(name), "\": ", why, "; set it to ", needed));
}

// A setting that a broker does not state keeps its default, which is as needed or is refused when it matters.
absl::Status CheckSettings(const std::string& topic, const Described& settings) {
  const auto is = [&settings](const char* name, absl::string_view value) {
    const auto it = settings.find(name);
    return it == settings.end() || it->second == value;
  };
  if (!is(kCleanupPolicy, "compact")) {
    return Unfit(topic, settings, kCleanupPolicy, "articles would be deleted", "compact");
  }
  if (!is(kUncleanElection, "false")) {
    return Unfit(topic, settings, kUncleanElection, "acknowledged articles could be lost", "false");
  }
  const auto largest = settings.find(kLargestMessage);
  uint64_t bytes = 0;
  if (largest == settings.end() || (absl::SimpleAtoi(largest->second, &bytes) && bytes >= kMaxMessageBytes)) {
    return absl::OkStatus();
  }
  return Unfit(topic, settings, kLargestMessage, "large articles would be refused", absl::StrCat(kMaxMessageBytes));
}

absl::StatusOr<Described> DescribeTopic(rd_kafka_t& client, const KafkaOptions& options) {
  ConfigResource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, options.topic.c_str()));
  rd_kafka_ConfigResource_t* resources[] = {resource.get()};
  const Queue queue(rd_kafka_queue_new(&client));
  const std::string doing = absl::StrCat("ask for the settings of topic ", options.topic);
  ASSIGN_OR_RETURN(const AdminOptions within, Within(client, options.read_timeout));
  rd_kafka_DescribeConfigs(&client, resources, 1, within.get(), queue.get());
  ASSIGN_OR_RETURN(const Event event, Await(*queue, doing));
  return ReadSettings(event, doing);
}

absl::Status CheckAt(const KafkaOptions& options, uint32_t partitions) {
  ASSIGN_OR_RETURN(Conf conf, MakeConf(options, {}));
  ASSIGN_OR_RETURN(const Client client, MakeClient(RD_KAFKA_CONSUMER, std::move(conf)));
  absl::Status known = CheckPartitions(*client, options, partitions);
  constexpr int kPauseMillis = 50;
  if (!known.ok()) rd_kafka_poll(client.get(), kPauseMillis);
  return known;
}

// The brokers hear of a new topic one after another; whoever opens it next may ask any of them. A new client has only
// the broker it is given to ask.
absl::Status AwaitEverywhere(const KafkaOptions& options, uint32_t partitions) {
  const absl::Time latest = SteadyNow() + options.append_timeout;
  for (const std::string& broker : options.brokers) {
    KafkaOptions one = options;
    one.brokers = {broker};
    absl::Status known = CheckAt(one, partitions);
    // One that is down learns before it serves again.
    while (!known.ok() && !absl::IsUnavailable(known) && SteadyNow() < latest) known = CheckAt(one, partitions);
    if (!absl::IsUnavailable(known)) RETURN_IF_ERROR(known);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CreateTopic(const KafkaOptions& options, const TopicPlan& plan) {
  if (plan.min_in_sync > plan.replicas) {
    return absl::InvalidArgumentError(absl::StrCat("topic ", options.topic, ": min_in_sync ", plan.min_in_sync,
                                                   " exceeds replicas ", plan.replicas, ": it would accept nothing"));
  }
  ASSIGN_OR_RETURN(Conf conf, MakeConf(options, {}));
  ASSIGN_OR_RETURN(const Client client, MakeClient(RD_KAFKA_CONSUMER, std::move(conf)));
  ASSIGN_OR_RETURN(const NewTopic topic, MakeNewTopic(options.topic, plan));
  rd_kafka_NewTopic_t* topics[] = {topic.get()};
  const Queue queue(rd_kafka_queue_new(client.get()));
  const std::string doing = absl::StrCat("make topic ", options.topic);
  ASSIGN_OR_RETURN(const AdminOptions within, Within(*client, options.append_timeout));
  rd_kafka_CreateTopics(client.get(), topics, 1, within.get(), queue.get());
  ASSIGN_OR_RETURN(const Event event, Await(*queue, doing));
  RETURN_IF_ERROR(ResultOf(event, doing));
  return AwaitEverywhere(options, plan.partitions);
}

absl::Status CheckTopic(rd_kafka_t& client, const KafkaOptions& options, uint32_t partitions) {
  RETURN_IF_ERROR(CheckPartitions(client, options, partitions));
  if (!options.check_settings) return absl::OkStatus();
  const absl::StatusOr<Described> described = DescribeTopic(client, options);
  if (described.ok()) return CheckSettings(options.topic, *described);
  if (!absl::IsPermissionDenied(described.status())) return described.status();
  // Reading settings is a right of its own, which a careful operator may not have given.
  LogWarning("kafka topic's settings were not checked",
             {{"topic", options.topic}, {"error", described.status().ToString()}});
  return absl::OkStatus();
}

}  // namespace tintinh::kafka_log
