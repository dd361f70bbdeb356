#include "services/indexer/search/candidates.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;

TEST(Candidates, KeepFromKeepsTiesWithTheLeast) {
  Candidates candidates{.docs = {1, 5, 7, 9}, .scores = {2, 0.5, 1, 0.999}};
  candidates.KeepFrom(1);
  EXPECT_THAT(candidates.docs, ElementsAre(1, 7));
  EXPECT_THAT(candidates.scores, ElementsAre(2, 1));
  candidates.KeepFrom(3);
  EXPECT_EQ(candidates.size(), 0u);
  candidates.KeepFrom(0);
  EXPECT_EQ(candidates.size(), 0u);
}

}  // namespace
}  // namespace tintinh::indexer
