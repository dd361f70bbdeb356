#include "services/indexer/search/boolean_iterator.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BooleanIteratorTest : public ::testing::Test {
 protected:
  std::vector<uint32_t> Matches(const v1::LeafQuery& query) const { return MatchesOf(query, snapshot_); }

  const Snapshot snapshot_ = SnapshotOf({{"a"}, {"b"}, {"a", "b"}, {"a", "b", "c"}, {"c"}});
  v1::LeafQuery query_;
  v1::BooleanQuery& boolean_ = *query_.mutable_boolean();
};

TEST_F(BooleanIteratorTest, EveryMustMatches) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_must() = TermOfBody("b");
  EXPECT_THAT(Matches(query_), ElementsAre(2, 3));
}

TEST_F(BooleanIteratorTest, NoMustNotMatches) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_must_not() = TermOfBody("c");
  EXPECT_THAT(Matches(query_), ElementsAre(0, 2));
}

TEST_F(BooleanIteratorTest, WithoutMustAtLeastMinimumShouldMatch) {
  *boolean_.add_should() = TermOfBody("a");
  *boolean_.add_should() = TermOfBody("b");
  *boolean_.add_should() = TermOfBody("c");
  EXPECT_THAT(Matches(query_), ElementsAre(0, 1, 2, 3, 4));
  boolean_.set_minimum_should(2);
  EXPECT_THAT(Matches(query_), ElementsAre(2, 3));
  boolean_.set_minimum_should(4);
  EXPECT_THAT(Matches(query_), IsEmpty());
}

TEST_F(BooleanIteratorTest, WithMustShouldOnlyAddsToTheScore) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_should() = TermOfBody("c");
  EXPECT_THAT(Matches(query_), ElementsAre(0, 2, 3));
  boolean_.set_minimum_should(1);
  EXPECT_THAT(Matches(query_), ElementsAre(3));
}

TEST_F(BooleanIteratorTest, MustNotAloneMatchesNothing) {
  *boolean_.add_must_not() = TermOfBody("a");
  EXPECT_THAT(Matches(query_), IsEmpty());
  EXPECT_THAT(Matches(v1::LeafQuery(query_)), IsEmpty());
}

TEST_F(BooleanIteratorTest, ANestedClauseThatMovedPastAnExcludedDocumentStillExcludesIt) {
  // The inner clause is looked for from 0 on and found at 2, past 0 and 1, which it excludes.
  const Snapshot snapshot = SnapshotOf({{"x"}, {"a", "x"}, {"b"}});
  v1::LeafQuery inner;
  inner.mutable_boolean()->add_should()->mutable_match_all();
  *inner.mutable_boolean()->add_must_not() = TermOfBody("x");
  *boolean_.add_should() = TermOfBody("a");
  *boolean_.add_should() = inner;
  boolean_.set_minimum_should(2);
  EXPECT_THAT(MatchesOf(query_, snapshot), IsEmpty());
}

TEST_F(BooleanIteratorTest, BitsBehindASeekLeaveOutWhatIsExcluded) {
  const Snapshot snapshot = SnapshotOf({{"x"}, {"x"}, {"a"}});
  boolean_.add_should()->mutable_match_all();
  *boolean_.add_must_not() = TermOfBody("x");
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(query_, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  ASSERT_EQ((*matches)->Seek(0), 2u);
  uint64_t bits = 0;
  (*matches)->FillBits(1, 3, &bits);
  EXPECT_EQ(bits, 2u);
}

TEST_F(BooleanIteratorTest, ScoresAreSumsOfTheClausesThatMatch) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_should() = TermOfBody("b");
  *boolean_.add_should() = TermOfBody("c");
  ScoringStatistics statistics(snapshot_);
  const auto plan = QueryPlan::Make(query_, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot_.segments[0]);
  const auto score_of = [&](const v1::LeafQuery& query, uint32_t doc) {
    const auto term_plan = QueryPlan::Make(query, statistics);
    const auto term = OpenIterator(term_plan->root(), snapshot_.segments[0]);
    return (*term)->Matches(doc) ? (*term)->Score() : 0;
  };
  for (const uint32_t doc : {0u, 2u, 3u}) {
    ASSERT_EQ((*matches)->Seek(doc), doc);
    EXPECT_EQ((*matches)->Score(),
              score_of(TermOfBody("a"), doc) + score_of(TermOfBody("b"), doc) + score_of(TermOfBody("c"), doc));
  }
}

TEST_F(BooleanIteratorTest, TheRarestMustIsTheCost) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_must() = TermOfBody("c");
  ScoringStatistics statistics(snapshot_);
  const auto plan = QueryPlan::Make(query_, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot_.segments[0]);
  EXPECT_EQ((*matches)->cost(), 2u);
  EXPECT_EQ((*matches)->sure_matches(), 0u);
}

TEST_F(BooleanIteratorTest, WhatAnyClauseMatchesForSureTheyAllDo) {
  *boolean_.add_should() = TermOfBody("a");
  *boolean_.add_should() = TermOfBody("c");
  ScoringStatistics statistics(snapshot_);
  const auto plan = QueryPlan::Make(query_, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot_.segments[0]);
  EXPECT_EQ((*matches)->cost(), 5u);
  EXPECT_EQ((*matches)->sure_matches(), 3u);
  *boolean_.add_must_not() = TermOfBody("b");
  const auto with_exclusion = QueryPlan::Make(query_, statistics);
  EXPECT_EQ((*OpenIterator(with_exclusion->root(), snapshot_.segments[0]))->sure_matches(), 0u);
}

}  // namespace
}  // namespace tintinh::indexer
