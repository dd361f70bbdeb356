#include "services/query/parse/tokens.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

// What is no text: "OR", "(", ")", "prefix*", "scope=value", with signs.
std::string Read(const std::string& text) {
  std::vector<std::string> words;
  for (const Token& token : ReadTokens(text)) {
    const char* sign = token.occur == Occur::kShould ? "" : token.occur == Occur::kMust ? "+" : "-";
    const std::string scope = absl::StrCat(sign, NameOf(token.scope), token.scope == Scope::kNone ? "" : "=");
    if (token.kind == TokenKind::kOr) words.push_back("OR");
    if (token.kind == TokenKind::kOpen) words.push_back(scope + "(");
    if (token.kind == TokenKind::kClose) words.push_back(")");
    if (token.kind == TokenKind::kPrefix) words.push_back(absl::StrCat(scope, token.value, "*"));
    if (token.kind == TokenKind::kScoped) words.push_back(absl::StrCat(scope, token.value, token.prefix ? "*" : ""));
    if (token.kind == TokenKind::kText) words.push_back("_");
  }
  std::string result;
  for (const std::string& word : words) absl::StrAppend(&result, result.empty() ? "" : " ", word);
  return result;
}

TEST(ReadTokens, OperatorsScopesAndPrefixes) {
  EXPECT_EQ(Read("lũ OR +bão"), "_ OR _");
  EXPECT_EQ(Read("-(lũ OR bão)"), "-( _ OR _ )");
  EXPECT_EQ(Read("title:lũ -site:x xay*"), "title=lũ -site=x xay*");
  EXPECT_EQ(Read("title:(lũ bão)"), "title=( _ _ )");
  EXPECT_EQ(Read("title:xây* from:\"9/2021\""), "title=xây* from=9/2021");
}

TEST(ReadTokens, BracketsOfPlainWordsAreText) {
  EXPECT_EQ(Read("lũ (Lào Cai) OR bão"), "_ _ _ _ _ OR _");
  EXPECT_EQ(Read("((((lũ)))) OR bão"), "_ _ _ _ _ _ _ _ _ OR _");
  EXPECT_EQ(Read("((lũ OR bão))"), "_ ( _ OR _ ) _");
}

TEST(ReadTokens, WhereNothingElseMeansAnythingBracketsDoNot) {
  EXPECT_EQ(Read("(\"sông Lô\" mưa)"), "_ _ _ _");
  EXPECT_EQ(Read("(\"sông Lô\" mưa) OR bão"), "( _ _ ) OR _");
}

TEST(ReadTokens, WhatIsNotClosedIsText) {
  EXPECT_EQ(Read("(lũ OR bão"), "_ _ OR _");
  EXPECT_EQ(Read("lũ OR bão)"), "_ OR _");
  EXPECT_EQ(Read("site:(lũ OR x"), "_ _ OR _");
  EXPECT_EQ(Read(")( OR"), "_ OR") << "a bracket inside a word";
}

TEST(ReadTokens, BracketsInsideWordsAreText) {
  EXPECT_EQ(Read("(f(x) OR y)"), "( _ OR _ )");
  EXPECT_EQ(Read("Quảng Nam(cũ) OR x"), "_ _ OR _");
}

TEST(ReadTokens, ScopesWithoutAValueAreText) {
  EXPECT_EQ(Read("title: lũ"), "_ _");
  EXPECT_EQ(Read("site:"), "_");
  EXPECT_EQ(Read("site:... to:, -from:?"), "_ _ _");
  EXPECT_EQ(Read("lúc 10:30 TP.HCM: mưa"), "_ _ _ _");
  EXPECT_EQ(Read("site:\"\""), "_");
}

TEST(ReadTokens, SignsOfTheSentenceAreNoValue) {
  EXPECT_EQ(Read("site:x, to:2021. xay*?"), "site=x to=2021 xay*");
  EXPECT_EQ(Read("site:\"x"), "site=x") << "a quote never closed";
}

TEST(ReadTokens, StarsThatEndNoBeginningAreText) {
  EXPECT_EQ(Read("5* * ** a*b **x** xây** *x x*"), "_ _ _ _ _ _ _ _");
}

TEST(ReadTokens, PlacesGoOnOverWords) {
  EXPECT_EQ(Read("province:Phú Thọ lũ"), "province=Phú Thọ _");
  EXPECT_EQ(Read("(province:Hà Nội) OR x"), "( province=Hà Nội ) OR _");
  EXPECT_EQ(Read("site:Phú Thọ"), "site=Phú _");
}

TEST(ReadTokens, PhrasesHideWhatIsInThem) {
  EXPECT_EQ(Read("\"lũ OR (bão\" OR \"site:x xay*\""), "_ OR _");
  EXPECT_EQ(Read("(a \"b) c\" OR d)"), "( _ _ OR _ )");
}

TEST(ReadTokens, PartnersNameEachOther) {
  const std::vector<Token> tokens = ReadTokens("-(a (b OR c))");
  ASSERT_EQ(tokens.size(), 8U);
  EXPECT_EQ(tokens[0].partner, 7U);
  EXPECT_EQ(tokens[2].partner, 6U);
  EXPECT_EQ(tokens[6].partner, 2U);
}

TEST(CountLetters, MarksAndSignsAreNone) {
  EXPECT_EQ(CountLetters("lu\u0303, 5!"), 3U);
  EXPECT_EQ(CountLetters("😀 \xFF"), 0U);
}

}  // namespace
}  // namespace tintinh::query
