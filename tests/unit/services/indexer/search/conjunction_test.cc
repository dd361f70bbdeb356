#include "services/indexer/search/conjunction.h"

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/top_k_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

absl::StatusOr<uint64_t> Conjunction(DocIterator& matches, const Eligible& eligible, TopHits& top) {
  return SearchConjunction(ClausesOf(dynamic_cast<const BooleanIterator&>(matches)), eligible, ScanDeadline(), top);
}

using ConjunctionTest = TopKTest;

TEST_F(ConjunctionTest, BestHitsAreThoseOfALookAtEveryDocument) {
  for (int round = 0; round < 100; ++round) {
    v1::LeafQuery query;
    v1::BooleanQuery& boolean = *query.mutable_boolean();
    const auto clause = [&] { return queries_.Below(4) == 0 ? queries_.Any(1) : queries_.Term(); };
    for (uint32_t i = 1 + queries_.Below(3); i > 0; --i) *boolean.add_must() = clause();
    for (uint32_t i = queries_.Below(3); i > 0; --i) *boolean.add_should() = clause();
    for (uint32_t i = queries_.Below(2); i > 0; --i) *boolean.add_must_not() = clause();
    ASSERT_NO_FATAL_FAILURE(ExpectBestHits(query, Conjunction));
  }
}

TEST(ClausesOf, TheRarestLeads) {
  const Snapshot snapshot = SnapshotOf({{"a", "b"}, {"a", "b"}, {"a", "c"}, {"a"}});
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery query;
  for (const char* word : {"a", "b"}) *query.mutable_boolean()->add_must() = TermOfBody(word);
  *query.mutable_boolean()->add_should() = TermOfBody("c");
  *query.mutable_boolean()->add_must_not() = TermOfBody("d");
  const auto plan = QueryPlan::Make(query, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  const ConjunctionClauses clauses = ClausesOf(dynamic_cast<const BooleanIterator&>(**matches));
  ASSERT_EQ(clauses.must.size(), 2u);
  EXPECT_EQ(clauses.must[0]->cost(), 2u);
  EXPECT_EQ(clauses.must[1]->cost(), 4u);
  EXPECT_EQ(clauses.should.size(), 1u);
  EXPECT_EQ(clauses.must_not.size(), 1u);
}

TEST(SearchConjunction, StopsAtTheFirstBlockAfterTheDeadline) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(1'000, {"a", "b"}));
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery query;
  for (const char* word : {"a", "b"}) *query.mutable_boolean()->add_must() = TermOfBody(word);
  const auto plan = QueryPlan::Make(query, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  TopHits top(v1::SORT_ORDER_RELEVANCE, 5, nullptr);
  const ClockOfReads clock;
  EXPECT_THAT(SearchConjunction(ClausesOf(dynamic_cast<const BooleanIterator&>(**matches)), {snapshot.segments[0]},
                                ScanDeadline(clock, ClockOfReads::At(2)), top),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 2);
}

}  // namespace
}  // namespace tintinh::indexer
