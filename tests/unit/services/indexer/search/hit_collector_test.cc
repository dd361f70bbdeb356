#include "services/indexer/search/hit_collector.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;

// Documents 0 to 5; 1 is deleted, 2 and 3 have "x".
class HitCollectorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto deleted = std::make_shared<DeletedDocuments>();
    deleted->Add(1);
    snapshot_.segments[0].deleted = deleted;
  }

  std::vector<uint32_t> DocsOf(TopHits& top) {
    std::vector<uint32_t> docs;
    for (const Hit& hit : top.Take()) docs.push_back(hit.doc);
    return docs;
  }

  Snapshot snapshot_ = SnapshotOf({{"a"}, {"a"}, {"a", "x"}, {"x"}, {"a"}, {"a"}});
  const Candidates all_{.docs = {0, 1, 2, 3, 4, 5}, .scores = {1, 9, 8, 7, 3, 2}};
};

TEST_F(HitCollectorTest, TakesWhatLivesAndIsNotExcluded) {
  ScoringStatistics statistics(snapshot_);
  const auto plan = QueryPlan::Make(TermOfBody("x"), statistics);
  const auto excluded = OpenIterator(plan->root(), snapshot_.segments[0]);
  TopHits top(v1::SORT_ORDER_RELEVANCE, 10, nullptr);
  HitCollector collector({snapshot_.segments[0]}, {excluded->get()}, top);
  collector.Add(all_);
  EXPECT_EQ(collector.found(), 3u);
  EXPECT_THAT(DocsOf(top), ElementsAre(4, 5, 0));
}

TEST_F(HitCollectorTest, WhatIsBelowTheFloorIsNotFoundButTiesAre) {
  TopHits top(v1::SORT_ORDER_RELEVANCE, 10, nullptr);
  top.RaiseFloor(3);
  HitCollector collector({snapshot_.segments[0]}, {}, top);
  collector.Add(all_);
  EXPECT_EQ(collector.found(), 3u);
  EXPECT_THAT(DocsOf(top), ElementsAre(2, 3, 4));
}

}  // namespace
}  // namespace tintinh::indexer
