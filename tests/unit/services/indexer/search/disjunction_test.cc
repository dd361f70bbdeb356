#include "services/indexer/search/disjunction.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/top_k_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

absl::StatusOr<uint64_t> Disjunction(DocIterator& matches, const Eligible& eligible, TopHits& top) {
  return SearchDisjunction(dynamic_cast<const BooleanIterator&>(matches).parts(), eligible, ScanDeadline(), top);
}

using DisjunctionTest = TopKTest;

TEST_F(DisjunctionTest, BestHitsAreThoseOfALookAtEveryDocument) {
  for (int round = 0; round < 100; ++round) {
    v1::LeafQuery query;
    v1::BooleanQuery& boolean = *query.mutable_boolean();
    const auto clause = [&] { return queries_.Below(4) == 0 ? queries_.Any(1) : queries_.Term(); };
    for (uint32_t i = queries_.Below(6); i > 0; --i) *boolean.add_should() = clause();
    for (uint32_t i = queries_.Below(2); i > 0; --i) *boolean.add_must_not() = clause();
    ASSERT_NO_FATAL_FAILURE(ExpectBestHits(query, Disjunction));
  }
}

// A list of two chunks: its 65,536th posting, the last of the first chunk, is the best hit. The window it is in reaches
// into the second chunk.
TEST(SearchDisjunction, TheBestHitIsFoundAtASeamOfChunks) {
  testing::ShardDatabase db;
  auto first = std::make_shared<MemorySegment>();
  auto second = std::make_shared<MemorySegment>();
  uint32_t number = 0;
  while (number < 65'530) first->Add(testing::DocumentOf(number++, {"a", "a", "x", "x"}));
  while (number < 70'000) {
    const bool best = number == 65'535;
    second->Add(testing::DocumentOf(number++, best ? Words{"a", "a", "a"} : Words{"a", "b", "x", "x", "x", "x"}));
  }
  const std::vector<SegmentView> sources = {{first, nullptr, first->size()}, {second, nullptr, second->size()}};
  const auto record = WriteSegment(db.get(), 1, sources);
  ASSERT_THAT(record, IsOk());
  Snapshot snapshot;
  snapshot.segments.push_back({*DiskSegment::Open(db.get(), *record), nullptr, 70'000});
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery query;
  *query.mutable_boolean()->add_should() = TermOfBody("a", 100);
  *query.mutable_boolean()->add_should() = TermOfBody("b", 1e-6f);
  const auto plan = QueryPlan::Make(query, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  TopHits top(v1::SORT_ORDER_RELEVANCE, 1, nullptr);
  ASSERT_THAT(Disjunction(**matches, {snapshot.segments[0]}, top), IsOk());
  const std::vector<Hit> hits = top.Take();
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].doc, 65'535u);
}

TEST(SearchDisjunction, StopsAtTheFirstWindowAfterTheDeadline) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(10'000, {"a", "b"}));
  ScoringStatistics statistics(snapshot);
  v1::LeafQuery query;
  for (const char* word : {"a", "b"}) *query.mutable_boolean()->add_should() = TermOfBody(word);
  const auto plan = QueryPlan::Make(query, statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  TopHits top(v1::SORT_ORDER_RELEVANCE, 5, nullptr);
  const ClockOfReads clock;
  EXPECT_THAT(SearchDisjunction(dynamic_cast<const BooleanIterator&>(**matches).parts(), {snapshot.segments[0]},
                                ScanDeadline(clock, ClockOfReads::At(2)), top),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 2);
}

}  // namespace
}  // namespace tintinh::indexer
