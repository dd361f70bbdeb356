#include <iostream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/config/load_config.h"
#include "common/kafka_log/kafka_options.h"
#include "common/kafka_log/kafka_topic.h"
#include "common/status/status_macros.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::cli {
namespace {

struct TopicFlags {
  std::string config_file;
  kafka_log::TopicPlan plan;
  bool no_flush = false;
};

absl::Status CreateTopic(const TopicFlags& flags) {
  config::v1::IndexerConfig config;
  RETURN_IF_ERROR(LoadYamlFile(flags.config_file, &config));
  if (config.kafka().brokers().empty()) {
    return absl::InvalidArgumentError(absl::StrCat(flags.config_file, ": kafka.brokers: none is named"));
  }
  ASSIGN_OR_RETURN(const kafka_log::KafkaOptions options, kafka_log::OptionsFrom(config.kafka()));
  kafka_log::TopicPlan plan = flags.plan;
  plan.partitions = config.shards();
  plan.flush_every_append = !flags.no_flush;
  RETURN_IF_ERROR(kafka_log::CreateTopic(options, plan));
  std::cout << "topic " << options.topic << " made: " << plan.partitions << " shards, each on " << plan.replicas
            << " brokers, acknowledged by at least " << plan.min_in_sync << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddAdmin(CLI::App& app, const Run& run) {
  CLI::App* command = app.add_subcommand("admin", "set up what the services share");
  command->require_subcommand(1);
  AddCheckpoint(*command, run);
  CLI::App* create = command->add_subcommand("create-topic", "make the article log's Kafka topic, once for a cluster");
  auto flags = std::make_shared<TopicFlags>();
  create->add_option("--config", flags->config_file, "an indexer's configuration: brokers, topic, shards")->required();
  create->add_option("--replicas", flags->plan.replicas, "brokers that hold each shard's log")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  create
      ->add_option("--min-in-sync", flags->plan.min_in_sync,
                   "brokers that must have an article before it is acknowledged")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  create->add_flag(
      "--no-flush", flags->no_flush,
      "leave writing to the brokers' operating systems: faster, and lost if all brokers lose power at once");
  create->callback([run, flags] { run([flags](const Context&) { return CreateTopic(*flags); }); });
}

}  // namespace tintinh::cli
