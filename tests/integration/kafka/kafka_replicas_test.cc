// Two nodes that hold the same shards and follow one topic, while nodes and a broker are killed: TINTINH_KAFKA_BROKERS,
// three of them, and TINTINH_KAFKA_DIRECTORY, where each has its pid.
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/support/child_process.h"
#include "tests/support/node_process.h"
#include "tests/support/sample_article.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh {
namespace {

using testing::NodeProcess;
using testing::SampleArticle;
using testing::SampleId;

constexpr int kRounds = 60;
constexpr int kArticlesARound = 5;
constexpr int kArticles = kRounds * kArticlesARound;
constexpr absl::Duration kPatience = absl::Seconds(90);

std::string KafkaSection() {
  return absl::StrCat("kafka: {brokers: [", std::getenv("TINTINH_KAFKA_BROKERS"),
                      "], topic: tin, append_timeout: 20s}");
}

class KafkaReplicas : public ::testing::Test {
 protected:
  struct Replica {
    explicit Replica(const std::string& directory, const std::string& more = "")
        : node((std::filesystem::create_directories(directory), directory),
               absl::StrCat("indexer: {shards: 2, ", KafkaSection(), more, "}\n")) {}
    void Start() {
      ASSERT_TRUE(node.Start());
      stub = v1::IndexerService::NewStub(node.Channel());
    }
    NodeProcess node;
    std::unique_ptr<v1::IndexerService::Stub> stub;
  };

  Replica Make(const std::string& name) { return Replica(absl::StrCat(dir_.path(), "/", name)); }

  int CreateTopic() {
    const std::string config = dir_.path() + "/indexer.yaml";
    std::ofstream(config) << "data_directory: unused\nshards: 2\n" << KafkaSection() << "\n";
    return testing::RunCommand({testing::BinaryPath("tintinh"), "admin", "create-topic", "--config", config},
                               dir_.path() + "/admin.log")
        .exit_status;
  }

  // True when every article of the round was acknowledged.
  static bool TryRound(Replica& replica, int round) {
    v1::PutArticlesRequest request;
    for (int i = 0; i < kArticlesARound; ++i) *request.add_articles() = SampleArticle(round * kArticlesARound + i);
    v1::PutArticlesResponse response;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(40));
    if (!replica.stub->PutArticles(&context, request, &response).ok()) return false;
    for (const v1::PutResult& result : response.results()) {
      if (result.outcome() == v1::PUT_OUTCOME_FAILED || result.outcome() == v1::PUT_OUTCOME_UNSPECIFIED) return false;
    }
    return true;
  }

  static void PutRound(Replica& first, Replica& second, int round) {
    const absl::Time latest = absl::Now() + kPatience;
    bool stored = false;
    while (!stored) {
      ASSERT_LT(absl::Now(), latest) << "round " << round;
      stored = TryRound(first, round) || TryRound(second, round);
    }
  }

  static v1::GetIndexStatusResponse StatusOf(Replica& replica) {
    v1::GetIndexStatusResponse response;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    EXPECT_TRUE(replica.stub->GetIndexStatus(&context, {}, &response).ok());
    return response;
  }

  // The digests of both shards once everything in the log is applied.
  static std::vector<std::string> DigestsWhenCaughtUp(Replica& replica) {
    const absl::Time latest = absl::Now() + kPatience;
    while (absl::Now() < latest) {
      std::vector<std::string> digests;
      const v1::GetIndexStatusResponse status = StatusOf(replica);
      for (const v1::ShardStatus& shard : status.shards()) {
        if (shard.applied_position() == shard.log_last_position()) digests.push_back(shard.digest());
      }
      if (digests.size() == 2) return digests;
    }
    ADD_FAILURE() << "did not catch up";
    return {};
  }

  static int CountArticles(Replica& replica) {
    int found = 0;
    for (int from = 0; from < kArticles; from += 100) {
      v1::GetArticlesRequest request;
      for (int i = from; i < from + 100; ++i) request.add_article_ids(SampleId(i));
      v1::GetArticlesResponse response;
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
      EXPECT_TRUE(replica.stub->GetArticles(&context, request, &response).ok());
      found += response.articles_size();
    }
    return found;
  }

