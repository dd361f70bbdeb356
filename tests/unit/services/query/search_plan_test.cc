#include "services/query/search_plan.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

v1::SearchRequest Ask(const std::string& text) {
  v1::SearchRequest request;
  request.set_query(text);
  return request;
}

TEST(PlanSearch, LimitsNameFieldValueAndLimit) {
  EXPECT_THAT(PlanSearch(Ask(std::string(1025, 'a'))),
              StatusIs(kInvalid, AllOf(HasSubstr("query"), HasSubstr("1025"), HasSubstr("1024"))));
  v1::SearchRequest request = Ask("a");
  request.set_page_size(101);
  EXPECT_THAT(PlanSearch(request),
              StatusIs(kInvalid, AllOf(HasSubstr("page_size"), HasSubstr("101"), HasSubstr("100"))));
  request = Ask("a");
  request.set_snippet_bytes(39);
  EXPECT_THAT(PlanSearch(request), StatusIs(kInvalid, AllOf(HasSubstr("snippet_bytes"), HasSubstr("39"))));
  request = Ask("a");
  request.set_sort(static_cast<v1::SortOrder>(17));
  EXPECT_THAT(PlanSearch(request), StatusIs(kInvalid, AllOf(HasSubstr("sort"), HasSubstr("17"))));
  request = Ask("a");
  for (int i = 0; i < 257; ++i) request.add_minimum_positions();
  EXPECT_THAT(PlanSearch(request), StatusIs(kInvalid, AllOf(HasSubstr("minimum_positions"), HasSubstr("257"))));
}

TEST(PlanSearch, EmptyTextNeedsAFilter) {
  EXPECT_THAT(PlanSearch(Ask(" ")), StatusIs(kInvalid, AllOf(HasSubstr("query"), HasSubstr("filter"))));
  v1::SearchRequest request = Ask("");
  request.mutable_filter()->add_sites("baomau");
  const auto plan = PlanSearch(request);
  ASSERT_THAT(plan, IsOk());
  EXPECT_TRUE(plan->root.query.has_match_all());
  EXPECT_EQ(plan->root.sort, v1::SORT_ORDER_NEWEST);
}

TEST(PlanSearch, ConditionsThatWereTypedHoldBesideTheFilter) {
  v1::SearchRequest request = Ask("site:baomau -district:\"Tam Đảo\"");
  const auto alone = PlanSearch(request);
  ASSERT_THAT(alone, IsOk());
  EXPECT_FALSE(alone->finds_nothing);
  EXPECT_TRUE(alone->root.query.has_match_all());
  EXPECT_EQ(alone->root.sort, v1::SORT_ORDER_NEWEST);
  EXPECT_EQ(alone->root.filter.sites(0), "baomau");
  request.mutable_filter()->add_sites("baokhac");
  const auto both = PlanSearch(request);
  ASSERT_THAT(both, IsOk());
  EXPECT_EQ(both->root.filter.sites(0), "baokhac");
  EXPECT_EQ(both->root.filter.also(0).sites(0), "baomau");
  EXPECT_EQ(both->root.filter.without_size(), 1);
}

TEST(PlanSearch, MistakesOfTheTextNameTheColumn) {
  EXPECT_THAT(PlanSearch(Ask("lũ from:x")), StatusIs(kInvalid, HasSubstr("query: column 4: from:x")));
}

TEST(PlanSearch, TextWithoutWordsFindsNothing) {
  const auto plan = PlanSearch(Ask("?!"));
  ASSERT_THAT(plan, IsOk());
  EXPECT_TRUE(plan->finds_nothing);
}

TEST(PlanSearch, DefaultsAreTenHitsByRelevance) {
  const auto plan = PlanSearch(Ask("gốm Chu Đậu"));
  ASSERT_THAT(plan, IsOk());
  EXPECT_EQ(plan->page_size, 10U);
  EXPECT_EQ(plan->root.limit, 11U);
  EXPECT_EQ(plan->root.sort, v1::SORT_ORDER_RELEVANCE);
  EXPECT_EQ(plan->snippet_bytes, 240U);
  EXPECT_TRUE(plan->may_widen);
}

TEST(PlanSearch, LaterPagesOfAWidenedSearchStayWidened) {
  v1::SearchRequest request = Ask("gốm Chu Đậu");
  request.set_page_token(MakePageToken({v1::SortKey(), true}, request));
  const auto plan = PlanSearch(request);
  ASSERT_THAT(plan, IsOk());
  EXPECT_TRUE(plan->widened);
  EXPECT_FALSE(plan->may_widen);
  EXPECT_TRUE(plan->root.after.has_value());
  EXPECT_EQ(plan->root.query.SerializeAsString(), plan->parsed.widened.SerializeAsString());
}

TEST(PlanFacets, CountsEveryFieldWhereNoneIsNamed) {
  const auto leaf = PlanFacets(v1::FacetsRequest());
  ASSERT_THAT(leaf, IsOk());
  EXPECT_EQ(leaf->fields_size(), 5);
  EXPECT_EQ(leaf->limit(), 20U);
  EXPECT_TRUE(leaf->query().has_match_all());
}

TEST(PlanFacets, TheTextIsReadAsThatOfASearch) {
  v1::FacetsRequest request;
  request.set_query("lũ site:baomau");
  const auto leaf = PlanFacets(request);
  ASSERT_THAT(leaf, IsOk());
  EXPECT_EQ(leaf->filter().sites(0), "baomau");
  request.set_query("lũ from:x");
  EXPECT_THAT(PlanFacets(request), StatusIs(kInvalid, HasSubstr("query: column 4: from:x")));
}

TEST(PlanFacets, LimitsNameFieldValueAndLimit) {
  v1::FacetsRequest request;
  request.set_limit(1001);
  EXPECT_THAT(PlanFacets(request), StatusIs(kInvalid, AllOf(HasSubstr("limit"), HasSubstr("1001"))));
  request.set_limit(1);
  request.add_fields(v1::FACET_FIELD_SITE);
  request.add_fields(v1::FACET_FIELD_SITE);
  EXPECT_THAT(PlanFacets(request), StatusIs(kInvalid, HasSubstr("twice")));
  request.set_fields(1, v1::FACET_FIELD_UNSPECIFIED);
  EXPECT_THAT(PlanFacets(request), StatusIs(kInvalid, HasSubstr("fields")));
}

}  // namespace
}  // namespace tintinh::query
