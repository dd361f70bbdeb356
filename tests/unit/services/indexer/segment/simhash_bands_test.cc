#include "services/indexer/segment/simhash_bands.h"

#include <bit>
#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

using Found = std::map<uint32_t, uint32_t>;  // distance by ordinal

Found Near(const ColumnArrays& columns, uint32_t documents, uint64_t simhash, uint32_t max_distance) {
  Found found;
  ForEachNear(columns, documents, simhash, max_distance, [&](uint32_t ordinal, uint32_t distance) {
    EXPECT_TRUE(found.emplace(ordinal, distance).second) << "visited twice: " << ordinal;
  });
  return found;
}

Found NearByHand(const std::vector<uint64_t>& simhashes, uint64_t simhash, uint32_t max_distance) {
  Found found;
  for (uint32_t i = 0; i < simhashes.size(); ++i) {
    const uint32_t distance = static_cast<uint32_t>(std::popcount(simhashes[i] ^ simhash));
    if (simhashes[i] != 0 && distance <= max_distance) found.emplace(i, distance);
  }
  return found;
}

uint64_t WithBitsTurned(uint64_t simhash, uint32_t bits, std::mt19937_64& random) {
  for (uint32_t i = 0; i < bits; ++i) simhash ^= uint64_t{1} << random() % 64;
  return simhash;
}

TEST(SimhashBands, FindsWhatALookAtAllFinds) {
  std::mt19937_64 random(7);
  for (const uint32_t documents : {0u, 1u, 5u, 100u, 3'000u, 40'000u}) {
    std::vector<uint64_t> simhashes;
    for (uint32_t i = 0; i < documents; ++i) {
      // Short articles have none; families of near ones, some of them equal, stand around a few centres.
      const uint64_t centre = (random() % 50 + 1) * 0x9e3779b97f4a7c15;
      const uint64_t near = WithBitsTurned(centre, static_cast<uint32_t>(random() % 9), random);
      simhashes.push_back(random() % 10 == 0 ? 0 : random() % 2 == 0 ? near : random());
    }
    const SimhashBands bands(simhashes);
    ColumnArrays scanned;
    scanned.simhashes = simhashes.data();
    ColumnArrays banded = scanned;
    banded.simhash_bands = &bands;
    for (uint32_t i = 0; i < 200; ++i) {
      const uint64_t simhash = WithBitsTurned((i % 60 + uint64_t{1}) * 0x9e3779b97f4a7c15, i % 3, random);
      for (const uint32_t max_distance : {0u, 1u, 3u, 4u, 6u, 7u, 8u, 12u}) {
        const Found want = NearByHand(simhashes, simhash, max_distance);
        EXPECT_EQ(Near(banded, documents, simhash, max_distance), want);
        EXPECT_EQ(Near(scanned, documents, simhash, max_distance), want);
      }
    }
  }
}

TEST(SimhashBands, ASegmentThatGrowsIsSearchedUpToTheDocumentsGiven) {
  const std::vector<uint64_t> simhashes = {3, 3, 3};
  ColumnArrays columns;
  columns.simhashes = simhashes.data();
  EXPECT_EQ(Near(columns, 2, 3, 3), (Found{{0, 0}, {1, 0}}));
}

TEST(SimhashBands, TakeAboutEighteenBytesADocument) {
  std::mt19937_64 random(1);
  std::vector<uint64_t> simhashes(100'000);
  for (uint64_t& simhash : simhashes) simhash = random();
  EXPECT_LE(SimhashBands(simhashes).bytes(), simhashes.size() * 20);
}

}  // namespace
}  // namespace tintinh::indexer
