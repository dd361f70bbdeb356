#include "services/indexer/indexer.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/indexer_config.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;
using testing::StatusIs;

constexpr absl::Time kNever = absl::InfiniteFuture();

class IndexerTest : public ::testing::Test {
 protected:
  IndexerTest() { config_ = SmallConfig(dir_.path() + "/indexer"); }

  void Open() {
    indexer_.reset();
    auto opened = Indexer::Open(config_, clock_, metrics_);
    ASSERT_THAT(opened, IsOk());
    indexer_ = *std::move(opened);
    ASSERT_THAT(indexer_->Start(), IsOk());
  }

  v1::PutArticlesResponse Put(const std::vector<v1::Article>& articles) {
    v1::PutArticlesRequest request;
    request.mutable_articles()->Add(articles.begin(), articles.end());
    request.set_trace_id("trace");
    const auto response = indexer_->Put(request, kNever);
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::PutArticlesResponse());
  }

  std::vector<v1::Article> Get(const std::vector<int>& numbers) {
    v1::GetArticlesRequest request;
    for (const int number : numbers) request.add_article_ids(SampleId(number));
    const auto response = indexer_->Get(request, kNever);
    EXPECT_THAT(response, IsOk());
    return {response->articles().begin(), response->articles().end()};
  }

  std::vector<v1::ShardStatus> Shards() {
    const auto response = indexer_->Status(kNever);
    EXPECT_THAT(response, IsOk());
    return {response->shards().begin(), response->shards().end()};
  }

  bool AllApplied() {
    const std::vector<v1::ShardStatus> shards = Shards();
    return std::all_of(shards.begin(), shards.end(), [](const v1::ShardStatus& status) {
      return status.applied_position() == status.log_last_position();
    });
  }

  // Once the index has followed its log.
  uint64_t LiveArticles() {
    while (!AllApplied()) std::this_thread::yield();
    uint64_t articles = 0;
    for (const v1::ShardStatus& status : Shards()) articles += status.articles();
    return articles;
  }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  config::v1::IndexerConfig config_;
  std::unique_ptr<Indexer> indexer_;
};

TEST_F(IndexerTest, AcknowledgedArticlesSurviveWithoutDrain) {
  Open();
  Put({SampleArticle(1), SampleArticle(2), SampleArticle(3)});
  Put({SampleArticle(2, 2)});
  Open();
  const std::vector<v1::Article> articles = Get({1, 2, 3});
  ASSERT_EQ(articles.size(), 3u);
  EXPECT_EQ(articles[1].content_hash(), SampleArticle(2, 2).content_hash());
  EXPECT_EQ(LiveArticles(), 3u);
}

TEST_F(IndexerTest, AcknowledgedArticlesSurviveDraining) {
  Open();
  Put({SampleArticle(1), SampleArticle(2), SampleArticle(3)});
  ASSERT_THAT(indexer_->Drain(), IsOk());
  Open();
  EXPECT_EQ(Get({1, 2, 3}).size(), 3u);
  for (const v1::ShardStatus& status : Shards()) {
    EXPECT_EQ(status.log_first_position(), status.log_last_position() + 1) << "drained logs are trimmed";
  }
}

TEST_F(IndexerTest, CallsBeforeStartAndAfterDrainAreUnavailable) {
  indexer_ = *Indexer::Open(config_, clock_, metrics_);
  EXPECT_THAT(indexer_->Status(kNever), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("not serving")));
  ASSERT_THAT(indexer_->Start(), IsOk());
  EXPECT_THAT(indexer_->Status(kNever), IsOk());
  ASSERT_THAT(indexer_->Drain(), IsOk());
  EXPECT_THAT(indexer_->Status(kNever), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("not serving")));
}

