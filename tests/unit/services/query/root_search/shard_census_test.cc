#include "services/query/root_search/shard_census.h"

#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

TEST(ShardCensus, AnIndexerThatNeverAnsweredCountsAsOneShard) {
  ShardCensus census(2);
  EXPECT_FALSE(census.Knows(0));
  EXPECT_EQ(census.Shards(0), 1U);
  census.Learn(0, 4);
  EXPECT_TRUE(census.Knows(0));
  EXPECT_EQ(census.Shards(0), 4U);
}

TEST(ShardCensus, IsSilentFromAFailureToTheNextAnswer) {
  ShardCensus census(2);
  EXPECT_FALSE(census.IsSilent(0));
  census.Failed(0);
  EXPECT_TRUE(census.IsSilent(0));
  EXPECT_FALSE(census.IsSilent(1));
  census.Answered(0);
  EXPECT_FALSE(census.IsSilent(0));
}

TEST(ShardCensus, WhenAllAreSilentEachIsWorthTheWait) {
  ShardCensus census(2);
  census.Failed(0);
  census.Failed(1);
  EXPECT_FALSE(census.IsSilent(0));
  EXPECT_FALSE(census.IsSilent(1));
}

}  // namespace
}  // namespace tintinh::query
