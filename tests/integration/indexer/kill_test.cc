// Kills an indexer at random points of its life and checks that nothing it acknowledged is lost or doubled.
//
// The program runs itself as the writer: `indexer_kill_test --write DIRECTORY FIRST` puts articles from number FIRST
// on, and, every fifth time, a second edition of an earlier one; each acknowledgement goes to stdout as one line.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "services/indexer/indexer.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;

constexpr int kKills = 24;
constexpr int kNumbersPerLife = 100'000;

config::v1::IndexerConfig Config(const std::string& directory) {
  config::v1::IndexerConfig config;
  config.set_data_directory(directory);
  config.set_shards(2);
  config.set_memory_segment_bytes(256 << 10);  // small, so that kills fall into flushes, merges and trims too
  config.set_block_cache_bytes(8 << 20);
  config.set_max_queued_appends(64);
  config.set_near_duplicate_distance(6);
  return config;
}

// What the writer does with its n-th put.
struct Step {
  int number;
  int edition;
};
Step StepOf(int first, int n) {
  if (n % 5 == 4) return {first + n - 2, 2};
  return {first + n, 1};
}

int Write(const std::string& directory, int first) {
  SystemClock clock;
  Metrics metrics;
  auto indexer = Indexer::Open(Config(directory), clock, metrics);
  if (!indexer.ok() || !(*indexer)->Start().ok()) {
    ::fprintf(stderr, "%s\n", indexer.status().ToString().c_str());
    return 3;
  }
  for (int n = 0;; ++n) {
    const Step step = StepOf(first, n);
    v1::PutArticlesRequest request;
    *request.add_articles() = SampleArticle(step.number, step.edition);
    const auto response = (*indexer)->Put(request, absl::InfiniteFuture());
    if (!response.ok() || response->results(0).outcome() != v1::PUT_OUTCOME_STORED) return 4;
    const std::string line = absl::StrCat(step.number, " ", step.edition, "\n");
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 5;
  }
}

struct Writer {
  pid_t process;
  FILE* acknowledgements;
};

std::optional<Writer> StartWriter(const std::string& directory, int first) {
  int ends[2];
  if (::pipe(ends) != 0) return std::nullopt;
  const std::string number = absl::StrCat(first);
  const pid_t process = ::fork();
  if (process == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::freopen("/dev/null", "w", stderr);
    ::execl("/proc/self/exe", "indexer_kill_test", "--write", directory.c_str(), number.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  return Writer{process, ::fdopen(ends[0], "r")};
}

// Article number → newest edition acknowledged.
using Acknowledged = std::map<int, int>;

// Reads one acknowledgement; false at the end of the pipe.
bool ReadOne(FILE* pipe, Acknowledged& acknowledged) {
  char line[64];
  if (::fgets(line, sizeof(line), pipe) == nullptr) return false;
  const std::vector<std::string> fields = absl::StrSplit(absl::string_view(line), absl::ByAnyChar(" \n"));
  int number = 0;
  int edition = 0;
  EXPECT_TRUE(absl::SimpleAtoi(fields[0], &number) && absl::SimpleAtoi(fields[1], &edition)) << line;
  acknowledged[number] = edition;
  return true;
}

// One life of the writer: killed once it has acknowledged `puts`; whatever it acknowledged meanwhile counts too.
void LiveAndDie(const std::string& directory, int first, int puts, Acknowledged& acknowledged) {
  const std::optional<Writer> writer = StartWriter(directory, first);
  ASSERT_TRUE(writer.has_value());
  for (int i = 0; i < puts; ++i)
    ASSERT_TRUE(ReadOne(writer->acknowledgements, acknowledged)) << "the writer ended early";
  ::kill(writer->process, SIGKILL);
  while (ReadOne(writer->acknowledgements, acknowledged)) {
  }
  ::fclose(writer->acknowledgements);
  int status = 0;
  ::waitpid(writer->process, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "exit status " << WEXITSTATUS(status);
}

std::map<std::string, int> HitsById(Indexer& indexer) {
  v1::LeafSearchRequest request;
  request.mutable_query()->mutable_match_all();
  request.set_sort(v1::SORT_ORDER_NEWEST);
  request.set_limit(10'000);
  const auto response = indexer.Search(request, absl::InfiniteFuture());
  EXPECT_THAT(response, IsOk());
  std::map<std::string, int> hits;
  for (const v1::ShardResult& shard : response->shards()) {
    for (const v1::LeafHit& hit : shard.hits()) ++hits[hit.article_id()];
  }
  return hits;
}

std::string StoredHash(Indexer& indexer, int number) {
  v1::GetArticlesRequest request;
  request.add_article_ids(SampleId(number));
  const auto response = indexer.Get(request, absl::InfiniteFuture());
  EXPECT_THAT(response, IsOk());
  return response->articles_size() == 1 ? response->articles(0).content_hash() : "";
}

TEST(IndexerKill, EveryAcknowledgedArticleIsThereExactlyOnceAfterManyKills) {
  testing::TempDir dir;
  std::mt19937 random(20'250'701);
  Acknowledged acknowledged;
  for (int life = 0; life < kKills; ++life) {
    const int puts = static_cast<int>(random() % 400);
    LiveAndDie(dir.path() + "/indexer", life * kNumbersPerLife, puts, acknowledged);
    if (HasFatalFailure()) return;
  }
  SystemClock clock;
  Metrics metrics;
  auto opened = Indexer::Open(Config(dir.path() + "/indexer"), clock, metrics);
  ASSERT_THAT(opened, IsOk());
  Indexer& indexer = **opened;
  ASSERT_THAT(indexer.Start(), IsOk());
  std::map<std::string, int> hits = HitsById(indexer);
  for (const auto& [number, edition] : acknowledged) {
    EXPECT_EQ(hits[SampleId(number)], 1) << "article " << number;
    const std::string hash = StoredHash(indexer, number);
    // A second edition may have been logged without its acknowledgement having left the process.
    EXPECT_TRUE(hash == SampleArticle(number, edition).content_hash() ||
                hash == SampleArticle(number, 2).content_hash())
        << "article " << number << ", edition " << edition;
  }
  EXPECT_LE(hits.size(), acknowledged.size() + kKills) << "at most one put of each life was under way";
  RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
}

}  // namespace
}  // namespace tintinh::indexer

int main(int argc, char** argv) {
  int first = 0;
  if (argc == 4 && std::string(argv[1]) == "--write" && absl::SimpleAtoi(argv[3], &first)) {
    return tintinh::indexer::Write(argv[2], first);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
