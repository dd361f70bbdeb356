#include "services/indexer/search/best_of_iterator.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/search/top_k.h"
#include "tests/unit/services/indexer/search/top_k_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

absl::StatusOr<uint64_t> TopK(DocIterator& matches, const Eligible& eligible, TopHits& top) {
  return SearchTopK(matches, eligible, ScanDeadline(), top);
}

TEST(BestOfIterator, MatchesWhereAnyOfItsTermsStands) {
  const Snapshot snapshot = SnapshotOf({{"xa"}, {"b"}, {"xb", "xa"}, {"xc"}, {"x"}});
  EXPECT_THAT(MatchesOf(PrefixOfBody("x", 9), snapshot), ElementsAre(0, 2, 3, 4));
  EXPECT_THAT(MatchesOf(PrefixOfBody("xa", 9), snapshot), ElementsAre(0, 2));
  EXPECT_THAT(MatchesOf(PrefixOfBody("x", 1), snapshot), ElementsAre(0, 2)) << "xa is the most frequent";
  EXPECT_THAT(MatchesOf(PrefixOfBody("y", 9), snapshot), IsEmpty());
}

TEST(BestOfIterator, ScoresAreThoseOfTheBestTerm) {
  const Snapshot snapshot = SnapshotOf({{"xa", "xb"}, {"xa"}, {"xa"}, {"c"}});
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(PrefixOfBody("x", 9), statistics);
  const auto rare = QueryPlan::Make(TermOfBody("xb"), statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  const auto term = OpenIterator(rare->root(), snapshot.segments[0]);
  ASSERT_EQ((*matches)->Seek(0), 0u);
  ASSERT_EQ((*term)->Seek(0), 0u);
  EXPECT_EQ((*matches)->Score(), (*term)->Score());
}

class BestOfTopKTest : public TopKTest {};

TEST_F(BestOfTopKTest, BestHitsOfPrefixesAreThoseOfALookAtEveryDocument) {
  for (int round = 0; round < 40; ++round) ASSERT_NO_FATAL_FAILURE(ExpectBestHits(queries_.Prefix(), TopK));
}

TEST_F(BestOfTopKTest, AndSoAreThoseOfPrefixesAmongOtherClauses) {
  for (int round = 0; round < 60; ++round) {
    v1::LeafQuery query;
    v1::BooleanQuery& boolean = *query.mutable_boolean();
    *(round % 2 == 0 ? boolean.add_must() : boolean.add_should()) = queries_.Prefix();
    *(round % 3 == 0 ? boolean.add_must() : boolean.add_should()) = queries_.Any(1);
    if (round % 5 == 0) *boolean.add_must_not() = queries_.Prefix();
    ASSERT_NO_FATAL_FAILURE(ExpectBestHits(query, TopK));
  }
}

TEST_F(BestOfTopKTest, CountsAreThoseOfALookAtEveryDocument) {
  ScoringStatistics statistics(corpus_.snapshot());
  for (int round = 0; round < 30; ++round) {
    const auto plan = QueryPlan::Make(queries_.Prefix(), statistics);
    uint64_t count = 0;
    for (const SegmentView& view : corpus_.snapshot().segments) {
      const auto matches = OpenIterator(plan->root(), view);
      ASSERT_THAT(matches, IsOk());
      const auto in_segment = CountMatches(**matches, {view}, ScanDeadline());
      ASSERT_THAT(in_segment, IsOk());
      EXPECT_LE(*in_segment, (*matches)->cost());
      count += *in_segment;
    }
    EXPECT_EQ(count, corpus_.Hits(plan->root()).size());
  }
}

}  // namespace
}  // namespace tintinh::indexer
