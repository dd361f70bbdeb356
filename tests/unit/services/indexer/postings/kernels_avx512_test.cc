#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/kernels.h"

namespace tintinh::indexer {
namespace {

// Of the kernels this processor can run; kernels_test.cc asks each of them the same.
TEST(WideKernels, GiveWhatThePortableOnesGive) {
  std::mt19937 random(1);
  std::vector<uint8_t> norms(4'096);
  for (uint8_t& norm : norms) norm = static_cast<uint8_t>(random());
  std::vector<float> penalties(256);
  for (float& penalty : penalties) penalty = std::uniform_real_distribution<float>(0.3f, 4.f)(random);
  const ScoringTable table{.norms = norms.data(), .penalties = penalties.data(), .weight = 2.5f};
  for (const Kernels* kernels : RunnableKernels()) {
    for (uint32_t size = 1; size <= 128; ++size) {
      std::string bits(norms.size() / 8 + kUnpackSlack, '\0');
      for (uint32_t i = 0; i < size; ++i) {
        const auto bit = static_cast<uint32_t>(random() % norms.size());
        bits[bit / 8] = static_cast<char>(static_cast<uint8_t>(bits[bit / 8]) | 1u << (bit % 8));
      }
      const auto range = static_cast<uint32_t>(norms.size()) - size;
      const size_t set = kPortableKernels.count_bits(bits.data(), range);
      std::vector<uint32_t> want(set);
      std::vector<uint32_t> got(set);
      kPortableKernels.list_bits(bits.data(), range, 0, set, want.data());
      kernels->list_bits(bits.data(), range, 0, set, got.data());
      ASSERT_EQ(got, want);
      std::vector<uint32_t> freqs(set);
      for (uint32_t& freq : freqs) freq = 1 + static_cast<uint32_t>(random() % 9);
      std::vector<float> want_scores(set);
      std::vector<float> scores(set);
      kPortableKernels.score(table, want.data(), freqs.data(), set, want_scores.data());
      kernels->score(table, want.data(), freqs.data(), set, scores.data());
      ASSERT_EQ(scores, want_scores);
    }
  }
}

}  // namespace
}  // namespace tintinh::indexer
