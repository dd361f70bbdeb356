#include "services/query/parse/parse.h"

#include <map>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

struct Shape {
  int nodes = 0;
  int depth = 0;
  std::map<v1::KeyKind, int> terms;
  int phrases = 0;
};

void Measure(const v1::LeafQuery& query, int depth, Shape& shape) {
  ++shape.nodes;
  shape.depth = std::max(shape.depth, depth);
  if (query.has_term()) ++shape.terms[query.term().kind()];
  if (query.has_phrase()) ++shape.phrases;
  for (const auto& child : query.boolean().must()) Measure(child, depth + 1, shape);
  for (const auto& child : query.boolean().should()) Measure(child, depth + 1, shape);
  for (const auto& child : query.boolean().must_not()) Measure(child, depth + 1, shape);
}

Shape ShapeOf(const v1::LeafQuery& query) {
  Shape shape;
  Measure(query, 1, shape);
  return shape;
}

bool IsSet(const v1::LeafQuery& query) { return query.node_case() != v1::LeafQuery::NODE_NOT_SET; }

float WeightOf(const v1::LeafQuery& query, v1::KeyKind kind) {
  for (const auto& child : query.boolean().should()) {
    if (child.term().kind() == kind && child.term().part() == v1::PART_BODY) return child.term().weight();
  }
  return 0;
}

TEST(Parse, MarkedWordsAreTakenAsTypedWithPairsBeside) {
  const ParsedQuery parsed = Parse("hạn hán kéo dài", Ranking::kScore);
  const Shape shape = ShapeOf(parsed.strict);
  EXPECT_EQ(shape.terms.at(v1::KEY_KIND_EXACT), 12);
  EXPECT_EQ(shape.terms.at(v1::KEY_KIND_PAIR), 9);
  EXPECT_EQ(shape.terms.count(v1::KEY_KIND_FOLDED), 0U);
  EXPECT_FLOAT_EQ(WeightOf(parsed.strict, v1::KEY_KIND_EXACT), 1.0F);
  EXPECT_FLOAT_EQ(WeightOf(parsed.strict, v1::KEY_KIND_PAIR), 0.35F);
}

TEST(Parse, WideningAddsFoldedKeysAtAPenalty) {
  const ParsedQuery parsed = Parse("hạn hán Ninh Thuận", Ranking::kScore);
  const Shape shape = ShapeOf(parsed.widened);
  EXPECT_EQ(shape.terms.at(v1::KEY_KIND_EXACT), 12);
  EXPECT_EQ(shape.terms.at(v1::KEY_KIND_FOLDED), 9) << "two of the four syllables fold alike";
  EXPECT_LT(WeightOf(parsed.widened, v1::KEY_KIND_FOLDED), WeightOf(parsed.widened, v1::KEY_KIND_EXACT));
}

TEST(Parse, WithoutAnyMarkWordsMatchWhateverTheirMarks) {
  const ParsedQuery parsed = Parse("han han ninh thuan", Ranking::kScore);
  const Shape shape = ShapeOf(parsed.strict);
  EXPECT_EQ(shape.terms.at(v1::KEY_KIND_FOLDED), 9) << "two of the four syllables are equal";
  EXPECT_EQ(shape.terms.count(v1::KEY_KIND_EXACT), 0U);
  EXPECT_FLOAT_EQ(WeightOf(parsed.strict, v1::KEY_KIND_PAIR), 0.6F);
  EXPECT_FALSE(IsSet(parsed.widened));
}

TEST(Parse, OneOrTwoUnmarkedSyllablesPreferTheExactSpelling) {
  const ParsedQuery parsed = Parse("thi ca", Ranking::kScore);
  EXPECT_GT(WeightOf(parsed.strict, v1::KEY_KIND_EXACT), 0);
  EXPECT_LT(WeightOf(parsed.strict, v1::KEY_KIND_EXACT), WeightOf(parsed.strict, v1::KEY_KIND_FOLDED));
}

TEST(Parse, CaseAndFormDoNotMatter) {
  const std::string lower = Parse("hà tĩnh", Ranking::kScore).strict.SerializeAsString();
  EXPECT_EQ(Parse("HÀ TĨNH", Ranking::kScore).strict.SerializeAsString(), lower);
  EXPECT_EQ(Parse("ha\u0300 ti\u0303nh", Ranking::kScore).strict.SerializeAsString(), lower);
}

