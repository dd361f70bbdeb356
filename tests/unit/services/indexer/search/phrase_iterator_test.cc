#include "services/indexer/search/phrase_iterator.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/random_corpus.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

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
  const PlanNode& root = plan->root();
  ASSERT_EQ((*match)->Seek(0), 0u);
  EXPECT_EQ((*match)->Score(), Bm25(root.weight, 1, root.scoring->penalties[4]));
  ASSERT_EQ((*match)->Seek(1), 1u);
  EXPECT_EQ((*match)->Score(), Bm25(root.weight, 2, root.scoring->penalties[4]));
}

TEST(PhraseIterator, PairsLeadButEveryTermIsLookedAt) {
  // "a" leads as a pair to 0, 1 and 2.
  const Snapshot snapshot = SnapshotOf({{"a", "x", "b"}, {"a", "b"}, {"a"}, {"b"}});
  v1::LeafQuery query = PhraseOfBody({"a", "b"});
  query.mutable_phrase()->add_pair_keys("a");
  EXPECT_THAT(MatchesOf(query, snapshot), ElementsAre(1));
}

TEST(PhraseIterator, PairsChangeNeitherMatchesNorScores) {
  const RandomCorpus corpus;
  ScoringStatistics statistics(corpus.snapshot());
  const SegmentView& view = corpus.snapshot().segments[0];
  const v1::LeafQuery plain = PhraseOfBody({"từ0", "từ1", "từ0"});
  v1::LeafQuery paired = plain;
  paired.mutable_phrase()->add_pair_keys("từ0");
  paired.mutable_phrase()->add_pair_keys("từ1");
  const auto plain_plan = QueryPlan::Make(plain, statistics);
  const auto paired_plan = QueryPlan::Make(paired, statistics);
  Candidates without;
  Candidates with;
  (*OpenIterator(plain_plan->root(), view))->Collect(0, view.documents, kNoFloor, without);
  (*OpenIterator(paired_plan->root(), view))->Collect(0, view.documents, kNoFloor, with);
  EXPECT_GT(without.size(), 20u);
  EXPECT_EQ(with.docs, without.docs);
  EXPECT_EQ(with.scores, without.scores);
}

TEST(PhraseIterator, AFloorLeavesOutOnlyWhatScoresLess) {
  const RandomCorpus corpus;
  ScoringStatistics statistics(corpus.snapshot());
  for (const bool pairs : {false, true}) {
    v1::LeafQuery query = PhraseOfBody({"từ0", "từ0"});
    if (pairs) query.mutable_phrase()->add_pair_keys("từ0");
    const auto plan = QueryPlan::Make(query, statistics);
    size_t left_out = 0;
    for (const SegmentView& view : corpus.snapshot().segments) {
      Candidates all;
      (*OpenIterator(plan->root(), view))->Collect(0, view.documents, kNoFloor, all);
      ASSERT_GT(all.size(), 10u);
      const double floor = all.scores[all.size() / 2];  // a score that some have
      const auto matches = OpenIterator(plan->root(), view);
      (*matches)->RaiseFloor(floor);
      Candidates above;
      (*matches)->Collect(0, view.documents, kNoFloor, above);
      left_out += all.size() - above.size();
      all.KeepFrom(floor);
      above.KeepFrom(floor);
      EXPECT_EQ(above.docs, all.docs);
      EXPECT_EQ(above.scores, all.scores);
    }
    EXPECT_GT(left_out, 0u);
  }
}

}  // namespace
}  // namespace tintinh::indexer
