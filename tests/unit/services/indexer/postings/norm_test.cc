#include "services/indexer/postings/norm.h"

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(Norm, EveryNormIsThatOfItsLength) {
  for (uint32_t norm = 0; norm < 256; ++norm) {
    EXPECT_EQ(NormOfLength(LengthOfNorm(static_cast<uint8_t>(norm))), norm);
  }
}

TEST(Norm, RoundsDownByLessThanASixteenthAndNeverFallsAsLengthsGrow) {
  uint8_t previous = 0;
  for (uint32_t length = 0; length < 500'000; length += 1 + length / 97) {
    const uint8_t norm = NormOfLength(length);
    EXPECT_GE(norm, previous);
    EXPECT_LE(LengthOfNorm(norm), length);
    EXPECT_GE(LengthOfNorm(norm) * 17 + 16, length * 16);
    previous = norm;
  }
  EXPECT_EQ(LengthOfNorm(NormOfLength(0xffffffffu)), 507'904u);
}

}  // namespace
}  // namespace tintinh::indexer
