#include "common/kafka_log/partition_reader.h"

#include <string>
#include <vector>

#include "common/kafka_log/kafka_producer.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/kafka_log/mock_brokers.h"

namespace tintinh::kafka_log {
namespace {

using tintinh::testing::IsOk;

constexpr absl::Duration kPatience = absl::Seconds(20);

class PartitionReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto producer = KafkaProducer::Open(brokers_.Options(), 2);
    ASSERT_THAT(producer, IsOk());
    const std::vector<KeyedRecord> records = {{"a", "một"}, {"b", "hai"}, {"c", "ba"}};
    ASSERT_THAT((*producer)->Append(1, records), IsOk());
    auto conf = MakeConf(brokers_.Options(), {});
    ASSERT_THAT(conf, IsOk());
    auto client = MakeClient(RD_KAFKA_CONSUMER, *std::move(conf));
    ASSERT_THAT(client, IsOk());
    client_ = *std::move(client);
    auto topic = OpenTopic(*client_, testing::kTopic);
    ASSERT_THAT(topic, IsOk());
    topic_ = *std::move(topic);
  }

  // As many values as there are, one read after another.
  static std::vector<std::string> Values(PartitionReader& reader, int64_t offset, size_t wanted, ReadLimits limits) {
    std::vector<std::string> values;
    while (values.size() < wanted) {
      const auto read = reader.Read(offset, limits);
      EXPECT_THAT(read, IsOk());
      if (!read.ok() || read->empty()) return values;
      for (const OffsetRecord& record : *read) values.push_back(record.value);
      offset = read->back().offset + 1;
    }
    return values;
  }

  testing::MockBrokers brokers_;
  Client client_;
  Topic topic_;
};

TEST_F(PartitionReaderTest, ReadsFromAnyOffsetOnInOrder) {
  PartitionReader reader(*client_, *topic_, 1);
  EXPECT_EQ(Values(reader, 0, 3, {10, 1 << 20, kPatience}), (std::vector<std::string>{"một", "hai", "ba"}));
  EXPECT_EQ(Values(reader, 1, 2, {10, 1 << 20, kPatience}), (std::vector<std::string>{"hai", "ba"}));
}

TEST_F(PartitionReaderTest, ARecordBeyondTheByteLimitComesWithTheNextRead) {
  PartitionReader reader(*client_, *topic_, 1);
  EXPECT_EQ(Values(reader, 0, 3, {10, 1, kPatience}), (std::vector<std::string>{"một", "hai", "ba"}));
}

TEST_F(PartitionReaderTest, WithoutPatienceAnEmptyReadReturnsAtOnce) {
  PartitionReader reader(*client_, *topic_, 1);
  const auto read = reader.Read(3, {10, 1 << 20, absl::ZeroDuration()});
  ASSERT_THAT(read, IsOk());
  EXPECT_TRUE(read->empty());
}

}  // namespace
}  // namespace tintinh::kafka_log
