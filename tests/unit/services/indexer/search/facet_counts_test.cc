#include "services/indexer/search/facet_counts.h"

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(FacetCounts, SumsAndCutsByCountThenValue) {
  FacetCounts counts;
  counts.Add(v1::FACET_FIELD_SITE, "b", 2);
  counts.Add(v1::FACET_FIELD_SITE, "a", 2);
  counts.Add(v1::FACET_FIELD_SITE, "c", 1);
  counts.Add(v1::FACET_FIELD_SITE, "c", 4);
  v1::LeafFacetsRequest request;
  request.add_fields(v1::FACET_FIELD_MONTH);
  request.add_fields(v1::FACET_FIELD_SITE);
  request.set_limit(2);
  const v1::LeafFacetsResponse response = counts.ToProto(request);
  ASSERT_EQ(response.facets_size(), 2);
  EXPECT_EQ(response.facets(0).field(), v1::FACET_FIELD_MONTH);
  EXPECT_EQ(response.facets(0).values_size(), 0);
  ASSERT_EQ(response.facets(1).values_size(), 2);
  EXPECT_EQ(response.facets(1).values(0).value(), "c");
  EXPECT_EQ(response.facets(1).values(0).count(), 5u);
  EXPECT_EQ(response.facets(1).values(1).value(), "a");
}

}  // namespace
}  // namespace tintinh::indexer
