#include "services/web/facet_counts.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/web_peers.h"

namespace tintinh::web {
namespace {

using ::testing::ElementsAre;
using ::tintinh::testing::WebPeers;

v1::SearchRequest Search() {
  v1::SearchRequest search;
  search.set_query("lúa");
  return search;
}

TEST(FacetRequests, OneCallCountsEverythingWhereNothingIsRestricted) {
  v1::SearchRequest search = Search();
  search.mutable_filter()->add_documents("22-NQ/TW");
  const auto requests = FacetRequests(search);
  ASSERT_EQ(requests.size(), 1);
  EXPECT_EQ(requests[0].query(), "lúa");
  EXPECT_EQ(requests[0].filter().documents(0), "22-NQ/TW");
  EXPECT_THAT(requests[0].fields(), ElementsAre(v1::FACET_FIELD_PROVINCE_TODAY, v1::FACET_FIELD_PROVINCE,
                                                v1::FACET_FIELD_SITE, v1::FACET_FIELD_SECTION, v1::FACET_FIELD_MONTH));
}

TEST(FacetRequests, AConditionIsLeftOutOfItsOwnFacetOnly) {
  v1::SearchRequest search = Search();
  search.mutable_filter()->add_provinces("Huế");
  search.mutable_filter()->mutable_published_before()->set_seconds(5);
  const auto requests = FacetRequests(search);
  ASSERT_EQ(requests.size(), 3);
  EXPECT_THAT(requests[0].fields(), ElementsAre(v1::FACET_FIELD_PROVINCE_TODAY, v1::FACET_FIELD_PROVINCE));
  EXPECT_TRUE(requests[0].filter().provinces().empty());
  EXPECT_TRUE(requests[0].filter().has_published_before());
  EXPECT_THAT(requests[1].fields(), ElementsAre(v1::FACET_FIELD_MONTH));
  EXPECT_FALSE(requests[1].filter().has_published_before());
  EXPECT_THAT(requests[2].fields(), ElementsAre(v1::FACET_FIELD_SITE, v1::FACET_FIELD_SECTION));
  EXPECT_EQ(requests[2].filter().provinces_size(), 1);
  EXPECT_TRUE(requests[2].filter().has_published_before());
}

TEST(FacetRequests, EveryCallAsksForSomething) {
  v1::SearchRequest search;
  search.mutable_filter()->add_sites("bao-mau");
  for (const v1::FacetsRequest& request : FacetRequests(search)) EXPECT_NE(request.filter().ByteSizeLong(), 0);
}

TEST(CountBeside, PutsTheFacetsTogetherAndNamesThePoorestCoverage) {
  WebPeers peers;
  const Api api({peers.query(), peers.crawler(), peers.indexer(), absl::Seconds(20)});
  v1::FacetsResponse part;
  part.add_facets()->set_field(v1::FACET_FIELD_SITE);
  part.set_shards_asked(4);
  part.set_shards_answered(3);
  peers.facets.Answer(part);
  v1::SearchRequest search = Search();
  search.mutable_filter()->add_sites("bao-mau");
  const v1::FacetsResponse counts = CountBeside(api, search);
  EXPECT_EQ(counts.facets_size(), 2) << "one of each call";
  EXPECT_EQ(counts.shards_asked(), 4);
  EXPECT_EQ(counts.shards_answered(), 3);
}

TEST(CountBeside, MakesNoFurtherCallAfterOneThatTookTooLong) {
  WebPeers peers;
  const Api api({peers.query(), peers.crawler(), peers.indexer(), absl::Seconds(20)});
  peers.facets.Fail(grpc::StatusCode::DEADLINE_EXCEEDED, "late");
  v1::SearchRequest search = Search();
  search.mutable_filter()->add_sites("bao-mau");
  CountBeside(api, search);
  EXPECT_THAT(peers.facets.asked().fields(), ElementsAre(v1::FACET_FIELD_SITE)) << "the first of two";
}

TEST(CountBeside, IsEmptyWhenNoCallSucceeds) {
  WebPeers peers;
  const Api api({peers.query(), peers.crawler(), peers.indexer(), absl::Seconds(20)});
  peers.facets.Fail(grpc::StatusCode::UNAVAILABLE, "down");
  EXPECT_EQ(CountBeside(api, Search()).facets_size(), 0);
}

}  // namespace
}  // namespace tintinh::web
