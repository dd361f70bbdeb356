#include "common/kafka_log/kafka_article_log.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/article_log/record_format.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/article_log/article_log_conformance.h"
#include "tests/unit/common/kafka_log/mock_brokers.h"

namespace tintinh::kafka_log {

class MockKafkaHarness {
 public:
  MockKafkaHarness() { Reopen(); }
  article_log::ArticleLog& log() { return *log_; }
  void Reopen() {
    log_.reset();
    auto log = KafkaArticleLog::Open(brokers_.Options(), 2, clock_);
    EXPECT_THAT(log, tintinh::testing::IsOk());
    log_ = *std::move(log);
  }

 private:
  const SystemClock clock_;
  testing::MockBrokers brokers_;
  std::unique_ptr<KafkaArticleLog> log_;
};

}  // namespace tintinh::kafka_log

namespace tintinh::article_log {
INSTANTIATE_TYPED_TEST_SUITE_P(MockKafka, ArticleLogConformance, kafka_log::MockKafkaHarness);
}  // namespace tintinh::article_log

namespace tintinh::kafka_log {
namespace {

using article_log::LogPayload;
using article_log::TailState;
using ::testing::AllOf;
using ::testing::HasSubstr;
using tintinh::testing::FakeClock;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

class KafkaArticleLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<KafkaArticleLog> Open(const KafkaOptions& options) {
    auto log = KafkaArticleLog::Open(options, 2, clock_);
    EXPECT_THAT(log, IsOk());
    return *std::move(log);
  }

  // Past the log's own encoding.
  void Produce(const std::string& value) {
    auto producer = KafkaProducer::Open(brokers_.Options(), 2);
    ASSERT_THAT(producer, IsOk());
    ASSERT_THAT((*producer)->Append(1, std::vector<KeyedRecord>{{"k", value}}), IsOk());
  }

  testing::MockBrokers brokers_;
  FakeClock clock_;
};

TEST_F(KafkaArticleLogTest, ATopicWithAnotherNumberOfPartitionsIsRefusedNamingBoth) {
  EXPECT_THAT(KafkaArticleLog::Open(brokers_.Options(), 5, clock_),
              StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr("2 partitions"), HasSubstr("5 shards"))));
}

TEST_F(KafkaArticleLogTest, BrokersThatCannotBeReachedAreUnavailable) {
  KafkaOptions options = brokers_.Options();
  options.brokers = {"127.0.0.1:1"};
  options.read_timeout = absl::Milliseconds(300);
  EXPECT_THAT(KafkaArticleLog::Open(options, 2, clock_), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("tin")));
}

TEST_F(KafkaArticleLogTest, ADamagedRecordIsDataLossNamingShardAndPositionAndEarlierOnesAreRead) {
  Produce(article_log::EncodeRecord(1, "xã"));
  Produce("junk");
  const auto log = Open(brokers_.Options());
  EXPECT_EQ(log->Tail(1, 0, {})->records.size(), 1u);
  EXPECT_THAT(log->Tail(1, 1, {}),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("shard 1"), HasSubstr("record 2"))));
}

TEST_F(KafkaArticleLogTest, ARecordOfAnotherShardIsDataLoss) {
  Produce(article_log::EncodeRecord(0, "xã"));
  EXPECT_THAT(Open(brokers_.Options())->Tail(1, 0, {}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("written for shard 0")));
}

TEST_F(KafkaArticleLogTest, AnEndBeforeTheReaderIsAForkOnlyOnceItHasLasted) {
  KafkaOptions options = brokers_.Options();
  options.fork_patience = absl::Seconds(10);
  const auto log = Open(options);
  EXPECT_THAT(log->Tail(0, 4, {}), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("it ends at 0")));
  clock_.Advance(absl::Seconds(9));
  EXPECT_THAT(log->Tail(0, 0, {}), IsOk()) << "one who asks for less does not end the wait";
  EXPECT_THAT(log->Tail(0, 4, {}), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("it ends at 0")));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(log->Tail(0, 4, {})->state, TailState::kFork);
}

