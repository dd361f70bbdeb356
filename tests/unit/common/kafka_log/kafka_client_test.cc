#include "common/kafka_log/kafka_client.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::kafka_log {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

TEST(KafkaClient, ErrorsSayWhatWasDoneAndTheirNameInKafka) {
  EXPECT_THAT(FromKafka(RD_KAFKA_RESP_ERR_NO_ERROR, "read"), IsOk());
  EXPECT_THAT(FromKafka(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "look for tin"),
              StatusIs(absl::StatusCode::kNotFound, AllOf(HasSubstr("look for tin"), HasSubstr("UNKNOWN_TOPIC"))));
  EXPECT_THAT(FromKafka(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "append"),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("append")));
  EXPECT_THAT(FromKafka(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, "append"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("append")));
}

TEST(KafkaClient, ASettingThatIsRefusedIsNamed) {
  KafkaOptions options;
  options.sasl_mechanism = "NOPE";
  options.sasl_username = "tin";
  options.sasl_password = "tinh";
  const auto conf = MakeConf(options, {});
  ASSERT_THAT(conf, IsOk());
  EXPECT_THAT(MakeConf({}, {{"no.such.setting", "1"}}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no.such.setting")));
}

TEST(KafkaClient, ACertificateAuthorityThatCannotBeReadKeepsTheClientFromStarting) {
  KafkaOptions options;
  options.brokers = {"127.0.0.1:1"};
  options.ca = "/nowhere/ca.pem";
  auto conf = MakeConf(options, {});
  ASSERT_THAT(conf, IsOk());
  EXPECT_THAT(MakeClient(RD_KAFKA_CONSUMER, *std::move(conf)),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("ssl.ca.location")));
}

}  // namespace
}  // namespace tintinh::kafka_log
