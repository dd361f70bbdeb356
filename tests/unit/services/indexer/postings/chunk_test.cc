#include "services/indexer/postings/chunk.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/postings/posting_blocks.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

using Docs = std::vector<uint32_t>;

std::string ChunkOf(const std::vector<Docs>& blocks) {
  ChunkWriter writer;
  uint16_t impact = 100;
  for (const Docs& docs : blocks) writer.AddBlock(BlockOf(docs), impact++);
  return writer.Finish();
}

Docs Decoded(const EncodedBlock& block) {
  Docs docs(kBlockSize);
  DecodeDocs(block, docs.data());
  docs.resize(block.size);
  return docs;
}

TEST(Chunk, BlocksReadBackSparseDenseAndPartial) {
  const std::vector<Docs> blocks = {
      SparseDocs(0), DenseDocs(SparseDocs(0).back() + 5), SparseDocs(300'000), {4'200'000'000u}};
  const std::string value = ChunkOf(blocks);
  ASSERT_THAT(ChunkReader::Check(value, kNoMoreDocs), IsOk());
  const ChunkReader chunk(value);
  ASSERT_EQ(chunk.block_count(), 4u);
  for (const uint32_t i : {1u, 0u, 3u, 2u}) {
    const EncodedBlock block = chunk.Block(i);
    EXPECT_EQ(IsBitset(block), i == 1);
    EXPECT_EQ(Decoded(block), blocks[i]);
    std::array<uint32_t, kBlockSize> freqs;
    DecodeFreqs(block, freqs.data());
    for (uint32_t j = 0; j < block.size; ++j) {
      EXPECT_EQ(freqs[j], 1 + j % 7);
      EXPECT_EQ(DecodeFreq(block, j), freqs[j]);
    }
  }
}

TEST(Chunk, BoundsHoldWithoutDecoding) {
  ChunkWriter writer;
  writer.AddBlock(BlockOf(DenseDocs(0)), 42);
  writer.AddBlock(BlockOf({500, 600}), 7);
  EXPECT_EQ(writer.block_count(), 2u);
  EXPECT_EQ(writer.bounds().last_doc, 600u);
  EXPECT_EQ(writer.bounds().impact, 42);
  const std::string value = writer.Finish();
  const ChunkReader chunk(value);
  EXPECT_EQ(chunk.LastDoc(0), DenseDocs(0).back());
  EXPECT_EQ(chunk.LastDoc(1), 600u);
  EXPECT_EQ(chunk.Impact(0), 42);
  EXPECT_EQ(chunk.Impact(1), 7);
  EXPECT_EQ(chunk.Block(0).base, kBeforeFirstDoc);
  EXPECT_EQ(chunk.Block(1).base, chunk.LastDoc(0));
}

TEST(Chunk, TheNextChunkOfAListGoesOnAfterTheLastDocument) {
  ChunkWriter writer;
  writer.AddBlock(BlockOf({0, 1}), 9);
  writer.Finish();
  EXPECT_EQ(writer.block_count(), 0u);
  writer.AddBlock(BlockOf({5, 6}), 3);
  EXPECT_EQ(writer.bounds().impact, 3);
  const std::string value = writer.Finish();
  ASSERT_THAT(ChunkReader::Check(value, 10), IsOk());
  EXPECT_EQ(ChunkReader(value).Block(0).base, 1u);
  EXPECT_THAT(Decoded(ChunkReader(value).Block(0)), ElementsAre(5, 6));
}

