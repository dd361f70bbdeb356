#include "services/indexer/search/term_iterator.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/segment_writer.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;

TEST(TermIterator, MatchesTheDocumentsOfTheTermAndScoresThem) {
  const Snapshot snapshot = SnapshotOf({{"a", "b"}, {"b"}, {"a", "a", "c"}});
  EXPECT_THAT(MatchesOf(TermOfBody("a"), snapshot), ElementsAre(0, 2));
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(TermOfBody("a", 2), statistics);
  const auto matches = OpenIterator(plan->root(), snapshot.segments[0]);
  ASSERT_EQ((*matches)->Seek(1), 2u);
  EXPECT_EQ((*matches)->Score(), Bm25(plan->root().weight, 2, plan->root().scoring->penalties[3]));
  EXPECT_EQ((*matches)->cost(), 2u);
}

// 1,000 documents of "a"; the 500th, and only it, has it ten times.
class TermIteratorOnDiskTest : public ::testing::Test {
 protected:
  TermIteratorOnDiskTest() {
    const Snapshot memory = SnapshotOf([] {
      std::vector<std::vector<std::string>> documents(1'000, {"a", "x"});
      documents[500] = std::vector<std::string>(10, "a");
      return documents;
    }());
    const auto record = WriteSegment(db_.get(), 1, memory.segments);
    EXPECT_THAT(record, IsOk());
    snapshot_.segments.push_back({*DiskSegment::Open(db_.get(), *record), nullptr, 1'000});
    statistics_ = std::make_unique<ScoringStatistics>(snapshot_);
    plan_ = std::make_unique<QueryPlan>(*QueryPlan::Make(TermOfBody("a"), *statistics_));
    matches_ = *OpenIterator(plan_->root(), snapshot_.segments[0]);
  }

  testing::ShardDatabase db_;
  Snapshot snapshot_;
  std::unique_ptr<ScoringStatistics> statistics_;
  std::unique_ptr<QueryPlan> plan_;
  std::unique_ptr<DocIterator> matches_;
};

TEST_F(TermIteratorOnDiskTest, BoundsAreThoseOfTheBlocksInTheRange) {
  const double usual = Bm25(plan_->root().weight, 1, plan_->root().scoring->penalties[2]);
  const double best = Bm25(plan_->root().weight, 10, plan_->root().scoring->penalties[10]);
  EXPECT_NEAR(matches_->MaxScore(0, 384), usual, usual * 1e-3);
  EXPECT_NEAR(matches_->MaxScore(384, 512), best, best * 1e-3);
  EXPECT_GE(matches_->MaxScore(384, 512), best);
  EXPECT_NEAR(matches_->MaxScore(512, 1'000), usual, usual * 1e-3);
  EXPECT_EQ(matches_->MaxScore(1'000, 2'000), 0);
}

TEST_F(TermIteratorOnDiskTest, RangesEndWithTheBlocks) {
  EXPECT_EQ(matches_->BoundEnd(0), 128u);
  EXPECT_EQ(matches_->BoundEnd(130), 256u);
  EXPECT_EQ(matches_->BoundEnd(1'000), kNoMoreDocs);
}

TEST_F(TermIteratorOnDiskTest, ChampionsAreTheBestDocuments) {
  std::vector<uint32_t> champions;
  matches_->AddChampions(champions);
  EXPECT_EQ(champions.size(), kMaxChampions);
  EXPECT_THAT(champions, ::testing::Contains(500));
}

TEST_F(TermIteratorOnDiskTest, EveryPostingIsASureMatch) { EXPECT_EQ(matches_->sure_matches(), 1'000u); }

}  // namespace
}  // namespace tintinh::indexer