TEST(Parse, DocumentNumbersCountMoreThanTheirParts) {
  const ParsedQuery parsed = Parse("nghị quyết 35-NQ/TW", Ranking::kScore);
  EXPECT_GT(WeightOf(parsed.strict, v1::KEY_KIND_IDENTIFIER), WeightOf(parsed.strict, v1::KEY_KIND_EXACT));
}

TEST(Parse, PhrasesWithMarksAreRequiredByPosition) {
  const ParsedQuery parsed = Parse("\"nước mặn\" đồng lúa", Ranking::kScore);
  ASSERT_EQ(parsed.strict.boolean().must_size(), 1);
  EXPECT_EQ(ShapeOf(parsed.strict).phrases, 3);
  EXPECT_GT(parsed.strict.boolean().should_size(), 0);
  EXPECT_EQ(parsed.strict.boolean().minimum_should(), 0U) << "plain words stay optional";
}

TEST(Parse, PhrasesWithoutMarksMatchByFoldedKeysAndPairs) {
  const ParsedQuery parsed = Parse("\"nuoc man\"", Ranking::kScore);
  const v1::BooleanQuery& either = parsed.strict.boolean().must(0).boolean();
  ASSERT_EQ(either.should_size(), 2);
  const v1::BooleanQuery& title = either.should(1).boolean().should(0).boolean();
  ASSERT_EQ(title.must_size(), 3);
  EXPECT_EQ(title.must(0).term().kind(), v1::KEY_KIND_FOLDED);
  EXPECT_EQ(title.must(2).term().kind(), v1::KEY_KIND_PAIR);
}

TEST(Parse, SignsRequireAndExclude) {
  const ParsedQuery parsed = Parse("+lúa gạo -xuất", Ranking::kScore);
  EXPECT_EQ(parsed.strict.boolean().must_size(), 1);
  EXPECT_EQ(parsed.strict.boolean().must_not_size(), 1);
}

TEST(Parse, WideningExcludesNoMoreThanTheReaderDid) {
  const ParsedQuery parsed = Parse("lúa -má", Ranking::kScore);
  EXPECT_EQ(parsed.widened.boolean().must_not(0).SerializeAsString(),
            parsed.strict.boolean().must_not(0).SerializeAsString());
}

TEST(Parse, OnlyExclusionsMatchEverythingElse) {
  const ParsedQuery parsed = Parse("-bão", Ranking::kScore);
  EXPECT_TRUE(parsed.only_exclusions);
  ASSERT_EQ(parsed.strict.boolean().must_size(), 1);
  EXPECT_TRUE(parsed.strict.boolean().must(0).has_match_all());
  EXPECT_FALSE(IsSet(parsed.widened));
}

TEST(Parse, ByDateNearlyAllPlainWordsAreRequired) {
  EXPECT_EQ(Parse("lũ lụt miền Trung", Ranking::kDate).strict.boolean().minimum_should(), 4U);
  EXPECT_EQ(Parse("lũ", Ranking::kDate).strict.boolean().minimum_should(), 1U);
  EXPECT_EQ(Parse("a b c d e f g h ế", Ranking::kDate).strict.boolean().minimum_should(), 7U);
}

TEST(Parse, ByDateUnmarkedWordsNeedHalfOfTheirPairs) {
  const ParsedQuery parsed = Parse("bao hiem y te", Ranking::kDate);
  ASSERT_EQ(parsed.strict.boolean().must_size(), 1);
  EXPECT_EQ(parsed.strict.boolean().must(0).boolean().should_size(), 3);
  EXPECT_EQ(parsed.strict.boolean().must(0).boolean().minimum_should(), 2U);
  EXPECT_EQ(parsed.widened.boolean().must_size(), 0);
  EXPECT_EQ(parsed.strict.boolean().minimum_should(), 4U) << "and the words, although something is required";
}

TEST(Parse, TextWithoutLettersAndDigitsSetsNoNode) {
  EXPECT_FALSE(IsSet(Parse("?! ... \"\" + -", Ranking::kScore).strict));
  EXPECT_FALSE(IsSet(Parse("", Ranking::kScore).strict));
}