TEST_F(IndexerTest, CallsWhoseDeadlineHasPassedDoNothing) {
  Open();
  const absl::Time past = clock_.Now() - absl::Seconds(1);
  v1::PutArticlesRequest put;
  *put.add_articles() = SampleArticle(1);
  EXPECT_THAT(indexer_->Put(put, past), StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
  EXPECT_THAT(indexer_->Search({}, past), StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
  EXPECT_THAT(indexer_->Flush(past), StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
  EXPECT_TRUE(Get({1}).empty());
}

TEST_F(IndexerTest, AnotherShardCountIsRefusedNamingBoth) {
  Open();
  indexer_.reset();
  config_.set_shards(3);
  EXPECT_THAT(Indexer::Open(config_, clock_, metrics_),
              StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr("shards: 2"), HasSubstr("shards: 3"))));
}

TEST_F(IndexerTest, ADirectoryInUseIsRefused) {
  Open();
  EXPECT_THAT(Indexer::Open(config_, clock_, metrics_),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("in use")));
}

TEST_F(IndexerTest, AMissingLogRecordStopsTheStartInsteadOfBeingSkipped) {
  Open();
  Put({SampleArticle(1), SampleArticle(2), SampleArticle(3), SampleArticle(4), SampleArticle(5)});
  const uint32_t shard = Put({SampleArticle(6)}).results(0).shard();
  indexer_.reset();
  {
    std::vector<kv::ColumnFamily> families = Shard::ColumnFamilies();
    families.push_back({.name = "log"});
    const auto database = kv::Database::Open(
        {.directory = config_.data_directory() + "/shard-00" + std::to_string(shard), .column_families = families});
    ASSERT_THAT(database, IsOk());
    kv::WriteBatch batch;
    (*database)->Delete(batch, "log", std::string("\0\0\0\0\0\0\0\1", 8));
    ASSERT_THAT((*database)->Write(std::move(batch), kv::Durability::kSynced), IsOk());
  }
  indexer_ = *Indexer::Open(config_, clock_, metrics_);
  EXPECT_THAT(indexer_->Start(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 1: missing")));
}

TEST_F(IndexerTest, ManyWritersOfOneVersionLogItOnce) {
  constexpr int kWriters = 8;
  Open();
  std::atomic<int> stored = 0;
  std::atomic<int> unchanged = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&] {
      for (int edition = 1; edition <= 10; ++edition) {
        const v1::PutArticlesResponse response = Put({SampleArticle(1), SampleArticle(2), SampleArticle(3)});
        for (const v1::PutResult& result : response.results()) {
          if (result.outcome() == v1::PUT_OUTCOME_STORED) ++stored;
          if (result.outcome() == v1::PUT_OUTCOME_UNCHANGED) ++unchanged;
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(stored, 3);
  EXPECT_EQ(unchanged, kWriters * 10 * 3 - 3);
  EXPECT_EQ(LiveArticles(), 3u);
}

TEST_F(IndexerTest, UnderOverloadEveryPutIsEitherStoredOrRefusedAndNothingStoredIsLost) {
  constexpr int kWriters = 8;
  constexpr int kPuts = 10;
  config_.set_max_queued_appends(1);
  config_.set_shards(1);
  Open();
  std::vector<std::vector<int>> stored(kWriters);
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([this, writer, &stored] {
      for (int put = 0; put < kPuts; ++put) {
        const int number = writer * kPuts + put;
        v1::PutArticlesRequest request;
        *request.add_articles() = SampleArticle(number);
        const auto response = indexer_->Put(request, kNever);
        if (response.ok()) {
          stored[static_cast<size_t>(writer)].push_back(number);
        } else {
          EXPECT_THAT(response, StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("max_queued_appends is 1")));
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  std::vector<int> all;
  for (const std::vector<int>& part : stored) all.insert(all.end(), part.begin(), part.end());
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(Get(all).size(), all.size());
}

TEST_F(IndexerTest, PutsAreCountedByOutcome) {
  Open();
  Put({SampleArticle(1), SampleArticle(1)});
  EXPECT_THAT(metrics_.Text(), AllOf(HasSubstr("tintinh_indexer_put_articles_total{outcome=\"stored\"} 1"),
                                     HasSubstr("tintinh_indexer_put_articles_total{outcome=\"unchanged\"} 1")));
}

}  // namespace
}  // namespace tintinh::indexer
