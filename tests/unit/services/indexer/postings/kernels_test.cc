#include "services/indexer/postings/kernels.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>
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
      for (const Kernels* kernels : RunnableKernels()) {
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

TEST(Kernels, ScoresFromALeastOneAreThoseScoresThatReachIt) {
  std::mt19937 random(5);
  std::array<float, 256> penalties;
  for (float& penalty : penalties) penalty = std::uniform_real_distribution<float>(0.3f, 4.f)(random);
  std::vector<uint8_t> norms(1'000);
  for (uint8_t& norm : norms) norm = static_cast<uint8_t>(random());
  const ScoringTable table{.norms = norms.data(), .penalties = penalties.data(), .weight = 3.5f};
  for (const size_t count : kCounts) {
    std::vector<uint32_t> docs(count);
    for (uint32_t& doc : docs) doc = static_cast<uint32_t>(random() % norms.size());
    std::vector<uint32_t> freqs = RandomValues(count, 2, random);
    for (uint32_t& freq : freqs) ++freq;
    std::vector<float> scores(count);
    kPortableKernels.score(table, docs.data(), freqs.data(), count, scores.data());
    for (const double least : {-1e300, 1.7, count > 0 ? static_cast<double>(scores[count / 2]) : 1.0, 9.0}) {
      std::vector<uint32_t> want_docs;
      std::vector<double> want_scores;
      for (size_t i = 0; i < count; ++i) {
        if (static_cast<double>(scores[i]) < least) continue;
        want_docs.push_back(docs[i]);
        want_scores.push_back(scores[i]);
      }
      for (const Kernels* kernels : RunnableKernels()) {
        std::vector<uint32_t> kept(count + kScoreSlack);
        std::vector<double> kept_scores(count + kScoreSlack);
        const size_t found =
            kernels->score_from(table, docs.data(), freqs.data(), count, least, kept.data(), kept_scores.data());
        kept.resize(found);
        kept_scores.resize(found);
        EXPECT_EQ(kept, want_docs) << count << ", " << least;
        EXPECT_EQ(kept_scores, want_scores) << count << ", " << least;
        std::vector<uint32_t> all_docs = docs;
        std::vector<double> all_scores(scores.begin(), scores.end());
        const size_t left = kernels->keep_from(least, count, all_docs.data(), all_scores.data());
        all_docs.resize(left);
        all_scores.resize(left);
        EXPECT_EQ(all_docs, want_docs) << count << ", " << least;
        EXPECT_EQ(all_scores, want_scores) << count << ", " << least;
      }
    }
  }
}

TEST(Kernels, DocumentsAreFoundAmongBitsAndAmongDocuments) {
  std::mt19937 random(6);
  for (const uint32_t origin : {0u, 70'000u, 0x7fffff00u, 0xfffff000u}) {
    for (const uint32_t stride : {1u, 2u, 7u}) {
      std::vector<uint32_t> docs;
      for (uint32_t doc = origin; docs.size() < 128; doc += 1 + static_cast<uint32_t>(random() % stride)) {
        docs.push_back(doc);
      }
      std::string bits((docs.back() - origin) / 8 + 1, '\0');
      for (const uint32_t doc : docs) {
        char& byte = bits[(doc - origin) / 8];
        byte = static_cast<char>(static_cast<uint8_t>(byte) | 1u << (doc - origin) % 8);
      }
      bits.append(kUnpackSlack, '\xff');
      for (uint32_t step = 1; step < 200; step = step * 3 / 2 + 1) {
        std::vector<uint32_t> values;
        for (uint32_t doc = origin + step - 1; doc <= docs.back() && doc >= origin; doc += step) values.push_back(doc);
        std::vector<uint32_t> want_places;
        std::vector<uint32_t> want_ranks;
        for (size_t i = 0; i < values.size(); ++i) {
          const auto at = std::lower_bound(docs.begin(), docs.end(), values[i]);
          if (*at != values[i]) continue;
          want_places.push_back(static_cast<uint32_t>(i));
          want_ranks.push_back(static_cast<uint32_t>(at - docs.begin()));
        }
        for (const Kernels* kernels : RunnableKernels()) {
          std::vector<uint32_t> listed(docs.size());
          kernels->list_bits(bits.data(), docs.back() - origin + 1, origin, docs.size(), listed.data());
          EXPECT_EQ(listed, docs);
          for (const bool as_bits : {false, true}) {
            std::vector<uint32_t> places(values.size() + 1);
            std::vector<uint32_t> ranks(values.size() + 1);
            const size_t found =
                as_bits
                    ? kernels->find_bits(bits.data(), origin, values.data(), values.size(), places.data(), ranks.data())
                    : kernels->find_docs(docs.data(), values.data(), values.size(), places.data(), ranks.data());
            places.resize(found);
            ranks.resize(found);
            EXPECT_EQ(places, want_places) << origin << ", " << stride << ", " << step;
            EXPECT_EQ(ranks, want_ranks) << origin << ", " << stride << ", " << step;
          }
        }
      }
    }
  }
}

TEST(Kernels, SumsThatAreAtLeastAsGreatAndOneMore) {
  std::mt19937 random(7);
  std::array<double, 64> sums;
  for (double& sum : sums) sum = std::uniform_real_distribution<double>(0, 2)(random);
  for (const double least : {0.0, sums[5], 1.0, 3.0}) {
    uint64_t want = 0;
    for (size_t i = 0; i < sums.size(); ++i) want |= static_cast<uint64_t>(sums[i] >= least ? 1 : 0) << i;
    EXPECT_EQ(kPortableKernels.at_least(sums.data(), least), want);
    EXPECT_EQ(BestKernels().at_least(sums.data(), least), want);
  }
  for (const size_t count : kCounts) {
    const std::vector<uint32_t> values = RandomValues(count, 30, random);
    std::vector<uint32_t> portable = values;
    std::vector<uint32_t> best = values;
    kPortableKernels.add_one(count, portable.data());
    BestKernels().add_one(count, best.data());
    EXPECT_EQ(portable, best);
    for (size_t i = 0; i < count; ++i) EXPECT_EQ(best[i], values[i] + 1);
  }
}

}  // namespace
}  // namespace tintinh::indexer