  static v1::PutOutcome PutOne(Replica& replica, const v1::Article& article) {
    v1::PutArticlesRequest request;
    *request.add_articles() = article;
    v1::PutArticlesResponse response;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    EXPECT_TRUE(replica.stub->PutArticles(&context, request, &response).ok());
    return response.results_size() == 1 ? response.results(0).outcome() : v1::PUT_OUTCOME_UNSPECIFIED;
  }

  static bool DeleteOne(Replica& replica, const std::string& article_id) {
    v1::DeleteArticleRequest request;
    request.set_article_id(article_id);
    v1::DeleteArticleResponse response;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    EXPECT_TRUE(replica.stub->DeleteArticle(&context, request, &response).ok());
    return response.found();
  }

  // Whoever decides knows what the other has acknowledged. Leaves nothing.
  static void ChangeTheSameArticles(Replica& first, Replica& second) {
    for (int i = kArticles; i < kArticles + 20; ++i) {
      EXPECT_NE(PutOne(first, SampleArticle(i, 1)), v1::PUT_OUTCOME_UNCHANGED);
      EXPECT_NE(PutOne(second, SampleArticle(i, 2)), v1::PUT_OUTCOME_UNCHANGED);
      EXPECT_NE(PutOne(first, SampleArticle(i, 1)), v1::PUT_OUTCOME_UNCHANGED) << "the second's edition is newer";
      EXPECT_EQ(PutOne(second, SampleArticle(i, 1)), v1::PUT_OUTCOME_UNCHANGED);
      EXPECT_TRUE(DeleteOne(second, SampleId(i)));
      EXPECT_FALSE(DeleteOne(first, SampleId(i)));
    }
  }

  static int LinesWith(const std::string& path, const std::string& text) {
    std::ifstream file(path);
    int lines = 0;
    for (std::string line; std::getline(file, line);) lines += absl::StrContains(line, text) ? 1 : 0;
    return lines;
  }

  static void KillBroker(int broker) {
    int pid = 0;
    std::ifstream(absl::StrCat(std::getenv("TINTINH_KAFKA_DIRECTORY"), "/", broker, "/pid")) >> pid;
    ASSERT_GT(pid, 1);
    ASSERT_EQ(::kill(pid, SIGKILL), 0);
  }

  const testing::TempDir dir_;
};

TEST_F(KafkaReplicas, HoldTheSameArticlesWhoeverTookThemAndWhoeverDied) {
  ASSERT_EQ(CreateTopic(), 0);
  EXPECT_NE(CreateTopic(), 0) << "it is there already";
  Replica north = Make("bac");
  Replica south = Make("nam");
  north.Start();
  south.Start();
  ChangeTheSameArticles(north, south);
  for (int round = 0; round < kRounds; ++round) {
    if (round == 10) south.node.Kill();
    if (round == 20) south.Start();
    if (round == 30) KillBroker(1);
    if (round == 40) north.node.Kill();
    if (round == 50) north.Start();
    const bool northern = round % 2 == 0;
    PutRound(northern ? north : south, northern ? south : north, round);
  }
  const std::vector<std::string> digests = DigestsWhenCaughtUp(north);
  EXPECT_EQ(DigestsWhenCaughtUp(south), digests);
  EXPECT_EQ(CountArticles(north), kArticles);
  EXPECT_EQ(CountArticles(south), kArticles);
  Replica fresh = Make("moi");
  fresh.Start();
  EXPECT_EQ(DigestsWhenCaughtUp(fresh), digests) << "rebuilt from the log alone";
  EXPECT_EQ(CountArticles(fresh), kArticles);
  Replica copied(absl::StrCat(dir_.path(), "/sao"),
                 absl::StrCat(", bootstrap: {target: \"ipv4:127.0.0.1:1,", south.node.address(), "\"}"));
  copied.Start();
  EXPECT_EQ(DigestsWhenCaughtUp(copied), digests) << "begun from a replica's copy";
  EXPECT_EQ(CountArticles(copied), kArticles);
  EXPECT_EQ(LinesWith(copied.node.log(), "shard copied from a replica"), 2);
  EXPECT_EQ(south.node.StopGracefully(), 0);
  KillBroker(0);
  KillBroker(2);
  EXPECT_FALSE(TryRound(north, kRounds)) << "nothing is acknowledged that no broker has";
  EXPECT_EQ(CountArticles(north), kArticles) << "what is applied is still served";
}

}  // namespace
}  // namespace tintinh
