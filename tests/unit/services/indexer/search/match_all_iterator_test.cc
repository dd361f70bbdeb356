#include "services/indexer/search/match_all_iterator.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;

TEST(MatchAllIterator, MatchesEveryDocumentWithoutAScore) {
  v1::LeafQuery all;
  all.mutable_match_all();
  EXPECT_THAT(MatchesOf(all, SnapshotOf({{"a"}, {"b"}})), ElementsAre(0, 1));
  MatchAllIterator matches(3);
  EXPECT_TRUE(matches.Matches(2));
  EXPECT_FALSE(matches.Matches(3));
  EXPECT_EQ(matches.Seek(2), 2u);
  EXPECT_EQ(matches.Score(), 0);
  EXPECT_EQ(matches.Seek(3), kNoMoreDocs);
  EXPECT_EQ(matches.MaxScore(0, 3), 0);
}

TEST(MatchAllIterator, BitsEndWithTheWindowAndWithTheDocuments) {
  MatchAllIterator matches(200);
  std::vector<uint64_t> bits(2, 0);
  matches.FillBits(0, 70, bits.data());
  EXPECT_THAT(bits, ElementsAre(~uint64_t{0}, 0x3f));
  bits.assign(2, 0);
  matches.FillBits(128, 256, bits.data());
  EXPECT_THAT(bits, ElementsAre(~uint64_t{0}, 0xff));
  bits.assign(2, 0);
  matches.FillBits(256, 384, bits.data());
  EXPECT_THAT(bits, ElementsAre(0, 0));
}

}  // namespace
}  // namespace tintinh::indexer
