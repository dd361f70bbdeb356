#include "services/indexer/search/score_sums.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ScoreSums, TakesWhatReachesTheLeastInOrderAndForgetsAll) {
  ScoreSums sums(128);
  sums.Start(1'000);
  sums.Add(1'127, 1);
  sums.Add(1'003, 0.5);
  sums.Add(1'003, 0.25);
  sums.Add(1'060, 0.5);
  sums.Add(1'127, 2);
  Candidates taken;
  sums.Take(0.75, taken);
  EXPECT_THAT(taken.docs, ElementsAre(1'003, 1'127));
  EXPECT_THAT(taken.scores, ElementsAre(0.75, 3));
  Candidates nothing;
  sums.Take(kNoFloor, nothing);
  EXPECT_THAT(nothing.docs, IsEmpty());
}

TEST(ScoreSums, AScoreOfZeroIsAMatchAndNoScoreIsNot) {
  ScoreSums sums(64);
  sums.Start(0);
  sums.Add(7, 0);
  Candidates taken;
  sums.Take(kNoFloor, taken);
  EXPECT_THAT(taken.docs, ElementsAre(7));
  EXPECT_THAT(taken.scores, ElementsAre(0));
}

}  // namespace
}  // namespace tintinh::indexer
