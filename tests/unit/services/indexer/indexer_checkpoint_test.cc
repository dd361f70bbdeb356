// Copies of an index: on its disk, and streamed.
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "services/indexer/checkpoint/checkpoint_receiver.h"
#include "services/indexer/indexer.h"
#include "services/indexer/layout/data_layout.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/indexer_config.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::StatusIs;

constexpr absl::Time kNever = absl::InfiniteFuture();

class IndexerCheckpointTest : public ::testing::Test {
 protected:
  IndexerCheckpointTest() { config_ = SmallConfig(dir_.path() + "/indexer"); }

  std::unique_ptr<Indexer> Open(const config::v1::IndexerConfig& config) {
    auto opened = Indexer::Open(config, clock_, metrics_);
    EXPECT_THAT(opened, IsOk());
    EXPECT_THAT((*opened)->Start(), IsOk());
    return *std::move(opened);
  }

  static void Put(Indexer& indexer, int from, int to) {
    v1::PutArticlesRequest request;
    for (int i = from; i < to; ++i) *request.add_articles() = SampleArticle(i);
    ASSERT_THAT(indexer.Put(request, kNever), IsOk());
  }

  // Of both shards, once everything is applied.
  static std::string Digests(Indexer& indexer) {
    EXPECT_THAT(indexer.Flush(kNever), IsOk());
    const auto status = indexer.Status(kNever);
    EXPECT_THAT(status, IsOk());
    std::string digests;
    for (const v1::ShardStatus& shard : status->shards()) digests += shard.digest() + " ";
    return digests;
  }

  // Every shard into a data directory of its own.
  void Copy(Indexer& indexer, const std::string& directory) {
    ASSERT_THAT(PrepareDataDirectory(directory, *LayoutOf(config_)), IsOk());
    for (uint32_t shard = 0; shard < 2; ++shard) {
      const auto receiver = CheckpointReceiver::Open(ShardDirectory(directory, shard));
      ASSERT_THAT(receiver, IsOk());
      ASSERT_THAT(indexer.StreamCheckpoint((*receiver)->Request(shard),
                                           [&](const auto& message) { return (*receiver)->Take(message); },
                                           [] { return true; }),
                  IsOk());
      EXPECT_EQ((*receiver)->manifest().shards(), 2u);
      ASSERT_THAT((*receiver)->Finish(), IsOk());
    }
  }

  const testing::TempDir dir_;
  const SystemClock clock_;
  Metrics metrics_;
  config::v1::IndexerConfig config_;
};

TEST_F(IndexerCheckpointTest, AStreamedCopyHoldsTheSameArticlesAndGoesOn) {
  const auto indexer = Open(config_);
  Put(*indexer, 0, 40);
  ASSERT_THAT(indexer->Flush(kNever), IsOk());
  Put(*indexer, 40, 60);
  config::v1::IndexerConfig copied = config_;
  copied.set_data_directory(dir_.path() + "/copy");
  Copy(*indexer, copied.data_directory());
  EXPECT_FALSE(std::filesystem::exists(StreamDirectory(config_.data_directory()) + "/1")) << "left behind";
  const auto copy = Open(copied);
  EXPECT_EQ(Digests(*copy), Digests(*indexer));
  Put(*copy, 60, 70);
  Put(*indexer, 60, 70);
  EXPECT_EQ(Digests(*copy), Digests(*indexer));
}

TEST_F(IndexerCheckpointTest, AShardThatIsNotThereIsNamed) {
  const auto indexer = Open(config_);
  v1::StreamCheckpointRequest request;
  request.set_shard(2);
  EXPECT_THAT(indexer->StreamCheckpoint(request, nullptr, nullptr),
              StatusIs(absl::StatusCode::kInvalidArgument, "shard: shard 2, the index has shards 0 to 1"));
}

TEST_F(IndexerCheckpointTest, StreamsBeyondTheNumberAreRefused) {
  const auto indexer = Open(config_);
  absl::Status third;
  const auto inner = [&](const v1::StreamCheckpointResponse&) {
    third = indexer->StreamCheckpoint({}, nullptr, nullptr);
    return absl::AbortedError("enough");
  };
  const auto outer = [&](const v1::StreamCheckpointResponse&) {
    return indexer->StreamCheckpoint({}, inner, [] { return true; });
  };
  EXPECT_THAT(indexer->StreamCheckpoint({}, outer, [] { return true; }),
              StatusIs(absl::StatusCode::kAborted, "enough"));
  EXPECT_THAT(third, StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("at most 2 at once")));
}

TEST_F(IndexerCheckpointTest, DrainingDoesNotWaitForASlowStream) {
  config_.set_checkpoint_bytes_per_second(1);
  const auto indexer = Open(config_);
  Put(*indexer, 0, 20);
  std::atomic<bool> begun = false;
  absl::Status ended;
  std::thread stream([&] {
    ended = indexer->StreamCheckpoint(
        {},
        [&](const v1::StreamCheckpointResponse&) {
          begun = true;
          return absl::OkStatus();
        },
        [] { return true; });
  });
  while (!begun) std::this_thread::yield();
  EXPECT_THAT(indexer->Drain(), IsOk());
  stream.join();
  EXPECT_THAT(ended, StatusIs(absl::StatusCode::kAborted, "the stream was ended"));
}

TEST_F(IndexerCheckpointTest, AReplicaOfALogOfItsOwnIsRefused) {
  config_.mutable_bootstrap()->set_target("127.0.0.1:7310");
  EXPECT_THAT(Indexer::Open(config_, clock_, metrics_),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bootstrap: replicas share a log in Kafka")));
}

}  // namespace
}  // namespace tintinh::indexer
