#include "services/indexer/search/segment_matches.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/search/match_all_iterator.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/random_corpus.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(SegmentMatches, AreLiveAndPassTheFilterInOrder) {
  const RandomCorpus corpus;
  RandomQueries queries(3);
  ScoringStatistics statistics(corpus.snapshot());
  v1::Filter site;
  site.add_sites("bao1");
  for (int round = 0; round < 60; ++round) {
    const v1::LeafQuery query = queries.Any(3);
    const auto plan = QueryPlan::Make(query, statistics);
    uint32_t first_number = 0;
    for (size_t i = 0; i < corpus.snapshot().segments.size(); ++i) {
      const SegmentView& view = corpus.snapshot().segments[i];
      const ColumnFilter filter(site, *view.segment);
      const Eligible eligible{view, round % 2 == 0 ? &filter : nullptr};
      std::vector<uint32_t> want;
      for (uint32_t doc = 0; doc < view.documents; ++doc) {
        if (!view.IsLive(doc) || (round % 2 == 0 && (first_number + doc) % 3 != 1)) continue;
        if (NaiveScore(plan->root(), corpus.documents(i)[doc]).has_value()) want.push_back(doc);
      }
      first_number += view.documents;
      const auto matches = OpenIterator(plan->root(), view);
      std::vector<uint32_t> got;
      ASSERT_THAT(ForEachMatch(**matches, eligible, ScanDeadline(), [&got](uint32_t doc) { got.push_back(doc); }),
                  IsOk());
      ASSERT_EQ(got, want) << query.DebugString();
      (*matches)->Rewind();
      ASSERT_THAT(CountMatches(**matches, eligible, ScanDeadline()), IsOkAndHolds(want.size()));
    }
  }
}

TEST(SegmentMatches, EndWithTheDocumentsOfTheView) {
  Snapshot snapshot = SnapshotOf({{"a"}, {"a"}, {"a"}});
  snapshot.segments[0].documents = 2;
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery all;
  all.mutable_match_all();
  for (const v1::LeafQuery& query : {TermOfBody("a"), all}) {
    const auto plan = QueryPlan::Make(query, statistics);
    const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
    EXPECT_THAT(CountMatches(**matches, {snapshot.segments[0]}, ScanDeadline()), IsOkAndHolds(2u));
  }
}

TEST(SegmentMatches, AnEmptyViewHasNone) {
  const Snapshot snapshot = SnapshotOf({});
  MatchAllIterator matches(0);
  EXPECT_THAT(CountMatches(matches, {snapshot.segments[0]}, ScanDeadline()), IsOkAndHolds(0u));
}

TEST(SegmentMatches, StopAtTheFirstWindowAfterTheDeadline) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(10'000, {"a"}));
  MatchAllIterator matches(10'000);
  const ClockOfReads clock;
  EXPECT_THAT(CountMatches(matches, {snapshot.segments[0]}, ScanDeadline(clock, ClockOfReads::At(2))),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 2);
}

TEST(Eligible, IsWhatLivesAndPasses) {
  Snapshot snapshot = SnapshotOf({{"a"}, {"a"}, {"a"}, {"a"}});
  auto deleted = std::make_shared<DeletedDocuments>();
  deleted->Add(1);
  snapshot.segments[0].deleted = deleted;
  v1::Filter site;
  site.add_sites("bao0");
  const ColumnFilter filter(site, *snapshot.segments[0].segment);
  std::vector<bool> live;
  std::vector<bool> passing;
  for (uint32_t doc = 0; doc < 4; ++doc) {
    live.push_back(Eligible{snapshot.segments[0]}.Has(doc));
    passing.push_back(Eligible{snapshot.segments[0], &filter}.Has(doc));
  }
  EXPECT_THAT(live, ElementsAre(true, false, true, true));
  EXPECT_THAT(passing, ElementsAre(true, false, false, true));
}

}  // namespace
}  // namespace tintinh::indexer
