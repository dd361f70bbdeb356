#include "services/indexer/search/top_k.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/top_k_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

absl::StatusOr<uint64_t> TopK(DocIterator& matches, const Eligible& eligible, TopHits& top) {
  return SearchTopK(matches, eligible, ScanDeadline(), top);
}

TEST_F(TopKTest, AnyQuerysBestHitsAreThoseOfALookAtEveryDocument) {
  for (int round = 0; round < 120; ++round) ASSERT_NO_FATAL_FAILURE(ExpectBestHits(queries_.Any(3), TopK));
}

TEST_F(TopKTest, TermsAndPhrasesAreSearchedBlockByBlock) {
  for (int round = 0; round < 40; ++round) {
    ASSERT_NO_FATAL_FAILURE(ExpectBestHits(round % 2 == 0 ? queries_.Term() : queries_.Phrase(), TopK));
  }
}

// The best are in the list of champions, the ties of the last of them are not.
TEST(SearchTopK, AFloorKnownFromChampionsDropsNoTies) {
  testing::ShardDatabase db;
  const Snapshot memory = SnapshotOf(std::vector<std::vector<std::string>>(3'000, {"a", "b"}));
  const auto record = WriteSegment(db.get(), 1, memory.segments);
  ASSERT_THAT(record, testing::IsOk());
  Snapshot snapshot;
  snapshot.segments.push_back({*DiskSegment::Open(db.get(), *record), nullptr, 3'000});
  auto deleted = std::make_shared<DeletedDocuments>();
  for (uint32_t doc = 0; doc < 14; ++doc) deleted->Add(doc);
  snapshot.segments[0].deleted = deleted;
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(TermOfBody("a"), statistics);
  for (const size_t limit : {2u, 3u, 20u}) {
    const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
    TopHits top(v1::SORT_ORDER_RELEVANCE, limit, nullptr);
    ASSERT_THAT(TopK(**matches, {snapshot.segments[0]}, top), testing::IsOk());
    const std::vector<Hit> hits = top.Take();
    ASSERT_EQ(hits.size(), limit);
    EXPECT_EQ(hits.back().doc, 13 + limit);
  }
}

TEST(SearchTopK, StopsAtTheFirstBlockAfterTheDeadline) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(1'000, {"a"}));
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(TermOfBody("a"), statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  TopHits top(v1::SORT_ORDER_RELEVANCE, 5, nullptr);
  const ClockOfReads clock;
  EXPECT_THAT(SearchTopK(**matches, {snapshot.segments[0]}, ScanDeadline(clock, ClockOfReads::At(3)), top),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 3);
}

TEST(SearchTopK, DamageOnTheWayIsTheResult) {
  testing::ShardDatabase db;
  const Snapshot memory = SnapshotOf(std::vector<std::vector<std::string>>(1'000, {"a"}));
  const auto record = WriteSegment(db.get(), 1, memory.segments);
  ASSERT_THAT(record, testing::IsOk());
  const auto segment = DiskSegment::Open(db.get(), *record);
  ASSERT_THAT(segment, testing::IsOk());
  for (uint32_t chunk = 0; chunk < record->chunks(); ++chunk) db.Delete(kPostingsFamily, ChunkKey(1, chunk));
  Snapshot snapshot;
  snapshot.segments.push_back({*segment, nullptr, 1'000});
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(TermOfBody("a"), statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  TopHits top(v1::SORT_ORDER_RELEVANCE, 5, nullptr);
  EXPECT_THAT(TopK(**matches, {snapshot.segments[0]}, top),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("postings of segment 1")));
}

}  // namespace
}  // namespace tintinh::indexer
