#include "services/indexer/router/unapplied_versions.h"

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(UnappliedVersions, TheNewestVersionIsFoundUntilItIsApplied) {
  UnappliedVersions versions(0);
  versions.Add("a", {1, "h1", 0, ""});
  versions.Add("a", {3, "h3", 0, ""});
  EXPECT_EQ(versions.Find("a")->content_hash, "h3");
  versions.Applied(1, "a");
  EXPECT_EQ(versions.Find("a")->position, 3u) << "position 1 is applied, 3 is not";
  versions.Applied(2, "b");
  versions.Applied(3, "a");
  EXPECT_FALSE(versions.Find("a").has_value());
  EXPECT_EQ(versions.size(), 0u);
}

TEST(UnappliedVersions, AVersionAppliedBeforeItIsAddedIsNotKept) {
  UnappliedVersions versions(4);
  versions.Applied(5, "a");
  versions.Add("a", {5, "h", 0, ""});
  EXPECT_EQ(versions.size(), 0u);
}

TEST(UnappliedVersions, NearVersionsAreFoundButDeletedOnesAreNot) {
  UnappliedVersions versions(0);
  versions.Add("a", {1, "h", 0xFF, "root"});
  versions.Add("b", {2, "h", 0xFF00FF, ""});
  versions.Add("c", {3, "", 0xFF, ""});
  const std::vector<NearArticle> near = versions.FindNear(0xFE, 3);
  ASSERT_EQ(near.size(), 1u);
  EXPECT_EQ(near[0].article_id, "a");
  EXPECT_EQ(near[0].cluster, "root");
  EXPECT_EQ(near[0].distance, 1u);
}

}  // namespace
}  // namespace tintinh::indexer
