#include "services/indexer/postings/position_chunk.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// Two documents with 2 and 3 occurrences.
PostingBlock TwoAndThree() {
  PostingBlock block;
  block.size = 2;
  block.docs = {4, 9};
  block.freqs = {2, 3};
  return block;
}

std::vector<uint32_t> Gaps() { return {3, 4, 0, 1, 1'000}; }

TEST(PositionChunk, PositionsReadBackByPosting) {
  PositionChunkWriter writer;
  writer.AddBlock({});
  writer.AddBlock(Gaps());
  const std::string value = writer.Finish();
  const auto chunk = PositionChunkReader::Parse(value);
  ASSERT_THAT(chunk, IsOk());
  PositionBlock positions;
  ASSERT_THAT(chunk->Decode(1, TwoAndThree(), positions), IsOk());
  EXPECT_THAT(positions.positions, ElementsAre(3, 7, 0, 1, 1'001));
  EXPECT_EQ(positions.starts[1], 2u);
  EXPECT_EQ(positions.starts[2], 5u);
}

TEST(PositionChunk, PostingsThatDoNotBelongToItAreDataLoss) {
  PositionChunkWriter writer;
  writer.AddBlock(Gaps());
  const std::string value = writer.Finish();
  const auto chunk = PositionChunkReader::Parse(value);
  ASSERT_THAT(chunk, IsOk());
  PostingBlock other = TwoAndThree();
  other.freqs[0] = 1;
  PositionBlock positions;
  EXPECT_THAT(chunk->Decode(0, other, positions), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("block 0")));
  EXPECT_THAT(chunk->Decode(1, other, positions), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("the chunk has 1")));
}

// The bytes of FORMAT.md: change them only with the version.
TEST(PositionChunk, Golden) {
  PositionChunkWriter writer;
  writer.AddBlock(Gaps());
  EXPECT_EQ(absl::BytesToHexString(writer.Finish()),
            "010100000000000000050000000a0310004000e8030000000000000087ca88d2");
}

}  // namespace
}  // namespace tintinh::indexer
