#include "services/indexer/search/top_hits.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/segment/columns.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {
namespace {

// Ids "a" to "d" with scores and times.
class TopHitsTest : public ::testing::Test {
 protected:
  TopHitsTest() {
    Add("d", 1, 30);
    Add("c", 2, kNoTime);
    Add("b", 1, 10);
    Add("a", 3, 20);
  }

  void Add(const char* id, double score, int64_t published_us) {
    ColumnValues row;
    row.packed_id = PackId(id);
    row.published_us = published_us;
    hits_.push_back({score, columns_.size(), &columns_.arrays()});
    columns_.Append(row);
  }

  std::string Ids(v1::SortOrder order, size_t limit, const v1::SortKey* after = nullptr) {
    TopHits top(order, limit, after);
    for (const Hit& hit : hits_) top.Add(hit);
    std::string ids;
    for (const Hit& hit : top.Take()) ids += UnpackId(hit.packed_id());
    return ids;
  }

  ColumnStore columns_{4};
  std::vector<Hit> hits_;
};

TEST_F(TopHitsTest, RelevanceIsByScoreThenId) {
  EXPECT_EQ(Ids(v1::SORT_ORDER_RELEVANCE, 9), "acbd");
  EXPECT_EQ(Ids(v1::SORT_ORDER_RELEVANCE, 2), "ac");
  EXPECT_EQ(Ids(v1::SORT_ORDER_RELEVANCE, 3), "acb");
}

TEST_F(TopHitsTest, ArticlesWithoutADateAreLastInBothTimeOrders) {
  EXPECT_EQ(Ids(v1::SORT_ORDER_NEWEST, 9), "dabc");
  EXPECT_EQ(Ids(v1::SORT_ORDER_OLDEST, 9), "badc");
  EXPECT_EQ(Ids(v1::SORT_ORDER_OLDEST, 1), "b");
}

TEST_F(TopHitsTest, AfterAHitComeTheOnesBehindIt) {
  v1::SortKey after;
  after.set_score(1);
  after.set_article_id("b");
  EXPECT_EQ(Ids(v1::SORT_ORDER_RELEVANCE, 9, &after), "d");
  after.set_published_us(20);
  after.set_article_id("a");
  EXPECT_EQ(Ids(v1::SORT_ORDER_NEWEST, 9, &after), "bc");
  EXPECT_EQ(Ids(v1::SORT_ORDER_OLDEST, 9, &after), "dc");
  after.set_published_us(kNoTime);
  after.set_article_id("c");
  EXPECT_EQ(Ids(v1::SORT_ORDER_OLDEST, 9, &after), "");
}

TEST_F(TopHitsTest, TheFloorIsTheWorstOfAsManyHitsAsAreWanted) {
  TopHits top(v1::SORT_ORDER_RELEVANCE, 3, nullptr);
  EXPECT_EQ(top.floor(), kNoFloor);
  top.Add(hits_[0]);
  top.Add(hits_[1]);
  EXPECT_EQ(top.floor(), kNoFloor);
  top.Add(hits_[3]);
  EXPECT_EQ(top.floor(), 1);
  top.RaiseFloor(2.5);
  top.RaiseFloor(2);
  EXPECT_EQ(top.floor(), 2.5) << "it never falls";
}

TEST_F(TopHitsTest, HitsBeforeTheOneResumedAfterRaiseNoFloor) {
  v1::SortKey after;
  after.set_score(2);
  after.set_article_id("c");
  TopHits top(v1::SORT_ORDER_RELEVANCE, 1, &after);
  EXPECT_TRUE(top.resumes());
  top.Add(hits_[3]);
  top.Add(hits_[1]);
  EXPECT_EQ(top.floor(), kNoFloor);
  top.Add(hits_[0]);
  EXPECT_EQ(top.floor(), 1);
}

TEST_F(TopHitsTest, ByTimeThereIsNoFloor) {
  TopHits top(v1::SORT_ORDER_NEWEST, 1, nullptr);
  for (const Hit& hit : hits_) top.Add(hit);
  EXPECT_EQ(top.floor(), kNoFloor);
}

}  // namespace
}  // namespace tintinh::indexer
