#include "services/query/root_search/merge.h"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;

constexpr int64_t kUndated = std::numeric_limits<int64_t>::min();

RootHit Hit(const std::string& id, double score, int64_t published_us) {
  RootHit hit;
  hit.hit.set_article_id(id);
  hit.hit.set_score(score);
  hit.hit.set_published_us(published_us);
  return hit;
}

std::vector<std::string> Ids(const std::vector<RootHit>& hits) {
  std::vector<std::string> ids;
  for (const RootHit& hit : hits) ids.push_back(hit.hit.article_id());
  return ids;
}

TEST(MergeHits, ByScoreThenId) {
  EXPECT_THAT(Ids(MergeHits({Hit("c", 1, 0), Hit("b", 2, 0), Hit("a", 1, 9)}, v1::SORT_ORDER_RELEVANCE, 10)),
              ElementsAre("b", "a", "c"));
}

TEST(MergeHits, ByDateWithUndatedLastInBothOrders) {
  const std::vector<RootHit> hits = {Hit("u", 9, kUndated), Hit("b", 1, 20), Hit("a", 2, 10), Hit("c", 3, 20)};
  EXPECT_THAT(Ids(MergeHits(hits, v1::SORT_ORDER_NEWEST, 10)), ElementsAre("b", "c", "a", "u"));
  EXPECT_THAT(Ids(MergeHits(hits, v1::SORT_ORDER_OLDEST, 10)), ElementsAre("a", "b", "c", "u"));
}

TEST(MergeHits, KeepsAnArticleOnceAndNoMoreThanTheLimit) {
  EXPECT_THAT(
      Ids(MergeHits({Hit("a", 3, 0), Hit("a", 3, 0), Hit("b", 2, 0), Hit("c", 1, 0)}, v1::SORT_ORDER_RELEVANCE, 2)),
      ElementsAre("a", "b"));
}

TEST(SortKeyOf, HoldsWhatEveryOrderNeeds) {
  const v1::SortKey key = SortKeyOf(Hit("a", 1.5, 7).hit);
  EXPECT_EQ(key.article_id(), "a");
  EXPECT_EQ(key.score(), 1.5);
  EXPECT_EQ(key.published_us(), 7);
}

v1::Facet Facet(v1::FacetField field, const std::vector<std::pair<std::string, uint64_t>>& values) {
  v1::Facet facet;
  facet.set_field(field);
  for (const auto& [value, count] : values) {
    facet.add_values()->set_value(value);
    facet.mutable_values()->rbegin()->set_count(count);
  }
  return facet;
}

TEST(MergeFacets, AddsUpEqualValuesAndOrdersByCountThenValue) {
  const auto merged =
      MergeFacets({Facet(v1::FACET_FIELD_SITE, {{"b", 2}, {"a", 1}}), Facet(v1::FACET_FIELD_SITE, {{"a", 1}, {"c", 9}}),
                   Facet(v1::FACET_FIELD_MONTH, {{"2021-09", 4}})},
                  {v1::FACET_FIELD_MONTH, v1::FACET_FIELD_SITE}, 2);
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].field(), v1::FACET_FIELD_MONTH);
  ASSERT_EQ(merged[1].values_size(), 2);
  EXPECT_EQ(merged[1].values(0).value(), "c");
  EXPECT_EQ(merged[1].values(1).value(), "a");
  EXPECT_EQ(merged[1].values(1).count(), 2U);
}

}  // namespace
}  // namespace tintinh::query
