#include "services/indexer/search/query_plan.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;

TEST(QueryPlan, WeightsIncludeTheInverseDocumentFrequency) {
  const Snapshot snapshot = SnapshotOf({{"a", "b"}, {"a"}, {"a"}});
  ScoringStatistics statistics(snapshot);
  const auto rare = QueryPlan::Make(TermOfBody("b", 2), statistics);
  const auto phrase = QueryPlan::Make(PhraseOfBody({"a", "b"}), statistics);
  ASSERT_THAT(rare, IsOk());
  ASSERT_THAT(phrase, IsOk());
  const double rarity = std::log(1 + 2.5 / 1.5);
  EXPECT_FLOAT_EQ(rare->root().weight, static_cast<float>(2.2 * 2 * rarity));
  EXPECT_FLOAT_EQ(phrase->root().weight, static_cast<float>(2.2 * (rarity + std::log(1 + 0.5 / 3.5))));
}

TEST(QueryPlan, MinimumShouldTakesItsDefault) {
  const Snapshot snapshot = SnapshotOf({{"a"}});
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery query;
  *query.mutable_boolean()->add_should() = TermOfBody("a");
  EXPECT_EQ(QueryPlan::Make(query, statistics)->root().minimum_should, 1u);
  *query.mutable_boolean()->add_must() = TermOfBody("a");
  EXPECT_EQ(QueryPlan::Make(query, statistics)->root().minimum_should, 0u);
}

TEST(QueryPlan, KeepsThePairsOfAPhraseThatThereAre) {
  const Snapshot snapshot = SnapshotOf({{"a", "b"}});
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery query = PhraseOfBody({"a", "b", "c"});
  query.mutable_phrase()->add_pair_keys("a b");
  query.mutable_phrase()->add_pair_keys("");
  const auto plan = QueryPlan::Make(query, statistics);
  ASSERT_THAT(plan, IsOk());
  EXPECT_THAT(plan->root().pairs, ::testing::ElementsAre(TermOf(testing::kBodyPair, "a b")));
  EXPECT_EQ(plan->root().terms.size(), 3u);
}

TEST(QueryPlan, KnowsWhetherThereIsText) {
  const Snapshot snapshot = SnapshotOf({{"a"}});
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery all;
  all.mutable_match_all();
  EXPECT_FALSE(QueryPlan::Make(all, statistics)->has_text());
  EXPECT_TRUE(QueryPlan::Make(TermOfBody("a"), statistics)->has_text());
}

}  // namespace
}  // namespace tintinh::indexer
