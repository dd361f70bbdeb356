#include "services/indexer/router/near_elsewhere.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(NearElsewhere, IsKeptByTheSimhashOfTheArticleUnlessTooFar) {
  v1::PutArticlesRequest request;
  request.add_articles()->set_simhash(7);
  request.add_articles()->set_simhash(9);
  request.add_near();
  v1::NearDuplicates& near = *request.add_near();
  for (const uint32_t distance : {6u, 7u}) {
    v1::NearDuplicate& article = *near.add_articles();
    article.set_article_id(absl::StrCat("article-", distance));
    article.set_duplicate_cluster("cluster");
    article.set_distance(distance);
  }
  const auto found = NearElsewhere(request, 6);
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found.at(9).size(), 1u);
  EXPECT_EQ(found.at(9)[0].article_id, "article-6");
  EXPECT_EQ(found.at(9)[0].cluster, "cluster");
  EXPECT_EQ(found.at(9)[0].distance, 6u);
}

TEST(NearElsewhere, NobodyWasAsked) { EXPECT_TRUE(NearElsewhere(v1::PutArticlesRequest(), 6).empty()); }

TEST(NearestOf, TheNearestComeFirstAndOnlySoMany) {
  std::vector<NearArticle> near;
  for (int i = 0; i < 100; ++i) near.push_back({absl::StrCat("id", 100 + i), "", i == 50 ? 1u : 2u});
  const v1::NearDuplicates nearest = NearestOf(near);
  ASSERT_EQ(nearest.articles_size(), 64);
  EXPECT_EQ(nearest.articles(0).article_id(), "id150");
  EXPECT_EQ(nearest.articles(1).article_id(), "id100");
}

}  // namespace
}  // namespace tintinh::indexer
