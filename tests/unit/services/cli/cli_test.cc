#include "services/cli/cli.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace tintinh::cli {
namespace {

int RunWith(std::vector<std::string> words) {
  words.insert(words.begin(), "tintinh");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  CliOptions options;
  options.version = "1";
  options.embedded_normalizer = []() -> absl::StatusOr<std::shared_ptr<grpc::Channel>> {
    return absl::UnavailableError("none here");
  };
  return RunCli(static_cast<int>(argv.size()), argv.data(), options);
}

TEST(Cli, ExitStatusTellsDoneFailedAndWrongUse) {
  EXPECT_EQ(RunWith({"--version"}), 0);
  EXPECT_EQ(RunWith({"search", "--help"}), 0);
  EXPECT_EQ(RunWith({"analyze", "Ia H’Drai"}), 0);
  EXPECT_EQ(RunWith({"normalize", "x.txt"}), 1);
  EXPECT_EQ(RunWith({}), 2);
  EXPECT_EQ(RunWith({"sing"}), 2);
  EXPECT_EQ(RunWith({"search", "--page-size", "101", "a"}), 2);
  EXPECT_EQ(RunWith({"search", "--from", "hôm qua", "a"}), 2);
  EXPECT_EQ(RunWith({"search", "l\xff\xfe"}), 2);
  EXPECT_EQ(RunWith({"--server", "indexer.example.vn:1", "status"}), 2);
}

TEST(Cli, ANodeThatDoesNotAnswerIsAFailureNotAHang) {
  EXPECT_EQ(RunWith({"--server", "127.0.0.1:1", "--timeout", "0.05", "status"}), 1);
}

}  // namespace
}  // namespace tintinh::cli
