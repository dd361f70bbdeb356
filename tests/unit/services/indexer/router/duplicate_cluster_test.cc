#include "services/indexer/router/duplicate_cluster.h"

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(DuplicateCluster, AnArticleWithoutNearOnesStaysAlone) { EXPECT_EQ(ChooseCluster("a", {}), ""); }

TEST(DuplicateCluster, ANearArticleThatIsAloneBecomesTheFirstMember) {
  EXPECT_EQ(ChooseCluster("b", {{"a", "", 2}}), "a");
}

TEST(DuplicateCluster, AMemberLeadsToTheFirstOfItsCluster) { EXPECT_EQ(ChooseCluster("c", {{"b", "a", 0}}), "a"); }

TEST(DuplicateCluster, TheNearestDecidesThenTheSmallerIdWhateverTheOrder) {
  EXPECT_EQ(ChooseCluster("x", {{"a", "", 3}, {"b", "", 1}}), "b");
  EXPECT_EQ(ChooseCluster("x", {{"d", "", 1}, {"c", "", 1}}), "c");
  EXPECT_EQ(ChooseCluster("x", {{"c", "", 1}, {"d", "", 1}}), "c");
}

TEST(DuplicateCluster, AnArticleIsNoDuplicateOfItself) { EXPECT_EQ(ChooseCluster("a", {{"a", "", 0}}), ""); }

TEST(DuplicateCluster, AFirstMemberThatIsPutAgainKeepsItsPlace) {
  EXPECT_EQ(ChooseCluster("a", {{"z", "", 0}, {"b", "a", 3}}), "");
}

TEST(SimhashDistance, CountsDifferingBits) {
  EXPECT_EQ(SimhashDistance(0b1011, 0b1000), 2u);
  EXPECT_EQ(SimhashDistance(~0ull, 1), 63u);
}

TEST(SimhashDistance, ShortTextsAreNearToNothing) {
  EXPECT_EQ(SimhashDistance(0, 0), 64u);
  EXPECT_EQ(SimhashDistance(0, 1), 64u);
}

}  // namespace
}  // namespace tintinh::indexer
