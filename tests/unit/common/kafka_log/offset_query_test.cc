#include "common/kafka_log/offset_query.h"

#include <string>
#include <vector>

#include "common/kafka_log/kafka_producer.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/kafka_log/mock_brokers.h"

namespace tintinh::kafka_log {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::IsOkAndHolds;
using tintinh::testing::StatusIs;

TEST(OffsetQuery, TellsBothEndsAndIsUnavailableInTimeOnceNobodyAnswers) {
  testing::MockBrokers brokers;
  const auto producer = KafkaProducer::Open(brokers.Options(), 2);
  ASSERT_THAT(producer, IsOk());
  ASSERT_THAT((*producer)->Append(1, std::vector<KeyedRecord>(3, KeyedRecord{"k", "v"})), IsOk());
  auto conf = MakeConf(brokers.Options(), AskerSettings());
  ASSERT_THAT(conf, IsOk());
  const auto client = MakeClient(RD_KAFKA_CONSUMER, *std::move(conf));
  ASSERT_THAT(client, IsOk());
  const std::string topic = testing::kTopic;
  const OffsetQuery query{**client, topic, 1, absl::Seconds(20)};
  EXPECT_THAT(AskOffset(query, End::kFirst), IsOkAndHolds(0));
  EXPECT_THAT(AskOffset(query, End::kNext), IsOkAndHolds(3));
  for (int32_t broker = 1; broker <= 3; ++broker) rd_kafka_mock_broker_set_down(brokers.cluster(), broker);
  EXPECT_THAT(AskOffset({**client, topic, 1, absl::Milliseconds(300)}, End::kNext),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("shard 1")));
}

}  // namespace
}  // namespace tintinh::kafka_log
