#include "services/indexer/search/query_check.h"

#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

v1::LeafQuery Term() {
  v1::LeafQuery query;
  query.mutable_term()->set_part(v1::PART_BODY);
  query.mutable_term()->set_kind(v1::KEY_KIND_EXACT);
  query.mutable_term()->set_key("sông");
  query.mutable_term()->set_weight(1);
  return query;
}

v1::LeafQuery Phrase(uint32_t keys) {
  v1::LeafQuery query;
  query.mutable_phrase()->set_part(v1::PART_BODY);
  for (uint32_t i = 0; i < keys; ++i) {
    query.mutable_phrase()->add_keys("a");
    query.mutable_phrase()->add_offsets(i);
  }
  return query;
}

TEST(CheckQuery, TermsNeedPartKindKeyAndASaneWeight) {
  EXPECT_THAT(CheckQuery(Term()), IsOk());
  v1::LeafQuery query = Term();
  query.mutable_term()->clear_part();
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("term.part")));
  query = Term();
  query.mutable_term()->set_kind(static_cast<v1::KeyKind>(-3));
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("term.kind")));
  query = Term();
  query.mutable_term()->set_key(std::string(257, 'a'));
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("term.key bytes: 257 is not between 1 and 256")));
  for (const float weight : {-1.0f, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    query = Term();
    query.mutable_term()->set_weight(weight);
    EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("term.weight")));
  }
}

TEST(CheckQuery, PhrasesHave2To32KeysAndAsManyOffsetsFromZero) {
  EXPECT_THAT(CheckQuery(Phrase(2)), IsOk());
  EXPECT_THAT(CheckQuery(Phrase(32)), IsOk());
  EXPECT_THAT(CheckQuery(Phrase(1)), StatusIs(kInvalid, HasSubstr("phrase.keys")));
  EXPECT_THAT(CheckQuery(Phrase(33)), StatusIs(kInvalid, HasSubstr("phrase.keys: 33")));
  v1::LeafQuery query = Phrase(3);
  query.mutable_phrase()->add_offsets(3);
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("phrase.offsets: 4 for 3 keys")));
  query = Phrase(2);
  query.mutable_phrase()->set_offsets(0, 1);
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("the first is 1")));
}

TEST(CheckQuery, PairKeysOfAPhraseAreOneLessThanItsKeysOrNone) {
  v1::LeafQuery query = Phrase(3);
  query.mutable_phrase()->add_pair_keys("ab");
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("phrase.pair_keys: 1 for 3 keys")));
  query.mutable_phrase()->add_pair_keys("");
  EXPECT_THAT(CheckQuery(query), IsOk());
  query.mutable_phrase()->add_pair_keys("ab");
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("phrase.pair_keys: 3 for 3 keys")));
  query = Phrase(2);
  query.mutable_phrase()->add_pair_keys(std::string(256, 'a'));
  EXPECT_THAT(CheckQuery(query), IsOk());
  query.mutable_phrase()->set_pair_keys(0, std::string(257, 'a'));
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("phrase.pair_keys bytes: 257 is not between 0 and 256")));
}

v1::LeafQuery Prefix(uint32_t expansions) {
  v1::LeafQuery query;
  query.mutable_prefix()->set_part(v1::PART_TITLE);
  query.mutable_prefix()->set_kind(v1::KEY_KIND_FOLDED);
  query.mutable_prefix()->set_prefix("xa");
  query.mutable_prefix()->set_weight(1);
  query.mutable_prefix()->set_expansions(expansions);
  return query;
}

TEST(CheckQuery, PrefixesHave1To256BytesAndExpansionsAndNoPairs) {
  EXPECT_THAT(CheckQuery(Prefix(1)), IsOk());
  EXPECT_THAT(CheckQuery(Prefix(256)), IsOk());
  EXPECT_THAT(CheckQuery(Prefix(0)), StatusIs(kInvalid, HasSubstr("prefix.expansions: 0 is not between 1 and 256")));
  EXPECT_THAT(CheckQuery(Prefix(257)), StatusIs(kInvalid, HasSubstr("prefix.expansions: 257")));
  v1::LeafQuery query = Prefix(8);
  query.mutable_prefix()->set_kind(v1::KEY_KIND_PAIR);
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("prefix.kind: KEY_KIND_PAIR")));
  query = Prefix(8);
  query.mutable_prefix()->clear_prefix();
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("prefix.prefix bytes: 0 is not between 1 and 256")));
  query = Prefix(8);
  query.mutable_prefix()->clear_part();
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("prefix.part")));
  query = Prefix(8);
  query.mutable_prefix()->set_weight(-1);
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("prefix.weight")));
}

TEST(CheckQuery, PrefixesCountAsManyNodesAsTheyExpandTo) {
  v1::LeafQuery query;
  for (int i = 0; i < 3; ++i) *query.mutable_boolean()->add_should() = Prefix(256);
  *query.mutable_boolean()->add_should() = Prefix(251);
  EXPECT_THAT(CheckQuery(query), IsOk());  // with the boolean and the prefixes themselves
  query.mutable_boolean()->mutable_should(3)->mutable_prefix()->set_expansions(252);
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("prefixes: 1025 exceeds the limit of 1024")));
  query.Clear();
  for (int i = 0; i < 64; ++i) *query.mutable_boolean()->add_should() = Prefix(1);
  EXPECT_THAT(CheckQuery(query), IsOk());
  *query.mutable_boolean()->add_should() = Prefix(1);
  EXPECT_THAT(CheckQuery(query), StatusIs(kInvalid, HasSubstr("query prefixes: 65 exceeds the limit of 64")));
}

