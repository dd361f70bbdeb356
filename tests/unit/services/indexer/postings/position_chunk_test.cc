#include "services/indexer/postings/position_chunk.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// Of two postings with 2 and 3 positions.
std::vector<uint32_t> Gaps() { return {3, 4, 0, 1, 1'000}; }

std::vector<uint32_t> Positions(const EncodedPositions& block, uint32_t start, uint32_t count) {
  std::vector<uint32_t> positions(count);
  DecodePositions(block, start, count, positions.data());
  return positions;
}

TEST(PositionChunk, PositionsReadBackByPosting) {
  PositionChunkWriter writer;
  writer.AddBlock({});
  writer.AddBlock(Gaps());
  const std::string value = writer.Finish();
  ASSERT_THAT(PositionChunkReader::Check(value), IsOk());
  const PositionChunkReader chunk(value);
  ASSERT_EQ(chunk.block_count(), 2u);
  EXPECT_EQ(chunk.Block(0).count, 0u);
  const EncodedPositions block = chunk.Block(1);
  EXPECT_EQ(block.count, 5u);
  EXPECT_THAT(Positions(block, 0, 2), ElementsAre(3, 7));
  EXPECT_THAT(Positions(block, 2, 3), ElementsAre(0, 1, 1'001));
}

TEST(PositionChunk, TheWriterStartsAnewAfterEachChunk) {
  PositionChunkWriter writer;
  writer.AddBlock(Gaps());
  const std::string first = writer.Finish();
  writer.AddBlock(Gaps());
  EXPECT_EQ(writer.Finish(), first);
}

TEST(PositionChunk, ABlockOfManyPositionsReadsBack) {
  std::vector<uint32_t> gaps(100'000, 2);
  for (size_t i = 0; i < gaps.size(); i += 97) gaps[i] = static_cast<uint32_t>(i);
  PositionChunkWriter writer;
  writer.AddBlock(gaps);
  const std::string value = writer.Finish();
  ASSERT_THAT(PositionChunkReader::Check(value), IsOk());
  const EncodedPositions block = PositionChunkReader(value).Block(0);
  ASSERT_EQ(block.count, gaps.size());
  for (uint32_t start = 0; start < gaps.size(); start += 97)
    EXPECT_THAT(Positions(block, start, 2), ElementsAre(start, start + 2));
}

TEST(PositionChunk, EveryFlippedBitAndEveryCutIsDataLoss) {
  PositionChunkWriter writer;
  writer.AddBlock(Gaps());
  writer.AddBlock(Gaps());
  const std::string value = writer.Finish();
  for (size_t bit = 0; bit < value.size() * 8; ++bit) {
    std::string damaged = value;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(PositionChunkReader::Check(damaged), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
  }
  const std::string body(*CheckedBody(value));
  for (size_t size = 0; size < body.size(); ++size) {
    EXPECT_THAT(PositionChunkReader::Check(CheckedValue(body.substr(0, size))),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position")));
  }
}

// One block with these bytes.
std::string ChunkOfBytes(uint32_t blocks, uint32_t offset, const std::string& bytes) {
  std::string body;
  AppendFixed(blocks, body);
  AppendFixed(offset, body);
  return CheckedValue(body + bytes + std::string(kUnpackSlack, '\0'));
}

TEST(PositionChunk, HostileTablesAndCountsAreRefused) {
  const std::string three_of_a_byte = {3, 8, 1, 2, 3};
  EXPECT_THAT(PositionChunkReader::Check(ChunkOfBytes(1, 0, three_of_a_byte)), IsOk());
  const auto data_loss = [](const char* what) { return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)); };
  EXPECT_THAT(PositionChunkReader::Check(ChunkOfBytes(513, 0, three_of_a_byte)), data_loss("513 blocks"));
  EXPECT_THAT(PositionChunkReader::Check(ChunkOfBytes(9, 0, three_of_a_byte)), data_loss("table cut off"));
  EXPECT_THAT(PositionChunkReader::Check(ChunkOfBytes(1, 900, three_of_a_byte)), data_loss("past the chunk"));
  EXPECT_THAT(PositionChunkReader::Check(ChunkOfBytes(1, 0, {4, 8, 1, 2, 3})), data_loss("block 0: gaps"));
  EXPECT_THAT(PositionChunkReader::Check(ChunkOfBytes(1, 0, "\xff\xff\xff\xff\x7f")), data_loss("block 0: no count"));
}

TEST(PositionChunk, ACountWrittenLongerThanNeededIsTheSameCount) {
  const std::string value = ChunkOfBytes(1, 0, "\x82\x80\x80\x80\x80\x80" + std::string{0, 8, 5, 6});
  ASSERT_THAT(PositionChunkReader::Check(value), IsOk());
  const EncodedPositions block = PositionChunkReader(value).Block(0);
  EXPECT_EQ(block.count, 2u);
  EXPECT_THAT(Positions(block, 0, 2), ElementsAre(5, 11));
}

// The bytes of FORMAT.md: change them only with the version.
TEST(PositionChunk, Golden) {
  PositionChunkWriter writer;
  writer.AddBlock(Gaps());
  EXPECT_EQ(absl::BytesToHexString(writer.Finish()),
            "030100000000000000050a0310004000e80300000000000000000000000000000000c600c48d");
}

}  // namespace
}  // namespace tintinh::indexer