TEST_F(KafkaArticleLogTest, AnAppendThatIsNotAcknowledgedInTimeIsUnavailable) {
  KafkaOptions options = brokers_.Options();
  options.append_timeout = absl::Seconds(1);
  const auto log = Open(options);
  ASSERT_THAT(log->Append(0, std::vector<LogPayload>{{"a", "alpha"}}), IsOk());
  for (int32_t broker = 1; broker <= 3; ++broker) rd_kafka_mock_broker_set_down(brokers_.cluster(), broker);
  EXPECT_THAT(log->Append(0, std::vector<LogPayload>{{"b", "beta"}}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("shard 0")));
  for (int32_t broker = 1; broker <= 3; ++broker) rd_kafka_mock_broker_set_up(brokers_.cluster(), broker);
  KafkaOptions patient = brokers_.Options();
  EXPECT_THAT(Open(patient)->Append(0, std::vector<LogPayload>{{"c", "gamma"}}), IsOk());
}

TEST_F(KafkaArticleLogTest, RefusalsOfTheBrokersThatPassAreTriedAgainAndWriteNothingTwice) {
  const auto log = Open(brokers_.Options());
  constexpr int16_t kProduce = 0;
  rd_kafka_mock_push_request_errors(brokers_.cluster(), kProduce, 3, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
                                    RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT);
  ASSERT_THAT(log->Append(0, std::vector<LogPayload>{{"a", "alpha"}, {"b", "beta"}}), IsOk());
  const auto tail = log->Tail(0, 0, {});
  ASSERT_THAT(tail, IsOk());
  ASSERT_EQ(tail->records.size(), 2u);
  EXPECT_EQ(tail->records[0].bytes, "alpha");
  EXPECT_EQ(tail->records[1].bytes, "beta");
}

TEST_F(KafkaArticleLogTest, AReaderThatHasCaughtUpIsToldWhenAnotherAppends) {
  const auto reader = Open(brokers_.Options());
  Mutex mu;
  CondVar told;
  bool grown = false;
  reader->SetListener(1, [&] {
    MutexLock lock(mu);
    grown = true;
    told.NotifyAll();
  });
  ASSERT_TRUE(reader->Tail(1, 0, {})->records.empty());
  Produce(article_log::EncodeRecord(1, "phường"));
  {
    MutexLock lock(mu);
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (!grown) ASSERT_TRUE(told.WaitUntil(mu, deadline) || grown);
  }
  EXPECT_EQ(reader->Tail(1, 0, {})->records.size(), 1u);
  reader->SetListener(1, {});
}

TEST_F(KafkaArticleLogTest, TrimKeepsTheRecordsForReplicasToCome) {
  const auto log = Open(brokers_.Options());
  ASSERT_THAT(log->Append(0, std::vector<LogPayload>{{"a", "alpha"}, {"b", "beta"}}), IsOk());
  ASSERT_THAT(log->Trim(0, 1), IsOk());
  EXPECT_EQ(log->Tail(0, 0, {})->records.size(), 2u);
  EXPECT_THAT(log->Trim(2, 1), StatusIs(absl::StatusCode::kNotFound, HasSubstr("2")));
}

TEST_F(KafkaArticleLogTest, OneReaderMayGoBackAndForth) {
  const auto log = Open(brokers_.Options());
  for (int i = 0; i < 20; ++i) {
    ASSERT_THAT(log->Append(0, std::vector<LogPayload>{{absl::StrCat(i), absl::StrCat(i)}}), IsOk());
  }
  for (const uint64_t after : {uint64_t{3}, uint64_t{17}, uint64_t{0}, uint64_t{5}, uint64_t{19}}) {
    const auto tail = log->Tail(0, after, {.records = 1});
    ASSERT_THAT(tail, IsOk());
    ASSERT_EQ(tail->records.size(), 1u);
    EXPECT_EQ(tail->records[0].position, after + 1);
    EXPECT_EQ(tail->records[0].bytes, absl::StrCat(after));
  }
}

}  // namespace
}  // namespace tintinh::kafka_log
