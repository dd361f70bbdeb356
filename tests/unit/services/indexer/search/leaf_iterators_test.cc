#include "services/indexer/search/leaf_iterators.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PhraseIterator, MatchesWhereAllTermsStandAtTheirDistances) {
  const Snapshot snapshot = SnapshotOf({{"sông", "lô"}, {"lô", "sông"}, {"sông", "x", "lô"}, {"x", "sông", "lô"}});
  EXPECT_THAT(MatchesOf(PhraseOfBody({"sông", "lô"}), snapshot), ElementsAre(0, 3));
  EXPECT_THAT(MatchesOf(PhraseOfBody({"lô", "lô"}), snapshot), IsEmpty());
  v1::LeafQuery gap = PhraseOfBody({"sông", "lô"});
  gap.mutable_phrase()->set_offsets(1, 2);
  EXPECT_THAT(MatchesOf(gap, snapshot), ElementsAre(2));
}

TEST(PhraseIterator, ARepeatedTermMustStandAtEachPlace) {
  const Snapshot snapshot = SnapshotOf({{"xa", "xa"}, {"xa"}, {"xa", "xa", "xa"}});
  EXPECT_THAT(MatchesOf(PhraseOfBody({"xa", "xa"}), snapshot), ElementsAre(0, 2));
}

TEST(PhraseIterator, ScoresByTheNumberOfPlaces) {
  const Snapshot snapshot = SnapshotOf({{"a", "b", "c", "c"}, {"a", "b", "a", "b"}, {"x"}});
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(PhraseOfBody({"a", "b"}), statistics);
  const auto match = OpenIterator(plan->root(), snapshot.segments[0]);
  const double once = (*match)->Score();
  ASSERT_EQ((*match)->Seek(1), 1u);
  EXPECT_GT((*match)->Score(), once);
}

TEST(MatchAllIterator, MatchesEveryDocument) {
  v1::LeafQuery all;
  all.mutable_match_all();
  EXPECT_THAT(MatchesOf(all, SnapshotOf({{"a"}, {"b"}})), ElementsAre(0, 1));
}

}  // namespace
}  // namespace tintinh::indexer
