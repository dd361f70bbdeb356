#include "services/query/parse/analyzed_clause.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::SizeIs;

TEST(AnalyzeClauses, SortsKeysByKind) {
  bool shortened = false;
  const auto clauses = AnalyzeClauses(ReadClauses("sông Đà"), 64, &shortened);
  ASSERT_THAT(clauses, SizeIs(1));
  EXPECT_THAT(clauses[0].exact, SizeIs(2));
  EXPECT_THAT(clauses[0].folded, SizeIs(2));
  EXPECT_THAT(clauses[0].pairs, SizeIs(1));
  EXPECT_EQ(clauses[0].folded[1].bytes, "da");
  EXPECT_TRUE(clauses[0].marked);
  EXPECT_FALSE(shortened);
}

TEST(AnalyzeClauses, KeysSayHowManyPositionsTheyCover) {
  bool shortened = false;
  const auto clauses = AnalyzeClauses(ReadClauses("Ia H'Drai"), 64, &shortened);
  ASSERT_THAT(clauses, SizeIs(1));
  std::string spans;
  for (const Key& key : clauses[0].exact) absl::StrAppend(&spans, key.bytes, " ", key.span, " ");
  EXPECT_EQ(spans, "ia 1 h 1 hdrai 2 drai 1 ");
}

std::string GrammarWords(const char* text) {
  bool shortened = false;
  std::string words;
  for (const AnalyzedClause& clause : AnalyzeClauses(ReadClauses(text), 64, &shortened)) {
    for (const Key& key : clause.folded) absl::StrAppend(&words, key.grammar ? key.bytes : "", key.grammar ? " " : "");
  }
  return words;
}

TEST(AnalyzeClauses, SaysWhichSyllablesAreGrammarWords) {
  EXPECT_EQ(GrammarWords("lá cờ là gì"), "la gi ");
  EXPECT_EQ(GrammarWords("la co la gi"), "la co la gi ") << "without marks each may be one";
}

TEST(AnalyzeClauses, SaysOfWhichClauseTheKeysAreAndHowItIsMeant) {
  const std::vector<Clause> given = {{Occur::kMust, false, "..."},
                                     {Occur::kMust, false, "xây", true, Where::kTitle},
                                     {Occur::kShould, false, "xây-dựng", true}};
  bool shortened = false;
  const auto clauses = AnalyzeClauses(given, 64, &shortened);
  ASSERT_THAT(clauses, SizeIs(2));
  EXPECT_EQ(clauses[0].index, 1U);
  EXPECT_EQ(clauses[0].where, Where::kTitle);
  ASSERT_TRUE(clauses[0].prefix.has_value());
  EXPECT_EQ(clauses[0].prefix->exact, "xây");
  EXPECT_FALSE(clauses[1].prefix.has_value()) << "several syllables are no beginning of one";
}

TEST(AnalyzeClauses, StopsAtMaxTermsOverAllClausesAndSaysSo) {
  bool shortened = false;
  const auto clauses = AnalyzeClauses(ReadClauses("\"ba bốn năm\" +sáu bảy tám chín"), 5, &shortened);
  ASSERT_THAT(clauses, SizeIs(3));
  EXPECT_THAT(clauses[0].exact, SizeIs(3));
  EXPECT_THAT(clauses[2].exact, SizeIs(1));
  EXPECT_TRUE(shortened);
}

TEST(AnalyzeClauses, LeavesOutClausesWithoutKeys) {
  bool shortened = false;
  EXPECT_THAT(AnalyzeClauses(ReadClauses("\"...\" +? !!"), 64, &shortened), SizeIs(0));
  EXPECT_FALSE(shortened);
}

TEST(OnePerPosition, PrefersTheShortestSpan) {
  const std::vector<Key> keys = {{"ia", 0, 0, 2}, {"hdrai", 1, 3, 9}, {"h", 1, 3, 4}, {"drai", 2, 5, 9}};
  std::string joined;
  for (const Key* key : OnePerPosition(keys)) absl::StrAppend(&joined, key->bytes, " ");
  EXPECT_EQ(joined, "ia h drai ");
}

}  // namespace
}  // namespace tintinh::query
