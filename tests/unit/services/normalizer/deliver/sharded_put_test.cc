#include "services/normalizer/deliver/sharded_put.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_indexer.h"
#include "tests/support/sample_article.h"

namespace tintinh::normalizer {
namespace {

using testing::FakeIndexer;
using testing::SampleArticle;
using testing::SampleId;

constexpr int kArticles = 40;

// Two indexers with two shards each; the articles fall into all four.
class ShardedPutTest : public ::testing::Test {
 protected:
  ShardedPutTest() {
    first_.Hold({0, 2}, 4);
    second_.Hold({1, 3}, 4);
    for (int i = 0; i < kArticles; ++i) {
      articles_.push_back(SampleArticle(i));
      articles_.back().set_simhash(static_cast<uint64_t>(i) + 1);
    }
  }

  std::vector<Delivered> Put() {
    std::vector<const v1::Article*> pointers;
    for (const v1::Article& article : articles_) pointers.push_back(&article);
    return delivery_.Put(pointers, "trace", [] { return false; });
  }

  static size_t Count(const std::vector<Delivered>& delivered, v1::Outcome outcome) {
    size_t count = 0;
    for (const Delivered& one : delivered) count += one.outcome == outcome ? 1 : 0;
    return count;
  }

  FakeIndexer first_;
  FakeIndexer second_;
  testing::FakeClock clock_;
  std::vector<v1::Article> articles_;
  Delivery delivery_{{&first_.stub(), &second_.stub()}, DeliveryOptions(), clock_};
};

TEST_F(ShardedPutTest, EveryArticleGoesToTheIndexerOfItsShardAndTheAnswersAreInOrder) {
  const std::vector<Delivered> delivered = Put();
  ASSERT_EQ(delivered.size(), size_t{kArticles});
  for (int i = 0; i < kArticles; ++i) EXPECT_EQ(delivered[static_cast<size_t>(i)].result.article_id(), SampleId(i));
  EXPECT_EQ(Count(delivered, v1::OUTCOME_STORED), size_t{kArticles});
  EXPECT_EQ(first_.titles().size() + second_.titles().size(), size_t{kArticles});
  EXPECT_FALSE(first_.titles().empty());
  EXPECT_FALSE(second_.titles().empty());
}

TEST_F(ShardedPutTest, WhatIsKnownOfShardsIsNotAskedAgain) {
  Put();
  Put();
  EXPECT_EQ(first_.status_calls(), 1);
  EXPECT_EQ(second_.status_calls(), 1);
}

TEST_F(ShardedPutTest, AShardThatMovedIsFollowed) {
  Put();
  first_.Hold({0}, 4);
  second_.Hold({1, 2, 3}, 4);
  EXPECT_EQ(Count(Put(), v1::OUTCOME_STORED), size_t{kArticles});
}

TEST_F(ShardedPutTest, ArticlesOfAShardThatNobodyHasFailAndCostNoOther) {
  second_.Hold({3}, 4);
  const std::vector<Delivered> delivered = Put();
  size_t failed = 0;
  for (const Delivered& one : delivered) {
    if (one.outcome == v1::OUTCOME_STORED) continue;
    ++failed;
    EXPECT_TRUE(absl::StrContains(one.reason, "has shard 1 of 4")) << one.reason;
  }
  EXPECT_GT(failed, 0u);
  EXPECT_EQ(Count(delivered, v1::OUTCOME_STORED), size_t{kArticles} - failed);
}

TEST_F(ShardedPutTest, AnIndexerThatAnswersNothingCostsOnlyItsArticles) {
  second_.Hold({}, 0);
  const std::vector<Delivered> delivered = Put();
  EXPECT_EQ(Count(delivered, v1::OUTCOME_STORED), first_.titles().size());
  EXPECT_GT(Count(delivered, v1::OUTCOME_STORED), 0u);
  EXPECT_GT(Count(delivered, v1::OUTCOME_FAILED), 0u);
}

TEST_F(ShardedPutTest, IndexersOfDifferentIndexesAreRefused) {
  second_.Hold({1, 3}, 8);
  for (const Delivered& one : Put()) {
    EXPECT_EQ(one.outcome, v1::OUTCOME_FAILED);
    EXPECT_TRUE(absl::StrContains(one.reason, "an index of 8 shards, another of 4")) << one.reason;
  }
}

TEST_F(ShardedPutTest, WhatTheOtherIndexerHasThatIsNearGoesWithTheArticle) {
  v1::NearDuplicates near;
  near.add_articles()->set_article_id(SampleId(77));
  near.mutable_articles(0)->set_distance(3);
  second_.AnswerNear(near);
  Put();
  const v1::PutArticlesRequest put = first_.last_put();
  ASSERT_EQ(put.near_size(), put.articles_size());
  for (const v1::NearDuplicates& one : put.near()) {
    ASSERT_EQ(one.articles_size(), 1);
    EXPECT_EQ(one.articles(0).article_id(), SampleId(77));
  }
  const v1::PutArticlesRequest other = second_.last_put();
  for (const v1::NearDuplicates& one : other.near()) EXPECT_EQ(one.articles_size(), 0);
}

}  // namespace
}  // namespace tintinh::normalizer
