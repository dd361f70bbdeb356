// The Kafka log on real brokers: TINTINH_KAFKA_BROKERS, three of them, and TINTINH_KAFKA_DIRECTORY, where each has its
// pid.
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/kafka_log/kafka_article_log.h"
#include "common/kafka_log/kafka_client.h"
#include "common/kafka_log/kafka_topic.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/article_log/article_log_conformance.h"

namespace tintinh::kafka_log {

using article_log::LogPayload;
using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

KafkaOptions OptionsFor(const std::string& topic) {
  KafkaOptions options;
  options.brokers = absl::StrSplit(std::getenv("TINTINH_KAFKA_BROKERS"), ',');
  options.topic = topic;
  options.fork_patience = absl::ZeroDuration();
  return options;
}

// A topic of its own for each test.
KafkaOptions NewTopic() {
  static int made = 0;
  KafkaOptions options = OptionsFor(absl::StrCat("tin-", ++made));
  TopicPlan plan;
  plan.partitions = 2;
  EXPECT_THAT(CreateTopic(options, plan), IsOk());
  return options;
}

class RealKafkaHarness {
 public:
  RealKafkaHarness() : options_(NewTopic()) { Reopen(); }
  article_log::ArticleLog& log() { return *log_; }
  void Reopen() {
    log_.reset();
    auto log = KafkaArticleLog::Open(options_, 2, clock_);
    EXPECT_THAT(log, IsOk());
    log_ = *std::move(log);
  }

 private:
  const SystemClock clock_;
  const KafkaOptions options_;
  std::unique_ptr<KafkaArticleLog> log_;
};

}  // namespace tintinh::kafka_log

namespace tintinh::article_log {
INSTANTIATE_TYPED_TEST_SUITE_P(RealKafka, ArticleLogConformance, kafka_log::RealKafkaHarness);
}  // namespace tintinh::article_log

namespace tintinh::kafka_log {

TEST(RealKafka, ATopicIsMadeOnceAndTheSecondTimeSaysSo) {
  const KafkaOptions options = NewTopic();
  EXPECT_THAT(CreateTopic(options, {}), StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(options.topic)));
}

TEST(RealKafka, MoreReplicasThanBrokersAreRefused) {
  TopicPlan plan;
  plan.replicas = 9;
  EXPECT_THAT(CreateTopic(OptionsFor("many"), plan), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("many")));
}

TEST(RealKafka, OpeningDoesNotMakeAMissingTopic) {
  const SystemClock clock;
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(KafkaArticleLog::Open(OptionsFor("missing"), 2, clock),
                StatusIs(absl::StatusCode::kNotFound, HasSubstr("create-topic")));
  }
}

// All of a topic's own settings; the rest are the brokers'.
void SetTopic(const KafkaOptions& options, const Settings& settings) {
  using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>>;
  const Resource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, options.topic.c_str()));
  for (const auto& [name, value] : settings) {
    ASSERT_EQ(rd_kafka_ConfigResource_set_config(resource.get(), name.c_str(), value.c_str()), 0);
  }
  auto conf = MakeConf(options, {});
  ASSERT_THAT(conf, IsOk());
  const auto client = MakeClient(RD_KAFKA_CONSUMER, *std::move(conf));
  ASSERT_THAT(client, IsOk());
  const Queue queue(rd_kafka_queue_new(client->get()));
  rd_kafka_ConfigResource_t* resources[] = {resource.get()};
  rd_kafka_AlterConfigs(client->get(), resources, 1, nullptr, queue.get());
  constexpr int kForever = -1;
  const Event event(rd_kafka_queue_poll(queue.get(), kForever));
  ASSERT_NE(event, nullptr);
  ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
}

TEST(RealKafka, TopicsWhoseSettingsLoseArticlesAreRefused) {
  const KafkaOptions options = NewTopic();
  const SystemClock clock;
  const std::pair<Settings, const char*> unfit[] = {
      {{{"cleanup.policy", "delete"}}, "cleanup.policy"},
      {{{"cleanup.policy", "compact"}, {"unclean.leader.election.enable", "true"}}, "unclean.leader.election.enable"},
      {{{"cleanup.policy", "compact"}}, "max.message.bytes"},
  };
  for (const auto& [settings, name] : unfit) {
    SetTopic(options, settings);
    // The brokers hear of it one after another.
    const absl::Time latest = clock.Now() + absl::Seconds(20);
    absl::Status opened;
    while (!absl::StrContains(opened.message(), name) && clock.Now() < latest) {
      opened = KafkaArticleLog::Open(options, 2, clock).status();
    }
    EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(name)));
  }
}

TEST(RealKafka, WhatOneProcessAppendsAnotherReadsWithTheSamePositionsAndHashes) {
  const KafkaOptions options = NewTopic();
  const SystemClock clock;
  const auto writer = KafkaArticleLog::Open(options, 2, clock);
  const auto reader = KafkaArticleLog::Open(options, 2, clock);
  ASSERT_THAT(writer, IsOk());
  ASSERT_THAT(reader, IsOk());
  ASSERT_THAT((*writer)->Append(1, std::vector<LogPayload>{{"a", std::string(3 << 20, 'x')}, {"b", "beta"}}), IsOk());
  const auto here = (*writer)->Tail(1, 0, {});
  const auto there = (*reader)->Tail(1, 0, {});
  ASSERT_THAT(here, IsOk());
  ASSERT_THAT(there, IsOk());
  ASSERT_EQ(there->records.size(), 2u) << "larger than a broker takes unless told";
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(here->records[i].position, there->records[i].position);
    EXPECT_EQ(here->records[i].hash, there->records[i].hash);
  }
}

// Last: a broker is missing afterwards.
TEST(RealKafkaWithoutOneBroker, WhatWasAcknowledgedWhileABrokerDiedIsThere) {
  const KafkaOptions options = NewTopic();
  const SystemClock clock;
  const auto log = KafkaArticleLog::Open(options, 2, clock);
  ASSERT_THAT(log, IsOk());
  std::map<uint64_t, std::string> promised[2];
  for (int i = 0; i < 200; ++i) {
    if (i == 50) {
      int pid = 0;
      std::ifstream(absl::StrCat(std::getenv("TINTINH_KAFKA_DIRECTORY"), "/1/pid")) >> pid;
      ASSERT_GT(pid, 1);
      ASSERT_EQ(::kill(pid, SIGKILL), 0);
    }
    const std::string name = absl::StrCat("bài ", i);
    const uint32_t shard = static_cast<uint32_t>(i) % 2;
    const auto positions = (*log)->Append(shard, std::vector<LogPayload>{{name, name}});
    ASSERT_THAT(positions, IsOk());
    promised[shard][positions->front()] = name;
  }
  for (uint32_t shard = 0; shard < 2; ++shard) {
    std::map<uint64_t, std::string> found;
    for (bool more = true; more;) {
      const auto tail = (*log)->Tail(shard, found.empty() ? 0 : found.rbegin()->first, {});
      ASSERT_THAT(tail, IsOk());
      more = !tail->records.empty();
      for (const article_log::LogRecord& record : tail->records) found[record.position] = record.bytes;
    }
    EXPECT_EQ(found, promised[shard]);
  }
}

}  // namespace tintinh::kafka_log
