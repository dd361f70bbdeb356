#include "services/indexer/shard/merge_policy.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ChooseMerge, FourSegmentsOfATierAreMerged) {
  const std::vector<SegmentSize> three = {{10, 0}, {4'000, 0}, {50'000, 0}, {20, 0}};
  EXPECT_THAT(ChooseMerge(three), IsEmpty());
  const std::vector<SegmentSize> four = {{10, 0}, {50'000, 0}, {4'000, 0}, {20, 0}, {1, 0}};
  EXPECT_THAT(ChooseMerge(four), ElementsAre(0, 2, 3, 4));
}

TEST(ChooseMerge, ASegmentHalfDeletedIsRewrittenAlone) {
  EXPECT_THAT(ChooseMerge({{100, 99}, {100, 100}}), ElementsAre(1));
  EXPECT_THAT(ChooseMerge({{0, 5}}), ElementsAre(0));
  EXPECT_THAT(ChooseMerge({{0, 0}}), IsEmpty());
}

TEST(ChooseMerge, BeyondTheBoundTheSmallestAreMergedAcrossTiersAsManyAsPay) {
  std::vector<SegmentSize> segments;
  uint32_t live = 5'000;
  for (size_t i = 0; i < kMostSegments + 1; ++i) {
    segments.push_back({live, 0});
    if (i % 3 == 2) live *= kSegmentsPerTier;
  }
  // 15,000 for two segments saved; with one of 20,000 more each would cost 11,667.
  EXPECT_THAT(ChooseMerge(segments), ElementsAre(0, 1, 2));
  segments.pop_back();
  EXPECT_THAT(ChooseMerge(segments), IsEmpty());
}

struct Outcome {
  size_t most = 0;
  double mean = 0;
  double rewritten = 0;  // per document
};

// Flushes of the sizes given, over and over, each followed by all merges chosen.
Outcome Simulate(const std::vector<uint32_t>& sizes, int flushes) {
  std::vector<SegmentSize> segments;
  Outcome outcome;
  double documents = 0;
  for (int flush = 0; flush < flushes; ++flush) {
    segments.push_back({sizes[static_cast<size_t>(flush) % sizes.size()], 0});
    documents += segments.back().live;
    for (std::vector<size_t> chosen = ChooseMerge(segments); !chosen.empty(); chosen = ChooseMerge(segments)) {
      SegmentSize merged;
      for (auto it = chosen.rbegin(); it != chosen.rend(); ++it) {
        merged.live += segments[*it].live;
        segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(*it));
      }
      outcome.rewritten += merged.live;
      segments.push_back(merged);
    }
    outcome.most = std::max(outcome.most, segments.size());
    outcome.mean += static_cast<double>(segments.size()) / flushes;
  }
  outcome.rewritten /= documents;
  return outcome;
}

TEST(ChooseMerge, HalfAMillionArticlesLieInFewSegmentsAndAreRewrittenLessThanThrice) {
  const Outcome outcome = Simulate({6'500}, 77);
  EXPECT_LE(outcome.most, kMostSegments);
  EXPECT_LE(outcome.mean, 5);
  EXPECT_LE(outcome.rewritten, 3);
}

TEST(ChooseMerge, MillionsOfDocumentsFlushedBitByBitStayInFewSegments) {
  for (const std::vector<uint32_t>& sizes : {std::vector<uint32_t>{6'500}, {10, 6'500, 20'000, 100, 6'500}}) {
    const Outcome outcome = Simulate(sizes, 2'500);
    EXPECT_LE(outcome.most, kMostSegments);
    EXPECT_LE(outcome.mean, 9);
    EXPECT_LE(outcome.rewritten, 6);
  }
}

}  // namespace
}  // namespace tintinh::indexer
