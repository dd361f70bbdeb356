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

TEST(QueryPlan, APrefixIsTheTermsItStandsForEachWithItsOwnRarity) {
  const Snapshot snapshot = SnapshotOf({{"ab", "ac"}, {"ab"}, {"b"}});
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(PrefixOfBody("a", 9, 2), statistics);
  ASSERT_THAT(plan, IsOk());
  EXPECT_TRUE(plan->has_text());
  ASSERT_EQ(plan->root().should.size(), 2u);
  for (const PlanNode& term : plan->root().should) {
    const auto alone = QueryPlan::Make(TermOfBody(term.terms[0].substr(1), 2), statistics);
    EXPECT_EQ(term.weight, alone->root().weight);
  }
}

TEST(QueryPlan, TheFiguresOfTheRequestCountForTheTermsOfAPrefix) {
  const Snapshot snapshot = SnapshotOf({{"ab"}, {"b"}});
  v1::LeafSearchRequest request;
  v1::TermKey& key = *request.add_statistics_terms();
  key.set_part(v1::PART_BODY);
  key.set_kind(v1::KEY_KIND_EXACT);
  key.set_key("ab");
  request.mutable_statistics()->add_document_frequencies(40);
  v1::FieldStatistics& field = *request.mutable_statistics()->add_fields();
  field.set_part(v1::PART_BODY);
  field.set_kind(v1::KEY_KIND_EXACT);
  field.set_document_count(100);
  field.set_total_length(100);
  ScoringStatistics statistics(snapshot, request);
  const auto plan = QueryPlan::Make(PrefixOfBody("a", 9), statistics);
  ASSERT_THAT(plan, IsOk());
  ASSERT_EQ(plan->root().should.size(), 1u);
  EXPECT_FLOAT_EQ(plan->root().should[0].weight, static_cast<float>(2.2 * std::log1p(60.5 / 40.5)));
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
