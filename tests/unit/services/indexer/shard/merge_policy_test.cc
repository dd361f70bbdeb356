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

TEST(ChooseMerge, MillionsOfDocumentsFlushedBitByBitStayInFewSegments) {
  std::vector<SegmentSize> segments;
  size_t most = 0;
  uint64_t rewritten = 0;
  for (int flush = 0; flush < 1'000; ++flush) {
    segments.push_back({4'000, 0});
    for (std::vector<size_t> chosen = ChooseMerge(segments); !chosen.empty(); chosen = ChooseMerge(segments)) {
      SegmentSize merged;
      for (auto it = chosen.rbegin(); it != chosen.rend(); ++it) {
        merged.live += segments[*it].live;
        segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(*it));
      }
      rewritten += merged.live;
      segments.push_back(merged);
    }
    most = std::max(most, segments.size());
  }
  EXPECT_LE(most, 18u);
  EXPECT_LE(rewritten, 6u * 4'000'000u);
}

}  // namespace
}  // namespace tintinh::indexer
