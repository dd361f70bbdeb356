#include "services/indexer/shard/article_digest.h"

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(ArticleDigest, OrderDoesNotMatterAndRemovingUndoesAdding) {
  ArticleDigest a;
  a.Add("1", "x");
  a.Add("2", "y");
  a.Add("3", "z");
  a.Remove("2", "y");
  ArticleDigest b;
  b.Add("3", "z");
  b.Add("1", "x");
  EXPECT_EQ(a.value(), b.value());
}

TEST(ArticleDigest, IdAndHashAreToldApart) {
  ArticleDigest a;
  a.Add("12", "3");
  ArticleDigest b;
  b.Add("1", "23");
  EXPECT_NE(a.value(), b.value());
}

// Replicas of different builds compare it.
TEST(ArticleDigest, Golden) {
  ArticleDigest digest;
  digest.Add("id", "hash");
  EXPECT_EQ(digest.value(), 5373067053081287836u);
}

}  // namespace
}  // namespace tintinh::indexer
