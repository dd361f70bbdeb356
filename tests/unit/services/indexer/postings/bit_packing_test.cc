#include "services/indexer/postings/bit_packing.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(BitPacking, EveryValueIsReadAloneAtEveryWidth) {
  for (uint32_t bits = 0; bits <= 32; ++bits) {
    std::vector<uint32_t> values(131);
    for (uint32_t i = 0; i < values.size(); ++i) {
      values[i] = static_cast<uint32_t>((i * 2654435761u) & ((uint64_t{1} << bits) - 1));
    }
    std::string packed;
    AppendPacked(values, bits, packed);
    EXPECT_EQ(packed.size(), PackedSize(values.size(), bits));
    packed.append(kUnpackSlack, '\xff');
    for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(UnpackOne(packed.data(), bits, i), values[i]) << bits;
  }
}

TEST(BitPacking, BitWidthIsTheLeastThatFits) {
  EXPECT_EQ(BitWidth(0), 0u);
  EXPECT_EQ(BitWidth(1), 1u);
  EXPECT_EQ(BitWidth(255), 8u);
  EXPECT_EQ(BitWidth(256), 9u);
  EXPECT_EQ(BitWidth(0xffffffffu), 32u);
}

}  // namespace
}  // namespace tintinh::indexer
