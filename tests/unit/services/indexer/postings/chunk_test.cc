#include "services/indexer/postings/chunk.h"

#include <functional>
#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

PostingBlock Block(uint32_t size, const std::function<uint32_t(uint32_t)>& doc) {
  PostingBlock block;
  block.size = size;
  for (uint32_t i = 0; i < size; ++i) {
    block.docs[i] = doc(i);
    block.freqs[i] = 1 + i % 7;
  }
  return block;
}

void ExpectEqual(const PostingBlock& a, const PostingBlock& b) {
  ASSERT_EQ(a.size, b.size);
  for (uint32_t i = 0; i < a.size; ++i) {
    EXPECT_EQ(a.docs[i], b.docs[i]);
    EXPECT_EQ(a.freqs[i], b.freqs[i]);
  }
}

TEST(Chunk, BlocksReadBackSparseDenseAndPartial) {
  const PostingBlock sparse = Block(kBlockSize, [](uint32_t i) { return i * 1'000; });
  const PostingBlock dense = Block(kBlockSize, [](uint32_t i) { return 200'000 + i + i / 10; });
  const PostingBlock last = Block(3, [](uint32_t i) { return 4'000'000'000u + i * 100'000'000u; });
  ChunkWriter writer;
  writer.AddBlock(sparse, 20);
  writer.AddBlock(dense, 10);
  writer.AddBlock(last, 30);
  EXPECT_EQ(writer.bounds().last_doc, 4'200'000'000u);
  EXPECT_EQ(writer.bounds().min_norm, 10);
  const std::string value = writer.Finish();
  const auto chunk = ChunkReader::Parse(value, kNoMoreDocs);
  ASSERT_THAT(chunk, IsOk());
  ASSERT_EQ(chunk->block_count(), 3u);
  PostingBlock block;
  ASSERT_THAT(chunk->Decode(1, block), IsOk());
  ExpectEqual(block, dense);
  ASSERT_THAT(chunk->Decode(0, block), IsOk());
  ExpectEqual(block, sparse);
  ASSERT_THAT(chunk->Decode(2, block), IsOk());
  ExpectEqual(block, last);
}

TEST(Chunk, BoundsHoldWithoutDecoding) {
  ChunkWriter writer;
  writer.AddBlock(Block(kBlockSize, [](uint32_t i) { return i; }), 42);
  const std::string value = writer.Finish();
  const auto chunk = ChunkReader::Parse(value, 128);
  ASSERT_THAT(chunk, IsOk());
  EXPECT_EQ(chunk->Bounds(0).last_doc, 127u);
  EXPECT_EQ(chunk->Bounds(0).max_freq, 7u);
  EXPECT_EQ(chunk->Bounds(0).min_norm, 42);
}

TEST(Chunk, ADenseBlockIsABitset) {
  ChunkWriter gaps_of_two;
  gaps_of_two.AddBlock(Block(kBlockSize, [](uint32_t i) { return i * 2 + i % 2; }), 1);
  ChunkWriter gaps_of_forty;
  gaps_of_forty.AddBlock(Block(kBlockSize, [](uint32_t i) { return i * 40; }), 1);
  // 256 bits of documents against 128 gaps of 6 bits; the rest is the same.
  EXPECT_EQ(gaps_of_forty.Finish().size() - gaps_of_two.Finish().size(), kBlockSize * 6 / 8 - 256 / 8);
}

TEST(Chunk, TheNextChunkOfAListGoesOnAfterTheLastDocument) {
  ChunkWriter writer;
  writer.AddBlock(Block(2, [](uint32_t i) { return i; }), 1);
  writer.Finish();
  const PostingBlock second = Block(2, [](uint32_t i) { return 5 + i; });
  writer.AddBlock(second, 1);
  const std::string value = writer.Finish();
  const auto chunk = ChunkReader::Parse(value, 10);
  ASSERT_THAT(chunk, IsOk());
  PostingBlock block;
  ASSERT_THAT(chunk->Decode(0, block), IsOk());
  ExpectEqual(block, second);
}

TEST(Chunk, ADocumentAtTheLimitIsDataLoss) {
  ChunkWriter writer;
  writer.AddBlock(Block(2, [](uint32_t i) { return i; }), 1);
  EXPECT_THAT(ChunkReader::Parse(writer.Finish(), 1), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("block 0")));
}

// The bytes of FORMAT.md: change them only with the version.
TEST(Chunk, Golden) {
  ChunkWriter writer;
  PostingBlock block = Block(3, [](uint32_t i) { return 10 + 20 * i; });
  writer.AddBlock(block, 9);
  EXPECT_EQ(absl::BytesToHexString(writer.Finish()),
            "01ffffffff01000000320000000300000000000000050209026a4e2400000000000000a8f9b39b");
}

}  // namespace
}  // namespace tintinh::indexer
