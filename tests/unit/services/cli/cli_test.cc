#include "services/cli/cli.h"

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
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
  options.fetch_page = [](const std::string& url) { return absl::UnavailableError("asked for " + url); };
  options.crawl_tools.url_normalize = [](absl::string_view question) { return absl::StrCat("<", question, ">"); };
  options.crawl_tools.feed = [](absl::string_view bytes, absl::string_view base_url) {
    return absl::StrCat(bytes, " of ", base_url);
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

// What a run that reads `input` prints.
std::string Printed(const std::vector<std::string>& words, const std::string& input) {
  std::istringstream in(input);
  std::streambuf* const before = std::cin.rdbuf(in.rdbuf());
  std::cin.clear();
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(RunWith(words), 0);
  std::cin.rdbuf(before);
  return ::testing::internal::GetCapturedStdout();
}

TEST(Cli, BatchesAnswerEveryLineWithOne) {
  EXPECT_EQ(Printed({"url", "normalize", "--batch"}, "một\n\nhai\nba"), "<một>\n<hai>\n<ba>\n");
  EXPECT_EQ(RunWith({"url", "normalize"}), 2);
  EXPECT_EQ(RunWith({"url"}), 2);
}

TEST(Cli, FilesAreReadAgainstTheirBase) {
  EXPECT_EQ(Printed({"feed", "parse", "--base", "http://bao.vn/", "-"}, "tin"), "tin of http://bao.vn/\n");
  EXPECT_EQ(RunWith({"feed", "parse", "/khong/co"}), 1);
}

TEST(Cli, AddressesAreFetchedAndFilesAreNot) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(RunWith({"normalize", "https://bao.vn/tin"}), 1);
  EXPECT_EQ(RunWith({"warc", "index", "/khong/co.warc"}), 1);
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("/khong/co.warc: cannot be read"), std::string::npos) << said;
}

}  // namespace
}  // namespace tintinh::cli
