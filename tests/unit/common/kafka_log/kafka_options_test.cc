#include "common/kafka_log/kafka_options.h"

#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::kafka_log {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

TEST(KafkaOptions, EveryFieldOfTheConfigurationArrivesAndThePasswordIsReadFromItsFile) {
  const tintinh::testing::TempDir dir;
  const std::string file = dir.path() + "/password";
  std::ofstream(file) << "bí mật\n";
  config::v1::KafkaLogConfig config;
  config.add_brokers("kafka-0:9092");
  config.set_topic("tin");
  config.mutable_append_timeout()->set_seconds(7);
  config.mutable_read_timeout()->set_nanos(250'000'000);
  config.set_ca("ca.pem");
  config.set_certificate("cert.pem");
  config.set_private_key("key.pem");
  config.set_sasl_mechanism("SCRAM-SHA-512");
  config.set_sasl_username("tintinh");
  config.set_sasl_password_file(file);
  const auto options = OptionsFrom(config);
  ASSERT_THAT(options, IsOk());
  EXPECT_THAT(options->brokers, ElementsAre("kafka-0:9092"));
  EXPECT_EQ(options->topic, "tin");
  EXPECT_EQ(options->append_timeout, absl::Seconds(7));
  EXPECT_EQ(options->read_timeout, absl::Milliseconds(250));
  EXPECT_EQ(options->ca, "ca.pem");
  EXPECT_EQ(options->certificate, "cert.pem");
  EXPECT_EQ(options->private_key, "key.pem");
  EXPECT_EQ(options->sasl_mechanism, "SCRAM-SHA-512");
  EXPECT_EQ(options->sasl_username, "tintinh");
  EXPECT_EQ(options->sasl_password, "bí mật");
}

TEST(KafkaOptions, AnUnknownMechanismAndAMissingPasswordAreRefusedNamingTheField) {
  config::v1::KafkaLogConfig config;
  config.set_sasl_mechanism("GSSAPI");
  EXPECT_THAT(OptionsFrom(config),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("sasl_mechanism"), HasSubstr("GSSAPI"))));
  config.set_sasl_mechanism("PLAIN");
  config.set_sasl_password_file("/nowhere/password");
  EXPECT_THAT(OptionsFrom(config), StatusIs(absl::StatusCode::kInvalidArgument,
                                            AllOf(HasSubstr("sasl_password_file"), HasSubstr("/nowhere/password"))));
}

}  // namespace
}  // namespace tintinh::kafka_log
