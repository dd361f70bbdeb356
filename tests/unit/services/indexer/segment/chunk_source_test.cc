#include "services/indexer/segment/chunk_source.h"

#include <algorithm>
#include <array>
#include <vector>

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

constexpr uint32_t kLimit = 10'000;
constexpr uint32_t kRange = kBlockSize * 10;  // documents from a block to the next
constexpr std::array<uint16_t, 6> kImpacts = {10, 40, 30, 20, 60, 50};

// Chunks 4 to 6 of segment 1, of two blocks each: documents 10, 20, … with a position each.
class ChunkSourceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ChunkWriter writer;
    PositionChunkWriter positions;
    uint32_t doc = 0;
    for (const uint16_t impact : kImpacts) {
      PostingBlock block;
      for (; block.size < kBlockSize; ++block.size) {
        block.docs[block.size] = doc += 10;
        block.freqs[block.size] = 1;
      }
      writer.AddBlock(block, impact);
      positions.AddBlock(absl::MakeConstSpan(block.docs.data(), block.size));
      if (writer.block_count() < 2) continue;
      const std::string key = ChunkKey(1, 4 + static_cast<uint32_t>(chunks_.size()));
      chunks_.push_back(writer.bounds());
      db_.Put(kPostingsFamily, key, writer.Finish());
      db_.Put(kPositionsFamily, key, positions.Finish());
    }
  }

  ChunkSource Source(uint32_t limit = kLimit) const { return ChunkSource(store_, 4, chunks_, limit); }

  // Over the blocks, as they reach from the document behind the block before to their last.
  static uint32_t ExactImpact(uint32_t begin, uint32_t end) {
    uint32_t most = 0;
    for (uint32_t i = 0; i < kImpacts.size(); ++i) {
      const uint32_t first = i == 0 ? 0 : i * kRange + 1;
      if (first < end && (i + 1) * kRange >= begin) most = std::max<uint32_t>(most, kImpacts[i]);
    }
    return most;
  }

  ShardDatabase db_;
  ChunkStore store_{db_.get(), 1, 7};
  std::vector<BlockBounds> chunks_;
  SourceBlock block_;
};

TEST_F(ChunkSourceTest, GivesTheFirstBlockThatReachesTheTarget) {
  ChunkSource source = Source();
  ASSERT_TRUE(source.NextBlock(0, block_));
  EXPECT_EQ(block_.encoded.base, kBeforeFirstDoc);
  EXPECT_EQ(block_.encoded.last_doc, kRange);
  EXPECT_EQ(block_.plain, nullptr);
  ASSERT_TRUE(source.NextBlock(kRange, block_));
  EXPECT_EQ(block_.encoded.last_doc, kRange);
  ASSERT_TRUE(source.NextBlock(kRange + 1, block_));
  EXPECT_EQ(block_.encoded.last_doc, 2 * kRange);
  ASSERT_TRUE(source.NextBlock(2 * kRange + 1, block_));
  EXPECT_EQ(block_.encoded.base, 2 * kRange);
  ASSERT_TRUE(source.NextBlock(6 * kRange, block_));
  EXPECT_EQ(block_.encoded.last_doc, 6 * kRange);
  EXPECT_FALSE(source.NextBlock(6 * kRange + 1, block_));
  EXPECT_THAT(source.status(), IsOk());
}

TEST_F(ChunkSourceTest, RewindGoesBackToTheFirstBlock) {
  ChunkSource source = Source();
  ASSERT_TRUE(source.NextBlock(5 * kRange, block_));
  source.MaxImpact(5 * kRange, kLimit);
  source.Rewind();
  ASSERT_TRUE(source.NextBlock(0, block_));
  EXPECT_EQ(block_.encoded.last_doc, kRange);
  EXPECT_EQ(source.MaxImpact(0, 1), kImpacts[0]);
}

TEST_F(ChunkSourceTest, ChunksThatAreSkippedAreNotRead) {
  db_.Delete(kPostingsFamily, ChunkKey(1, 4));
  db_.Delete(kPostingsFamily, ChunkKey(1, 6));
  ChunkSource source = Source();
  ASSERT_TRUE(source.NextBlock(3 * kRange, block_));
  EXPECT_EQ(block_.encoded.last_doc, 3 * kRange);
}

