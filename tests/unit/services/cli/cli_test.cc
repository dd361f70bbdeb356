#include "services/cli/cli.h"

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/server/server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

// Has article "có" as it was fetched at second 10, and takes what it is given.
class OtherIndexer final : public v1::IndexerService::Service {
 public:
  grpc::Status GetArticles(grpc::ServerContext* /*context*/, const v1::GetArticlesRequest* request,
                           v1::GetArticlesResponse* response) override {
    for (const std::string& id : request->article_ids()) {
      if (id == "có") *response->add_articles() = ArticleOf(id, 10);
    }
    return grpc::Status::OK;
  }
  grpc::Status PutArticles(grpc::ServerContext* /*context*/, const v1::PutArticlesRequest* request,
                           v1::PutArticlesResponse* response) override {
    for (const v1::Article& article : request->articles()) {
      taken.push_back(absl::StrCat(article.article_id(), "@", article.fetched().seconds()));
      response->add_results()->set_outcome(v1::PUT_OUTCOME_STORED);
    }
    return grpc::Status::OK;
  }
  static v1::Article ArticleOf(const std::string& id, int64_t fetched) {
    v1::Article article;
    article.set_article_id(id);
    article.mutable_fetched()->set_seconds(fetched);
    return article;
  }

  std::vector<std::string> taken;
};

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
  // A directory named "10,20" holds the article as fetched at second 10, and at second 20.
  options.index_tools.articles = [](const std::string& directory, const auto& visit) {
    for (const absl::string_view fetched : absl::StrSplit(directory, ',')) {
      const absl::Status status =
          visit(OtherIndexer::ArticleOf(fetched == "0" ? "thiếu" : "có", std::stoi(std::string(fetched))));
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
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
  EXPECT_EQ(RunWith({"suggest"}), 2);
  EXPECT_EQ(RunWith({"suggest", "--limit", "21", "a"}), 2);
  EXPECT_EQ(RunWith({"suggest", "l\xff\xfe"}), 2);
  EXPECT_EQ(RunWith({"--server", "indexer.example.vn:1", "status"}), 2);
}

TEST(Cli, ANodeThatDoesNotAnswerIsAFailureNotAHang) {
  EXPECT_EQ(RunWith({"--server", "127.0.0.1:1", "--timeout", "0.05", "status"}), 1);
}

TEST(Cli, RestorePutsWhatIsMissingOrFetchedLater) {
  OtherIndexer indexer;
  config::v1::ServerConfig config;
  config.set_listen("127.0.0.1:0");
  config.set_max_threads(4);
  config.set_max_message_bytes(1 << 20);
  const auto server = Server::Start(config, {&indexer});
  ASSERT_TRUE(server.ok());
  const std::string address = absl::StrCat("127.0.0.1:", (*server)->port());
  EXPECT_EQ(RunWith({"--server", address, "restore", "0,9,10,11"}), 0);
  EXPECT_THAT(indexer.taken, ::testing::ElementsAre("thiếu@0", "có@11"));
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