TEST(CheckQuery, ATreeIsAtMost16DeepAndHas1024Nodes) {
  v1::LeafQuery deep = Term();
  for (int depth = 1; depth < 16; ++depth) {
    v1::LeafQuery outer;
    *outer.mutable_boolean()->add_must() = deep;
    deep = outer;
  }
  EXPECT_THAT(CheckQuery(deep), IsOk());
  v1::LeafQuery deeper;
  *deeper.mutable_boolean()->add_must_not() = deep;
  EXPECT_THAT(CheckQuery(deeper), StatusIs(kInvalid, HasSubstr("query depth: 17 exceeds the limit of 16")));
  v1::LeafQuery wide;
  for (int i = 0; i < 1'023; ++i) *wide.mutable_boolean()->add_should() = Term();
  EXPECT_THAT(CheckQuery(wide), IsOk());
  *wide.mutable_boolean()->add_should() = Term();
  EXPECT_THAT(CheckQuery(wide), StatusIs(kInvalid, HasSubstr("query nodes: 1025 exceeds the limit of 1024")));
  EXPECT_THAT(CheckQuery(v1::LeafQuery()), StatusIs(kInvalid, HasSubstr("query.node")));
}

TEST(CheckSearch, LimitSortStatisticsAndFilterAreChecked) {
  v1::LeafSearchRequest request;
  request.set_limit(10'000);
  EXPECT_THAT(CheckSearch(request), IsOk());
  request.set_limit(10'001);
  EXPECT_THAT(CheckSearch(request), StatusIs(kInvalid, HasSubstr("limit: 10001 is not between 1 and 10000")));
  request.set_limit(0);
  EXPECT_THAT(CheckSearch(request), StatusIs(kInvalid, HasSubstr("limit")));
  request.set_limit(1);
  request.mutable_statistics()->add_document_frequencies(3);
  EXPECT_THAT(CheckSearch(request), StatusIs(kInvalid, HasSubstr("1 for 0 statistics_terms")));
  request.clear_statistics();
  request.mutable_filter()->mutable_published_from()->set_nanos(-1);
  EXPECT_THAT(CheckSearch(request), StatusIs(kInvalid, HasSubstr("filter.published_from")));
  request.clear_filter();
  for (int i = 0; i < 1'025; ++i) request.mutable_filter()->add_sites("a");
  EXPECT_THAT(CheckSearch(request), StatusIs(kInvalid, HasSubstr("filter.sites: 1025 exceeds")));
  request.clear_filter();
  request.mutable_after()->set_score(std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT(CheckSearch(request), StatusIs(kInvalid, HasSubstr("after.score")));
}

TEST(CheckFilter, FiltersInItAreFewNotEmptyAndHoldNone) {
  v1::Filter filter;
  for (uint32_t i = 0; i < kMaxNestedFilters; ++i) filter.add_also()->add_sites("a");
  EXPECT_THAT(CheckFilter(filter), IsOk());
  filter.add_also()->add_sites("a");
  EXPECT_THAT(CheckFilter(filter), StatusIs(kInvalid, HasSubstr("filter.also: 65 exceeds the limit of 64")));
  filter.clear_also();
  filter.add_without();
  EXPECT_THAT(CheckFilter(filter), StatusIs(kInvalid, HasSubstr("filter.without: one is empty")));
  filter.mutable_without(0)->add_also()->add_sites("a");
  EXPECT_THAT(CheckFilter(filter), StatusIs(kInvalid, HasSubstr("filter.without: one holds filters")));
  filter.mutable_without(0)->clear_also();
  filter.mutable_without(0)->mutable_published_from()->set_nanos(-1);
  EXPECT_THAT(CheckFilter(filter), StatusIs(kInvalid, HasSubstr("filter.published_from")));
}

TEST(CheckFacets, FieldsAreKnownAndThereOnce) {
  v1::LeafFacetsRequest request;
  request.set_limit(10);
  EXPECT_THAT(CheckFacets(request), StatusIs(kInvalid, HasSubstr("fields")));
  request.add_fields(v1::FACET_FIELD_SITE);
  EXPECT_THAT(CheckFacets(request), IsOk());
  request.add_fields(v1::FACET_FIELD_SITE);
  EXPECT_THAT(CheckFacets(request), StatusIs(kInvalid, HasSubstr("twice")));
  request.clear_fields();
  request.add_fields(static_cast<v1::FacetField>(77));
  EXPECT_THAT(CheckFacets(request), StatusIs(kInvalid, HasSubstr("fields: 77")));
  request.clear_fields();
  request.add_fields(v1::FACET_FIELD_SITE);
  request.set_limit(1'001);
  EXPECT_THAT(CheckFacets(request), StatusIs(kInvalid, HasSubstr("limit")));
}

TEST(CheckStatistics, AtMost1024Terms) {
  v1::LeafStatisticsRequest request;
  for (int i = 0; i < 1'025; ++i) {
    v1::TermKey& term = *request.add_terms();
    term.set_part(v1::PART_TITLE);
    term.set_kind(v1::KEY_KIND_EXACT);
    term.set_key("a");
  }
  EXPECT_THAT(CheckStatistics(request), StatusIs(kInvalid, HasSubstr("terms: 1025 exceeds the limit of 1024")));
  request.mutable_terms()->RemoveLast();
  EXPECT_THAT(CheckStatistics(request), IsOk());
}

}  // namespace
}  // namespace tintinh::indexer
