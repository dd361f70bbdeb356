#include "common/sharding/shard_router.h"

#include "common/sharding/shard_of.h"
#include "gtest/gtest.h"
#include "tests/support/fake_indexer.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"

namespace tintinh {
namespace {

using testing::FakeIndexer;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleId;
using testing::StatusIs;

constexpr absl::Duration kPatience = absl::Seconds(5);

class ShardRouterTest : public ::testing::Test {
 protected:
  FakeIndexer first_;
  FakeIndexer second_;
  ShardRouter router_{{&first_.stub(), &second_.stub()}};
};

TEST_F(ShardRouterTest, FindsTheHolderOfEachArticlesShard) {
  first_.Hold({1}, 3);
  second_.Hold({0, 2}, 3);
  for (int i = 0; i < 20; ++i) {
    const auto holder = router_.HolderOf(SampleId(i), kPatience);
    ASSERT_THAT(holder, IsOk());
    EXPECT_EQ(*holder, ShardOf(SampleId(i), 3) == 1 ? 0u : 1u);
  }
  EXPECT_EQ(first_.status_calls(), 1);
}

TEST_F(ShardRouterTest, KeepsWhatItKnowsOfAnIndexerThatNoLongerAnswers) {
  first_.Hold({0}, 2);
  second_.Hold({1}, 2);
  int other = 0;
  while (ShardOf(SampleId(other), 2) != 1) ++other;
  ASSERT_THAT(router_.HolderOf(SampleId(other), kPatience), IsOk());
  second_.Hold({}, 0);
  EXPECT_THAT(router_.HolderOf(SampleId(other), kPatience), IsOk()) << "its replicas may answer the put";
}

TEST_F(ShardRouterTest, AsksAnewAfterForgetting) {
  first_.Hold({0, 1}, 2);
  second_.Hold({}, 2);
  EXPECT_EQ(*router_.HolderOf(SampleId(1), kPatience), 0u);
  first_.Hold({}, 2);
  second_.Hold({0, 1}, 2);
  router_.Forget();
  EXPECT_EQ(*router_.HolderOf(SampleId(1), kPatience), 1u);
}

TEST_F(ShardRouterTest, SaysWhyNobodyHasAShard) {
  first_.Hold({}, 1);
  EXPECT_THAT(router_.HolderOf(SampleId(1), kPatience).status(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("indexers[1]")));
}

TEST(ShardRouter, ASingleIndexerIsNotAsked) {
  FakeIndexer only;
  ShardRouter router({&only.stub()});
  EXPECT_EQ(*router.HolderOf(SampleId(1), kPatience), 0u);
  EXPECT_EQ(only.status_calls(), 0);
}

}  // namespace
}  // namespace tintinh
