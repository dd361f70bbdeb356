#include "services/indexer/segment/chunk_store.h"

#include <string>

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

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

// Chunk 2 of segment 9 holds document 7 with one position.
class ChunkStoreTest : public ::testing::Test {
 protected:
  ChunkStoreTest() {
    PostingBlock block;
    block.size = 1;
    block.docs[0] = 7;
    block.freqs[0] = 1;
    ChunkWriter postings;
    postings.AddBlock(block, 5);
    db_.Put(kPostingsFamily, ChunkKey(9, 2), postings.Finish());
    PositionChunkWriter positions;
    positions.AddBlock({3});
    db_.Put(kPositionsFamily, ChunkKey(9, 2), positions.Finish());
  }

  // Flips a bit in the middle.
  void Damage(const char* family) {
    std::string value = **db_.get().Get(family, ChunkKey(9, 2));
    value[value.size() / 2] = static_cast<char>(value[value.size() / 2] ^ 0x10);
    db_.Put(family, ChunkKey(9, 2), value);
  }

  ShardDatabase db_;
  ChunkStore store_{db_.get(), 9, 4};
  kv::PinnedValue value_;
};

TEST_F(ChunkStoreTest, LoadsBothKindsOfChunks) {
  const auto postings = store_.LoadPostings(2, 8, value_);
  ASSERT_THAT(postings, IsOk());
  EXPECT_EQ(postings->LastDoc(0), 7u);
  kv::PinnedValue other;
  const auto positions = store_.LoadPositions(2, other);
  ASSERT_THAT(positions, IsOk());
  EXPECT_EQ(positions->Block(0).count, 1u);
}

TEST_F(ChunkStoreTest, DamageIsFoundWhenAChunkIsReadFirstAndNamed) {
  Damage(kPostingsFamily);
  Damage(kPositionsFamily);
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(store_.LoadPostings(2, 8, value_),
                StatusIs(kDataLoss, HasSubstr("postings of segment 9, chunk 2: checksum")));
    EXPECT_THAT(store_.LoadPositions(2, value_),
                StatusIs(kDataLoss, HasSubstr("positions of segment 9, chunk 2: checksum")));
  }
}

TEST_F(ChunkStoreTest, AChunkThatWasFoundSoundIsNotReadThroughAgain) {
  ASSERT_THAT(store_.LoadPostings(2, 8, value_), IsOk());
  Damage(kPostingsFamily);
  EXPECT_THAT(store_.LoadPostings(2, 8, value_), IsOk());
  EXPECT_THAT(ChunkStore(db_.get(), 9, 4).LoadPostings(2, 8, value_), StatusIs(kDataLoss, HasSubstr("checksum")));
}

TEST_F(ChunkStoreTest, AChunkIsReadOnceForSeveralReaders) {
  const auto first = store_.Postings(2, 8);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ((*first)->reader.LastDoc(0), 7u);
  Damage(kPostingsFamily);
  const auto second = store_.Postings(2, 8);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(*second, *first);
  EXPECT_THAT(store_.Postings(1, 8), StatusIs(kDataLoss, HasSubstr("chunk 1: missing")));
}

TEST_F(ChunkStoreTest, ADocumentAtTheLimitIsDamage) {
  EXPECT_THAT(store_.LoadPostings(2, 7, value_), StatusIs(kDataLoss, HasSubstr("chunk 2: block 0")));
}

TEST_F(ChunkStoreTest, AChunkThatIsMissingOrNotOfTheSegmentIsDataLoss) {
  EXPECT_THAT(store_.LoadPostings(1, 8, value_), StatusIs(kDataLoss, HasSubstr("chunk 1: missing")));
  EXPECT_THAT(store_.LoadPositions(3, value_), StatusIs(kDataLoss, HasSubstr("chunk 3: missing")));
  EXPECT_THAT(store_.LoadPostings(4, 8, value_), StatusIs(kDataLoss, HasSubstr("no chunk of that number")));
}

}  // namespace
}  // namespace tintinh::indexer
