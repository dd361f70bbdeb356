#include "services/indexer/postings/kernels.h"

#include <array>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bit_packing.h"

namespace tintinh::indexer {
namespace {

// Whole registers, parts of one, and nothing.
constexpr std::array<size_t, 9> kCounts = {0, 1, 7, 8, 9, 63, 64, 127, 128};

std::vector<uint32_t> RandomValues(size_t count, uint32_t bits, std::mt19937& random) {
  std::vector<uint32_t> values(count);
  for (uint32_t& value : values) value = static_cast<uint32_t>(random() & ((uint64_t{1} << bits) - 1));
  return values;
}

TEST(Kernels, UnpackGivesBackWhatWasPackedAtEveryWidth) {
  std::mt19937 random(1);
  for (uint32_t bits = 0; bits <= 32; ++bits) {
    for (const size_t count : kCounts) {
      const std::vector<uint32_t> values = RandomValues(count, bits, random);
      std::string bytes;
      AppendPacked(values, bits, bytes);
      bytes.append(kUnpackSlack, '\xff');
      const std::vector<char> exact(bytes.begin(), bytes.end());  // nothing behind it may be read
      for (const Kernels* kernels : {&kPortableKernels, &BestKernels()}) {
        std::vector<uint32_t> unpacked(count);
        kernels->unpack(exact.data(), bits, count, unpacked.data());
        EXPECT_EQ(unpacked, values) << bits << " bits, " << count;
      }
    }
  }
}

TEST(Kernels, GapsAreSummedFromBeforeTheFirstDocumentAndPastTheWrap) {
  std::mt19937 random(2);
  for (const uint32_t base : {0xffffffffu, 0u, 123'456u, 0xfffffff0u}) {
    for (const size_t count : kCounts) {
      const size_t room = (count + 7) / 8 * 8;
      const std::vector<uint32_t> gaps = RandomValues(room, 20, random);
      std::vector<uint32_t> portable = gaps;
      std::vector<uint32_t> best = gaps;
      kPortableKernels.sum_gaps(base, count, portable.data());
      BestKernels().sum_gaps(base, count, best.data());
      portable.resize(count);
      best.resize(count);
      EXPECT_EQ(portable, best) << base << ", " << count;
      if (count < 2) continue;
      EXPECT_EQ(best[1], base + gaps[0] + gaps[1] + 2);
    }
  }
}

TEST(Kernels, BitsAreCountedUpToTheCountOnly) {
  std::mt19937 random(3);
  std::vector<char> bytes(64 + kUnpackSlack);
  for (char& byte : bytes) byte = static_cast<char>(random());
  uint32_t expected = 0;
  for (uint32_t count = 0; count <= 512; ++count) {
    EXPECT_EQ(kPortableKernels.count_bits(bytes.data(), count), expected);
    EXPECT_EQ(BestKernels().count_bits(bytes.data(), count), expected);
    expected += static_cast<uint8_t>(bytes[count / 8]) >> (count % 8) & 1;
  }
}

TEST(Kernels, ScoresAreTheSameToTheBit) {
  std::mt19937 random(4);
  std::array<float, 256> penalties;
  for (float& penalty : penalties) penalty = std::uniform_real_distribution<float>(0.3f, 40.f)(random);
  std::vector<uint8_t> norms(1'000);
  for (uint8_t& norm : norms) norm = static_cast<uint8_t>(random());
  const ScoringTable table{.norms = norms.data(), .penalties = penalties.data(), .weight = 7.123f};
  for (const size_t count : kCounts) {
    std::vector<uint32_t> docs(count);
    for (uint32_t& doc : docs) doc = static_cast<uint32_t>(random() % norms.size());
    std::vector<uint32_t> freqs = RandomValues(count, 16, random);
    for (uint32_t& freq : freqs) ++freq;
    std::vector<float> portable(count);
    std::vector<float> best(count);
    kPortableKernels.score(table, docs.data(), freqs.data(), count, portable.data());
    BestKernels().score(table, docs.data(), freqs.data(), count, best.data());
    EXPECT_EQ(portable, best) << count;
  }
}

}  // namespace
}  // namespace tintinh::indexer
