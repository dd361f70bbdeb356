#include "services/indexer/segment/chunk_source.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::ShardDatabase;
using testing::StatusIs;

// Two chunks of two blocks of one document: 10, 20 and 30, 40.
class ChunkSourceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ChunkWriter writer;
    for (uint32_t doc = 10; doc <= 40; doc += 10) {
      PostingBlock block;
      block.size = 1;
      block.docs[0] = doc;
      block.freqs[0] = 1;
      writer.AddBlock(block, 1);
      if (writer.block_count() < 2) continue;
      const uint32_t chunk = static_cast<uint32_t>(list_.chunks.size());
      list_.chunks.push_back(writer.bounds());
      db_.Put(kPostingsFamily, ChunkKey(1, 2, chunk), writer.Finish());
    }
  }

  ShardDatabase db_;
  ChunkedList list_{.segment = 1, .term_id = 2, .chunks = {}};
  PostingBlock block_;
};

TEST_F(ChunkSourceTest, GivesTheFirstBlockThatReachesTheTarget) {
  ChunkSource source(db_.get(), list_, 100);
  ASSERT_TRUE(source.NextBlock(0, block_));
  EXPECT_EQ(block_.docs[0], 10u);
  ASSERT_TRUE(source.NextBlock(31, block_));
  EXPECT_EQ(block_.docs[0], 40u);
  EXPECT_FALSE(source.NextBlock(41, block_));
  EXPECT_THAT(source.status(), IsOk());
}

TEST_F(ChunkSourceTest, ChunksThatAreSkippedAreNotRead) {
  db_.Delete(kPostingsFamily, ChunkKey(1, 2, 0));
  ChunkSource source(db_.get(), list_, 100);
  ASSERT_TRUE(source.NextBlock(25, block_));
  EXPECT_EQ(block_.docs[0], 30u);
}

TEST_F(ChunkSourceTest, AMissingChunkIsDataLossThatNamesIt) {
  db_.Delete(kPostingsFamily, ChunkKey(1, 2, 1));
  ChunkSource source(db_.get(), list_, 100);
  EXPECT_FALSE(source.NextBlock(25, block_));
  EXPECT_THAT(source.status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("postings of segment 1, term 2, chunk 1: missing")));
}

TEST_F(ChunkSourceTest, ADocumentPastTheLimitIsDataLoss) {
  ChunkSource source(db_.get(), list_, 15);
  EXPECT_FALSE(source.NextBlock(0, block_));
  EXPECT_THAT(source.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("out of order or range")));
}

}  // namespace
}  // namespace tintinh::indexer
