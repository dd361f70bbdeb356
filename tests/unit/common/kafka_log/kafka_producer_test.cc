#include "common/kafka_log/kafka_producer.h"

#include <set>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/kafka_log/mock_brokers.h"

namespace tintinh::kafka_log {
namespace {

using tintinh::testing::IsOk;

TEST(KafkaProducer, RecordsOfOneCallStayTogetherWhileOthersAppend) {
  testing::MockBrokers brokers;
  const auto producer = KafkaProducer::Open(brokers.Options(), 2);
  ASSERT_THAT(producer, IsOk());
  std::vector<std::vector<int64_t>> offsets(8);
  std::vector<std::thread> threads;
  for (std::vector<int64_t>& mine : offsets) {
    threads.emplace_back([&] {
      const std::vector<KeyedRecord> records(50, KeyedRecord{"khóa", "giá trị"});
      mine = (*producer)->Append(0, records).value_or(std::vector<int64_t>());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<int64_t> all;
  for (const std::vector<int64_t>& mine : offsets) {
    ASSERT_EQ(mine.size(), 50u);
    EXPECT_EQ(mine.back(), mine.front() + 49);
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 400u);
  EXPECT_EQ(*all.rbegin(), 399);
  EXPECT_FALSE((*producer)->broken());
}

TEST(KafkaProducer, AFatalErrorBreaksIt) {
  testing::MockBrokers brokers;
  const auto producer = KafkaProducer::Open(brokers.Options(), 2);
  ASSERT_THAT(producer, IsOk());
  constexpr int16_t kInitProducerId = 22;
  rd_kafka_mock_push_request_errors(brokers.cluster(), kInitProducerId, 1,
                                    RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED);
  const std::vector<KeyedRecord> one = {{"k", "v"}};
  EXPECT_FALSE((*producer)->Append(0, one).ok());
  EXPECT_TRUE((*producer)->broken());
}

}  // namespace
}  // namespace tintinh::kafka_log
