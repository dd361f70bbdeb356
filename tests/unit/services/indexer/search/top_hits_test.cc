#include "services/indexer/search/top_hits.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {
namespace {

// Ids "a" to "d" with scores and times.
class TopHitsTest : public ::testing::Test {
 protected:
  std::string Ids(v1::SortOrder order, size_t limit, const v1::SortKey* after = nullptr) {
    TopHits top(order, limit, after);
    for (const Hit& hit : hits_) top.Add(hit);
    std::string ids;
    for (const Hit& hit : top.Take()) ids += UnpackId(hit.packed_id);
    return ids;
  }

  const std::string a_ = PackId("a"), b_ = PackId("b"), c_ = PackId("c"), d_ = PackId("d");
  const std::vector<Hit> hits_ = {{1, 30, d_}, {2, kNoTime, c_}, {1, 10, b_}, {3, 20, a_}};
};

TEST_F(TopHitsTest, RelevanceIsByScoreThenId) {
  EXPECT_EQ(Ids(v1::SORT_ORDER_RELEVANCE, 9), "acbd");
  EXPECT_EQ(Ids(v1::SORT_ORDER_RELEVANCE, 2), "ac");
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

}  // namespace
}  // namespace tintinh::indexer
