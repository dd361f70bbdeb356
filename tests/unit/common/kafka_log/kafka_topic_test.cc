#include "common/kafka_log/kafka_topic.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/kafka_log/mock_brokers.h"

namespace tintinh::kafka_log {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

class KafkaTopicTest : public ::testing::Test {
 protected:
  absl::Status Check(const KafkaOptions& options, uint32_t partitions) {
    auto conf = MakeConf(options, {});
    auto client = MakeClient(RD_KAFKA_CONSUMER, *std::move(conf));
    EXPECT_THAT(client, IsOk());
    return CheckTopic(**client, options, partitions);
  }

  testing::MockBrokers brokers_;
};

TEST_F(KafkaTopicTest, ATopicThatFitsIsFine) { EXPECT_THAT(Check(brokers_.Options(), 2), IsOk()); }

TEST_F(KafkaTopicTest, AMissingTopicIsNotFoundAndTheRemedyNamed) {
  rd_kafka_mock_topic_set_error(brokers_.cluster(), "vắng", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  KafkaOptions options = brokers_.Options();
  options.topic = "vắng";
  EXPECT_THAT(Check(options, 2), StatusIs(absl::StatusCode::kNotFound, HasSubstr("tintinh admin create-topic")));
}

TEST_F(KafkaTopicTest, APlanThatCannotBeIsRefusedNamingTheTopic) {
  TopicPlan plan;
  plan.partitions = 1'000'000'000;
  EXPECT_THAT(CreateTopic(brokers_.Options(), plan), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tin")));
  EXPECT_THAT(CreateTopic(brokers_.Options(), {.replicas = 1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("min_in_sync 2 exceeds replicas 1")));
}

}  // namespace
}  // namespace tintinh::kafka_log
