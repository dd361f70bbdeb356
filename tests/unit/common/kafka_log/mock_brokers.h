// librdkafka's own brokers in memory: three, on loopback, that speak the protocol and keep nothing.
#ifndef TINTINH_TESTS_UNIT_COMMON_KAFKA_LOG_MOCK_BROKERS_H_
#define TINTINH_TESTS_UNIT_COMMON_KAFKA_LOG_MOCK_BROKERS_H_

#include <librdkafka/rdkafka.h>
// The mock's header leans on the other.
#include <librdkafka/rdkafka_mock.h>

#include <memory>
#include <string>

#include "common/kafka_log/kafka_client.h"
#include "common/kafka_log/kafka_options.h"
#include "gtest/gtest.h"

namespace tintinh::kafka_log::testing {

inline constexpr char kTopic[] = "tin";

class MockBrokers {
 public:
  MockBrokers() {
    auto conf = MakeConf({}, {});
    EXPECT_TRUE(conf.ok());
    auto client = MakeClient(RD_KAFKA_PRODUCER, *std::move(conf));
    EXPECT_TRUE(client.ok());
    client_ = *std::move(client);
    cluster_.reset(rd_kafka_mock_cluster_new(client_.get(), 3));
    EXPECT_EQ(rd_kafka_mock_topic_create(cluster_.get(), kTopic, 2, 3), RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  KafkaOptions Options() const {
    KafkaOptions options;
    options.brokers = {rd_kafka_mock_cluster_bootstraps(cluster_.get())};
    options.topic = kTopic;
    options.check_settings = false;  // these brokers have none
    options.fork_patience = absl::ZeroDuration();
    return options;
  }

  rd_kafka_mock_cluster_t* cluster() { return cluster_.get(); }

 private:
  Client client_;
  std::unique_ptr<rd_kafka_mock_cluster_t, Destroyer<rd_kafka_mock_cluster_destroy>> cluster_;
};

}  // namespace tintinh::kafka_log::testing

#endif  // TINTINH_TESTS_UNIT_COMMON_KAFKA_LOG_MOCK_BROKERS_H_