TEST_F(ChunkSourceTest, ImpactsOfARangeAreThoseOfItsBlocks) {
  for (const uint32_t size : {1u, 500u, kRange - 1, kRange, kRange + 1}) {
    ChunkSource source = Source();
    for (uint32_t begin = 0; begin < kLimit; begin += size) {
      const uint32_t bound = source.MaxImpact(begin, begin + size);
      ASSERT_GE(bound, ExactImpact(begin, begin + size)) << begin << ", " << size;
      const bool in_one_chunk =
          begin > 2 * kRange ? begin > 4 * kRange || begin + size <= 4 * kRange : begin + size <= 2 * kRange;
      if (in_one_chunk) {
        ASSERT_EQ(bound, ExactImpact(begin, begin + size)) << begin << ", " << size;
      }
    }
  }
  ChunkSource source = Source();
  EXPECT_EQ(source.MaxImpact(0, kLimit), 60u);
  EXPECT_EQ(source.MaxImpact(6 * kRange + 1, kLimit), 0u);
}

TEST_F(ChunkSourceTest, PartsOfARangeOverASeamOfChunksAreStillBounded) {
  ChunkSource source = Source();
  EXPECT_GE(source.MaxImpact(kRange + 1, 5 * kRange), 60u);
  EXPECT_EQ(source.MaxImpact(kRange + 1, kRange + 100), 40u);
  EXPECT_EQ(source.MaxImpact(2 * kRange + 1, 2 * kRange + 100), 30u);
}

TEST_F(ChunkSourceTest, BoundsDoNotMoveTheBlocksGiven) {
  ChunkSource source = Source();
  ASSERT_TRUE(source.NextBlock(0, block_));
  EXPECT_EQ(source.MaxImpact(5 * kRange + 1, kLimit), 50u);
  ASSERT_TRUE(source.NextBlock(kRange + 1, block_));
  EXPECT_EQ(block_.encoded.last_doc, 2 * kRange);
}

TEST_F(ChunkSourceTest, PositionsAreThoseOfTheBlockGivenLast) {
  ChunkSource source = Source();
  EncodedPositions positions;
  for (const uint32_t block : {1u, 2u, 5u}) {
    ASSERT_TRUE(source.NextBlock(block * kRange + 1, block_));
    ASSERT_TRUE(source.Positions(positions));
    ASSERT_EQ(positions.count, kBlockSize);
    uint32_t first;
    DecodePositions(positions, 0, 1, &first);
    EXPECT_EQ(first, block * kRange + 10);
  }
}

TEST_F(ChunkSourceTest, AMissingChunkIsDataLossThatNamesIt) {
  db_.Delete(kPostingsFamily, ChunkKey(1, 5));
  ChunkSource source = Source();
  ASSERT_TRUE(source.NextBlock(0, block_));
  EXPECT_FALSE(source.NextBlock(3 * kRange, block_));
  EXPECT_THAT(source.status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("postings of segment 1, chunk 5: missing")));
  EXPECT_FALSE(source.NextBlock(6 * kRange, block_)) << "after a failure there are no more blocks";
  EXPECT_EQ(source.MaxImpact(6 * kRange, kLimit), 0u);
}

TEST_F(ChunkSourceTest, FewerPositionsThanPostingsAreDataLoss) {
  PositionChunkWriter one_block;
  one_block.AddBlock({1});
  db_.Put(kPositionsFamily, ChunkKey(1, 4), one_block.Finish());
  ChunkSource source = Source();
  EncodedPositions positions;
  ASSERT_TRUE(source.NextBlock(kRange + 1, block_));
  EXPECT_FALSE(source.Positions(positions));
  EXPECT_THAT(source.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("fewer blocks of positions")));
}

TEST_F(ChunkSourceTest, ADocumentPastTheLimitIsDataLoss) {
  ChunkSource source = Source(15);
  EXPECT_FALSE(source.NextBlock(0, block_));
  EXPECT_THAT(source.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("out of order or range")));
}

TEST_F(ChunkSourceTest, DamageThatTheCursorFoundIsKept) {
  ChunkSource source = Source();
  source.Fail("first");
  source.Fail("second");
  EXPECT_THAT(source.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("first")));
}

}  // namespace
}  // namespace tintinh::indexer
