#include "services/indexer/postings/impact.h"

#include <random>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(Impact, GrowsWithTheFrequencyAndFallsWithTheLength) {
  const LengthPenalties penalties = LengthPenaltiesAt(100);
  EXPECT_LT(ImpactOf(1, penalties[20]), ImpactOf(2, penalties[20]));
  EXPECT_GT(ImpactOf(2, penalties[20]), ImpactOf(2, penalties[21]));
  EXPECT_FLOAT_EQ(ImpactOf(3, LengthPenaltiesAt(10)[10]), 3 / 4.2f);
}

TEST(Impact, AStoredImpactIsRoundedUpInto16Bits) {
  EXPECT_EQ(RoundedUpImpact(0.f), 0);
  EXPECT_EQ(RoundedUpImpact(1e-9f), 1);
  EXPECT_EQ(RoundedUpImpact(0.5f), 32'768);
  EXPECT_EQ(RoundedUpImpact(1.f), kMaxImpact);
}

TEST(ImpactBound, BoundsWhatAnyAverageMakesOfAPosting) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> logarithm(0, 12);
  for (int round = 0; round < 200; ++round) {
    const double written = std::exp(logarithm(random));
    const double now = std::exp(logarithm(random));
    const LengthPenalties at_writing = LengthPenaltiesAt(written);
    const LengthPenalties today = LengthPenaltiesAt(now);
    const ImpactBound bound(written, now);
    for (int i = 0; i < 100; ++i) {
      const auto freq = static_cast<uint32_t>(1 + random() % (1u << (random() % 17)));
      const size_t norm = random() % 256;
      const uint16_t stored = RoundedUpImpact(ImpactOf(freq, at_writing[norm]));
      ASSERT_GE(bound.Of(stored), static_cast<double>(ImpactOf(freq, today[norm])))
          << freq << " of norm " << norm << ", from " << written << " to " << now;
    }
  }
}

TEST(ImpactBound, IsTightWhileTheAverageStays) {
  const ImpactBound bound(300, 300);
  EXPECT_NEAR(bound.Of(kMaxImpact / 3), 1.0 / 3, 1e-5);
  EXPECT_DOUBLE_EQ(bound.Of(0), 0);
  EXPECT_NEAR(bound.Of(kMaxImpact), 1, 1e-5);
}

}  // namespace
}  // namespace tintinh::indexer