TEST(Parse, BeyondTheTermLimitTheRestIsLeftOut) {
  std::string text;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, "từ", i % 10, "x ");
  const ParsedQuery parsed = Parse(text, Ranking::kScore);
  EXPECT_TRUE(parsed.shortened);
  EXPECT_FALSE(Parse("vừa đủ", Ranking::kScore).shortened);
}

TEST(Parse, AnyBytesGiveAQueryWithinTheLimitsOfLeafQuery) {
  std::mt19937 random(7);
  const std::string pieces[] = {"\"",        "+",  "-",    " ",     "ệ", "e\u0323\u0302",
                                "22-NQ/TW ", "H'", "\xFF", "3.500", "a", "…"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    while (text.size() < kMaxQueryBytes) text += pieces[random() % std::size(pieces)];
    for (const Ranking ranking : {Ranking::kScore, Ranking::kDate}) {
      const ParsedQuery parsed = Parse(text, ranking);
      for (const v1::LeafQuery* query : {&parsed.strict, &parsed.widened}) {
        const Shape shape = ShapeOf(*query);
        ASSERT_LE(shape.nodes, 1000) << text;
        ASSERT_LE(shape.depth, 6) << text;
      }
    }
  }
}

TEST(Parse, ManyOneLetterWordsStayWithinTheLimits) {
  std::string text = "ế ";
  for (char c = 'a'; text.size() < kMaxQueryBytes - 4; c = c == 'z' ? 'a' : static_cast<char>(c + 1)) {
    absl::StrAppend(&text, "+", std::string(1, c), " ");
  }
  EXPECT_LE(ShapeOf(Parse(text, Ranking::kScore).widened).nodes, 1000);
}

int AlternativesOf(const v1::LeafQuery& query) {
  int alternatives = 0;
  for (const auto& child : query.boolean().should()) alternatives += child.has_boolean() ? 1 : 0;
  return alternatives;
}

TEST(Parse, OtherNamesOfWhatIsNamedAreLookedForAtALowWeight) {
  EXPECT_EQ(AlternativesOf(Parse("UBND xã", Ranking::kScore).strict), 1);
  EXPECT_EQ(AlternativesOf(Parse("ubnd xa", Ranking::kScore).strict), 1);
  EXPECT_EQ(AlternativesOf(Parse("xã", Ranking::kScore).strict), 0);
}

TEST(Parse, WhatIsDemandedOrExcludedIsMeantAsTyped) {
  EXPECT_EQ(AlternativesOf(Parse("\"UBND xã\" -HĐND", Ranking::kScore).strict), 0);
}

TEST(Parse, ByDateNothingIsLookedForByOtherNames) {
  EXPECT_TRUE(Parse("lũ ở Vĩnh Phúc", Ranking::kDate).provinces.empty()) << "no rank would put it behind";
}

TEST(Parse, ProvincesOfTheOtherEpochAreNamed) {
  const ParsedQuery parsed = Parse("lũ ở Vĩnh Phúc", Ranking::kScore);
  ASSERT_EQ(parsed.provinces.size(), 1U);
  EXPECT_EQ(parsed.provinces[0].named, "Vĩnh Phúc");
  EXPECT_EQ(parsed.provinces[0].today, "Phú Thọ");
}

TEST(Parse, AliasesOfAllClausesTogetherAreBounded) {
  std::string text;
  for (int i = 0; i < 8; ++i) absl::StrAppend(&text, "UBND HĐND MTTQ BCH \"hai ba\" ");
  EXPECT_LE(AlternativesOf(Parse(text, Ranking::kScore).strict), static_cast<int>(kMaxAliases));
}

TEST(Parse, AFullQueryWithTheLongestAliasesStaysWithinTheLimits) {
  std::string text = "LĐTBXH NNPTNT VHTTDL KHCN TNMT GDĐT BTC ";
  for (int i = 0; text.size() < kMaxQueryBytes - 8; ++i) absl::StrAppend(&text, "hộ", i, "i ");
  EXPECT_EQ(AlternativesOf(Parse(text, Ranking::kScore).widened), static_cast<int>(kMaxAliases));
  EXPECT_LE(ShapeOf(Parse(text, Ranking::kScore).widened).nodes, 1000);
}

}  // namespace
}  // namespace tintinh::query
