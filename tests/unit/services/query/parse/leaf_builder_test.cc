#include "services/query/parse/leaf_builder.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/query/parse/rendered_query.h"

namespace tintinh::query {
namespace {

BuiltQuery Build(const std::string& text, const Routing& routing, Ranking ranking) {
  const Expression expression = ReadExpression(text);
  bool shortened = false;
  const auto clauses = AnalyzeClauses(expression.clauses, kMaxQueryTerms, &shortened);
  return BuildLeafQuery(expression, clauses, routing, ranking);
}

std::string Tree(const std::string& text, const Routing& routing = kMarked, Ranking ranking = Ranking::kScore) {
  return QueryRenderer(text).Render(Build(text, routing, ranking).query);
}

TEST(BuildLeafQuery, SidesWithoutKeysAreLeftOut) {
  EXPECT_EQ(Tree("lũ OR ..."), "lũ");
  EXPECT_EQ(Tree("lũ -(... OR ?)"), "lũ");
}

TEST(BuildLeafQuery, OfWordsOnASideNearlyAllAreRequired) {
  EXPECT_EQ(Tree("a b c d e OR lũ"), "((+4 of (a b c d e) a_b^0.35 d_e^0.35 b_c^0.35 c_d^0.35) or lũ)");
}

TEST(BuildLeafQuery, ByDateGroupsAreRequiredBesideThePlainWords) {
  EXPECT_EQ(Tree("mưa lớn (lũ OR bão)", kMarked, Ranking::kDate), "+(lũ or bão) 2 of (mưa lớn)");
  EXPECT_EQ(Tree("mưa xây* lớn", kMarked, Ranking::kDate), "3 of (mưa xây* lớn)");
}

TEST(BuildLeafQuery, WideningReachesIntoGroupsButExcludesNoMore) {
  EXPECT_EQ(Tree("(lũ OR bão) -(mưa OR gió)", kWidened), "+((lũ or ~lu^0.3) or (bão or ~bao^0.3)) -(mưa or gió)");
  EXPECT_EQ(Tree("xây* -nhà*", kWidened), "(xây* or ~xay*^0.3) -nha*");
}

TEST(BuildLeafQuery, ASideThatOnlyExcludesIsEverythingElse) {
  EXPECT_EQ(Tree("lũ OR -bão"), "(lũ or (+everything -bão))");
}

TEST(BuildLeafQuery, OnlyWhatIsWantedIsToBeMarked) {
  const BuiltQuery built = Build("lũ OR (bão -gió) -(mưa xuâ*) thá*", kMarked, Ranking::kScore);
  EXPECT_THAT(built.wanted.exact, ::testing::UnorderedElementsAre("lu4", "bao4"));
  EXPECT_THAT(built.wanted.exact_prefixes, ::testing::ElementsAre("tha"));
  EXPECT_TRUE(built.wanted.folded_prefixes.empty());
  const BuiltQuery folded = Build("tha* 22-NQ*", kUnmarked, Ranking::kScore);
  EXPECT_THAT(folded.wanted.folded_prefixes, ::testing::ElementsAre("tha"));
  EXPECT_THAT(folded.wanted.identifier_prefixes, ::testing::ElementsAre("22-NQ"));
}

uint32_t ExpansionsOf(const std::string& text, const Routing& routing) {
  const v1::LeafQuery query = Build(text, routing, Ranking::kScore).query;
  return query.boolean().should(0).boolean().should(0).prefix().expansions();
}

TEST(BuildLeafQuery, PrefixesShareTheirExpansions) {
  EXPECT_EQ(ExpansionsOf("xây*", kMarked), 64U);
  EXPECT_EQ(ExpansionsOf("xây* nhà* máy* bay*", kMarked), 32U);
  EXPECT_EQ(ExpansionsOf("xây* nhà* máy* bay*", kWidened), 16U);
}

TEST(CostOf, CountsNodesAndExpansions) {
  EXPECT_EQ(CostOf(v1::LeafQuery()), 1U);
  EXPECT_EQ(CostOf(Build("lũ", kMarked, Ranking::kScore).query), 4U);
  EXPECT_EQ(CostOf(Build("+xây*", kMarked, Ranking::kScore).query), 2U + 3U * 65U);
}

uint32_t DepthOf(const v1::LeafQuery& query) {
  uint32_t depth = 0;
  for (const auto& child : query.boolean().must()) depth = std::max(depth, DepthOf(child));
  for (const auto& child : query.boolean().should()) depth = std::max(depth, DepthOf(child));
  for (const auto& child : query.boolean().must_not()) depth = std::max(depth, DepthOf(child));
  return depth + 1;
}

TEST(BuildLeafQuery, TheDeepestGroupsStayWithinTheLimitOfALeafQuery) {
  std::string longest = "\"";
  for (int i = 0; i < 40; ++i) absl::StrAppend(&longest, "a", i, " ");
  for (std::string text : {std::string("lu quet"), longest + "\"", std::string("\"lu quet\"")}) {
    for (size_t i = 0; i < kMaxGroupDepth; ++i) text = absl::StrCat("+(x +(y OR ", text, "))");
    const BuiltQuery built = Build(text + " OR z", kUnmarked, Ranking::kScore);
    EXPECT_FALSE(ReadExpression(text).mistake.has_value() && DepthOf(built.query) > 16) << DepthOf(built.query);
    EXPECT_LE(DepthOf(built.query), 16U) << text;
  }
}

}  // namespace
}  // namespace tintinh::query