TEST(Chunk, FindBlockGoesToTheFirstBlockThatReachesTheTarget) {
  std::vector<Docs> blocks;
  for (uint32_t i = 0; i < 300; ++i) blocks.push_back(DenseDocs(i * 1'000));
  const std::string value = ChunkOf(blocks);
  ASSERT_THAT(ChunkReader::Check(value, 300'000), IsOk());
  const ChunkReader chunk(value);
  std::mt19937 random(1);
  for (int round = 0; round < 3'000; ++round) {
    const auto from = static_cast<uint32_t>(random() % 301);
    const auto target = static_cast<uint32_t>(random() % 300'000);
    uint32_t expected = from;
    while (expected < 300 && chunk.LastDoc(expected) < target) ++expected;
    ASSERT_EQ(chunk.FindBlock(from, target), expected) << from << ", " << target;
  }
  EXPECT_EQ(chunk.FindBlock(0, 300'000), 300u);
  EXPECT_EQ(chunk.FindBlock(0, chunk.LastDoc(7)), 7u);
  EXPECT_EQ(chunk.FindBlock(0, chunk.LastDoc(7) + 1), 8u);
}

// A bitset at the begin of the list and one behind a base that is no multiple of anything.
class BitsetTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  BitsetTest()
      : before_(DenseDocs(0)),
        docs_(DocsBy(kBlockSize, [](uint32_t i) { return GetParam() + i * 2 + i % 2; })),
        value_(GetParam() == 0 ? ChunkOf({docs_}) : ChunkOf({before_, docs_})),
        block_(ChunkReader(value_).Block(GetParam() == 0 ? 0 : 1)) {}

  const Docs before_, docs_;
  const std::string value_;
  const EncodedBlock block_;
};

TEST_P(BitsetTest, EveryDocumentIsFoundWithItsPlace) {
  ASSERT_TRUE(IsBitset(block_));
  for (uint32_t target = block_.base + 1; target != docs_.back() + 1; ++target) {
    const auto wanted = std::lower_bound(docs_.begin(), docs_.end(), target);
    const BlockPlace place = FindInBitset(block_, target);
    ASSERT_EQ(place.doc, *wanted) << target;
    ASSERT_EQ(place.index, static_cast<uint32_t>(wanted - docs_.begin())) << target;
  }
}

TEST_P(BitsetTest, AnyWindowGetsItsBitsAndNoOthers) {
  const uint32_t last = docs_.back();
  const uint32_t earliest = block_.base + 1 > 130 ? block_.base + 1 - 130 : 0;
  for (uint32_t origin = earliest; origin < last + 70; origin += 1 + origin % 5) {
    for (const uint32_t size : {1u, 63u, 64u, 65u, 200u, 1'000u}) {
      const size_t words = (size + 63) / 64;
      std::vector<uint64_t> bits(words, 0);
      std::vector<uint64_t> expected(words, 0);
      for (const uint32_t doc : docs_) {
        if (doc >= origin && doc < origin + size) expected[(doc - origin) / 64] |= uint64_t{1} << (doc - origin) % 64;
      }
      OrBitset(block_, origin, origin + size, bits.data());
      ASSERT_EQ(bits, expected) << origin << ", " << size;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Places, BitsetTest, ::testing::Values(0u, 170u, 193u, 230u));

// Damage behind a good checksum: a body made by hand, or one changed at a place.
class DamagedChunkTest : public ::testing::Test {
 protected:
  static constexpr uint32_t kLimit = 1'000'000;
  static constexpr size_t kCount = 4, kLastSize = 8, kLastDocs = 12, kOffsets = 20, kPayload = 32;

  absl::Status CheckWith(size_t at, uint32_t value) const {
    std::string body = body_;
    for (size_t i = 0; i < sizeof(value); ++i) body[at + i] = static_cast<char>(value >> (8 * i));
    return ChunkReader::Check(CheckedValue(body), kLimit);
  }

  // Two blocks: a bitset, and gaps.
  const std::string value_ = ChunkOf({DenseDocs(0), SparseDocs(1'000, 40)});
  const std::string body_{*CheckedBody(value_)};
};

const auto kDataLoss = absl::StatusCode::kDataLoss;

TEST_F(DamagedChunkTest, EveryFlippedBitOfTheValueIsRefused) {
  ASSERT_THAT(ChunkReader::Check(value_, kLimit), IsOk());
  for (size_t bit = 0; bit < value_.size() * 8; ++bit) {
    std::string damaged = value_;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_THAT(ChunkReader::Check(damaged, kLimit), StatusIs(kDataLoss, HasSubstr("")));
  }
}

TEST_F(DamagedChunkTest, EveryCutOfTheBodyIsRefused) {
  for (size_t size = 0; size < body_.size(); ++size) {
    ASSERT_THAT(ChunkReader::Check(CheckedValue(body_.substr(0, size)), kLimit), StatusIs(kDataLoss, HasSubstr("")))
        << size;
  }
}

TEST_F(DamagedChunkTest, ATableThatMakesNoSenseIsRefused) {
  EXPECT_THAT(CheckWith(kCount, 0), StatusIs(kDataLoss, HasSubstr("0 blocks")));
  EXPECT_THAT(CheckWith(kCount, 513), StatusIs(kDataLoss, HasSubstr("513 blocks")));
  EXPECT_THAT(CheckWith(kCount, 512), StatusIs(kDataLoss, HasSubstr("skip table")));
  EXPECT_THAT(CheckWith(kLastSize, 0), StatusIs(kDataLoss, HasSubstr("block 1: size")));
  EXPECT_THAT(CheckWith(kLastSize, 129), StatusIs(kDataLoss, HasSubstr("block 1: size")));
  EXPECT_THAT(CheckWith(kLastSize, 39), StatusIs(kDataLoss, HasSubstr("block 1: documents do not end")));
  EXPECT_THAT(CheckWith(kLastDocs, kLimit), StatusIs(kDataLoss, HasSubstr("block 0: documents out of order")));
  EXPECT_THAT(CheckWith(kLastDocs + 4, 3), StatusIs(kDataLoss, HasSubstr("block 1: documents out of order")));
  EXPECT_THAT(CheckWith(kOffsets, 0xfffffff0), StatusIs(kDataLoss, HasSubstr("block 0: offset")));
}

TEST_F(DamagedChunkTest, ABaseThatMovesTheDocumentsIsRefused) {
  EXPECT_THAT(CheckWith(0, 0), StatusIs(kDataLoss, HasSubstr("block 0: bitset")));
  EXPECT_THAT(CheckWith(0, 0xfffffffe), StatusIs(kDataLoss, HasSubstr("block 0: documents out of order")));
}

TEST_F(DamagedChunkTest, ABlockThatContradictsTheTableIsRefused) {
  EXPECT_THAT(CheckWith(kLastDocs, DenseDocs(0).back() + 1), StatusIs(kDataLoss, HasSubstr("block 0: bitset")));
  EXPECT_THAT(CheckWith(kLastDocs + 4, 900'000), StatusIs(kDataLoss, HasSubstr("block 1: documents do not end")));
  std::string body = body_;
  body[kPayload + 1] = static_cast<char>(body[kPayload + 1] ^ 1);  // a document less
  EXPECT_THAT(ChunkReader::Check(CheckedValue(body), kLimit), StatusIs(kDataLoss, HasSubstr("block 0: bitset")));
}

TEST_F(DamagedChunkTest, ADocumentAtTheLimitIsRefused) {
  const std::string value = ChunkOf({{0, 9}});
  EXPECT_THAT(ChunkReader::Check(value, 10), IsOk());
  EXPECT_THAT(ChunkReader::Check(value, 9), StatusIs(kDataLoss, HasSubstr("block 0")));
}

TEST_F(DamagedChunkTest, AFreqThatNoDocumentHasIsRefused) {
  PostingBlock block = BlockOf({3, 4});
  block.freqs[1] = kMaxFreq;
  ChunkWriter writer;
  writer.AddBlock(block, 1);
  EXPECT_THAT(ChunkReader::Check(writer.Finish(), kLimit), IsOk());
  block.freqs[1] = kMaxFreq + 1;
  block.docs = {5, 6};
  writer.AddBlock(block, 1);
  EXPECT_THAT(ChunkReader::Check(writer.Finish(), kLimit), StatusIs(kDataLoss, HasSubstr("block 0: freq")));
}

TEST_F(DamagedChunkTest, WhatIsAcceptedCanBeDecoded) {
  std::mt19937 random(5);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string body = body_;
    body[random() % body.size()] = static_cast<char>(random());
    const std::string value = CheckedValue(body);
    if (!ChunkReader::Check(value, kLimit).ok()) continue;
    ++accepted;
    const ChunkReader chunk(value);
    uint32_t next = 0;
    for (uint32_t i = 0; i < chunk.block_count(); ++i) {
      for (const uint32_t doc : Decoded(chunk.Block(i))) {
        ASSERT_GE(doc, next);
        next = doc + 1;
      }
    }
    ASSERT_LE(next, kLimit);
  }
  EXPECT_GT(accepted, 100);
}

// The bytes of FORMAT.md: change them only with the version.
TEST(Chunk, Golden) {
  EXPECT_EQ(absl::BytesToHexString(ChunkOf({{10, 1'000, 50'000}})),
            "03ffffffff010000000300000050c30000000000006400100a00dd0367bf02240000000000000000000000000000000032c760bb");
  EXPECT_EQ(absl::BytesToHexString(ChunkOf({{0, 1, 5, 9}})),
            "03ffffffff0100000004000000090000000000000064007f230202e400000000000000000000000000000000b162b529");
}

}  // namespace
}  // namespace tintinh::indexer
