#include "services/indexer/segment/held_chunks.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::IsOkAndHolds;
using testing::ShardDatabase;

class HeldChunksTest : public ::testing::Test {
 protected:
  std::shared_ptr<const LoadedChunk> ChunkOf(size_t bytes) {
    db_.Put(kPostingsFamily, ChunkKey(1, 0), std::string(bytes, 'x'));
    auto chunk = std::make_shared<LoadedChunk>();
    EXPECT_THAT(chunk->value.Load(db_.get(), kPostingsFamily, ChunkKey(1, 0)), IsOkAndHolds(true));
    return chunk;
  }

  ShardDatabase db_;
  HeldChunks held_;
};

TEST_F(HeldChunksTest, WhatWasKeptIsFoundUntilAnotherTakesItsPlace) {
  const auto small = ChunkOf(10);
  EXPECT_EQ(held_.Find(5), nullptr);
  EXPECT_EQ(held_.Find(0), nullptr);
  held_.Keep(5, small);
  EXPECT_EQ(held_.Find(5), small);
  EXPECT_EQ(held_.Find(5 + 16 * 64), nullptr);
  held_.Keep(5 + 16 * 64, small);
  EXPECT_EQ(held_.Find(5), nullptr);
  EXPECT_EQ(held_.Find(5 + 16 * 64), small);
  EXPECT_EQ(held_.bytes(), 10u);
}

TEST_F(HeldChunksTest, HoldsNoMoreThanItsBound) {
  const auto large = ChunkOf(64 << 10);
  for (uint32_t chunk = 0; chunk < 1'000; ++chunk) {
    held_.Keep(chunk, large);
    ASSERT_EQ(held_.Find(chunk), large);
    ASSERT_LE(held_.bytes(), HeldChunks::kMostBytes);
  }
  EXPECT_GT(held_.bytes(), HeldChunks::kMostBytes / 2);
  const auto huge = ChunkOf(HeldChunks::kMostBytes);
  held_.Keep(5'000, huge);
  EXPECT_EQ(held_.Find(5'000), nullptr);
}

}  // namespace
}  // namespace tintinh::indexer
