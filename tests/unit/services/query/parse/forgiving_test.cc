// What readers type, paste and mistype is answered.
#include <random>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/query/parse/leaf_builder.h"
#include "services/query/parse/parse.h"
#include "tests/unit/services/query/parse/rendered_query.h"

namespace tintinh::query {
namespace {

// What is looked for, without weights and pairs.
std::string Words(const std::string& typed) {
  const ParsedQuery parsed = Parse(typed, Ranking::kScore);
  EXPECT_TRUE(parsed.status.ok()) << typed << ": " << parsed.status.message();
  std::set<std::string> words(parsed.strict_keys.exact.begin(), parsed.strict_keys.exact.end());
  return absl::StrCat(absl::StrJoin(words, " "), parsed.conditions.ByteSizeLong() > 0 ? " {}" : "");
}

struct Typed {
  const char* text;
  const char* words;  // exact keys
};

constexpr Typed kPlainTexts[] = {
    {"lúc 10:30", "10 30 luc1"},
    {"TP.HCM: mưa", "hcm mưa tp tphcm"},
    {"tỉ số 2:1", "1 2 sô1 ti3"},
    {"\"", ""},
    {"\"mưa", "mưa"},
    {"mưa\"", "mưa"},
    {"“mưa” gió\"", "gio1 mưa"},
    {"(mưa", "mưa"},
    {"mưa)", "mưa"},
    {")mưa(", "mưa"},
    {"(((mưa", "mưa"},
    {"((mưa)))))", "mưa"},
    {"a) mưa b) gió", "a b gio1 mưa"},
    {":) :( :-)", ""},
    {"mưa 😀🌧", "mưa"},
    {"😀", ""},
    {"+", ""},
    {"-", ""},
    {"*", ""},
    {"**mưa**", "mưa"},
    {"OR", "or"},
    {"OR OR OR", "or"},
    {"OR mưa", "mưa"},
    {"mưa OR", "mưa"},
    {"mưa OR OR gió", "gio1 mưa"},
    {"(OR) mưa", "mưa"},
    {"() mưa", "mưa"},
    {"mưa or gió", "gio1 mưa or"},
    {"mưa - gió", "gio1 mưa"},
    {"mưa + gió", "gio1 mưa"},
    {"mưa -", "mưa"},
    {"--mưa", ""},
    {"++mưa", "mưa"},
    {"title:", "title"},
    {"title: mưa", "mưa title"},
    {"site: mưa from: to:", "from mưa site to"},
    {"từ: đến:", "tư2 đên1"},
    {"to:,", "to"},
    {"https://baomau.vn/tin?id=1", "baomau https id tin vn 1"},
    {"nguyen@baomau.vn", "baomau nguyen vn"},
    {"C:\\bao\\mau", "bao c mau"},
    {"3/2", "2 3"},
    {"50%", "50"},
    {"R&D", "d r"},
    {"5*", "5"},
    {"khách sạn 5 *", "5 khach1 san5"},
    {"2 * 3", "2 3"},
    {"<b>mưa</b>", "b mưa"},
    {"' OR 1=1 --", "1"},
    {"mưa; DROP TABLE", "drop mưa table"},
    {"$(mưa)", "mưa"},
    {"[mưa] {gió}", "gio1 mưa"},
    {"mưa | gió", "gio1 mưa"},
    {"mưa && gió", "gio1 mưa"},
    {"!mưa", "mưa"},
    {"~mưa^2", "2 mưa"},
    {"mưa\t\n gió", "gio1 mưa"},
    {"\xFF\xFE", ""},
};

TEST(Parse, PlainTextOfAReaderIsNeverRefused) {
  for (const Typed& typed : kPlainTexts) {
    std::set<std::string> expected = absl::StrSplit(typed.words, ' ', absl::SkipEmpty());
    EXPECT_EQ(Words(typed.text), absl::StrJoin(expected, " ")) << typed.text;
  }
}

TEST(Parse, MistakesPointAtTheColumnThatTheReaderSees) {
  EXPECT_EQ(Parse("  mưa \t from:x", Ranking::kScore).status.message().substr(0, 17), "query: column 9: ");
  EXPECT_EQ(Parse("lu\u0303 from:x", Ranking::kScore).status.message().substr(0, 17), "query: column 4: ");
}

std::string Piece(std::mt19937& random) {
  static const char* const kPieces[] = {
      "(",   ")",     " ",       "\"",       "OR ",          " OR ",      "+",   "-",       "title:", "site:",
      "lũ ", "bao ",  "từ*",     "22-NQ/T*", "22-NQ/TW ",    "from:2021", "to:", "9/2021 ", "*",      "a b c d ",
      "ế ",  "H'Dr ", "title:(", "site:(",   "province:Hà ", "Nội ",      "-(",  "author:", ":",      "\xFF"};
  return kPieces[random() % std::size(kPieces)];
}

// The limits that an indexer keeps.
TEST(Parse, AnyPiecesOfTheLanguageStayWithinTheLimitsOfLeafQuery) {
  std::mt19937 random(11);
  int answered = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    const size_t bytes = random() % kMaxQueryBytes;
    while (text.size() < bytes) text += Piece(random);
    for (const Ranking ranking : {Ranking::kScore, Ranking::kDate}) {
      const ParsedQuery parsed = Parse(text, ranking);
      answered += parsed.status.ok() ? 1 : 0;
      ASSERT_TRUE(parsed.status.ok() || absl::StrContains(parsed.status.message(), "query: column ")) << text;
      for (const v1::LeafQuery* query : {&parsed.strict, &parsed.widened}) ASSERT_LE(CostOf(*query), 1000U) << text;
    }
  }
  EXPECT_GT(answered, 200);
}

TEST(Parse, ManyWordsInBracketsAreShortenedRatherThanRefused) {
  std::string text = "mua* lu* bao* gio* ";
  for (int i = 100; text.size() < kMaxQueryBytes - 30; ++i) absl::StrAppend(&text, "+(", i, "-NQ/TW x", i, ") ");
  const ParsedQuery parsed = Parse(text, Ranking::kScore);
  EXPECT_TRUE(parsed.status.ok());
  EXPECT_TRUE(parsed.shortened);
  EXPECT_LT(parsed.searched_terms, kMaxQueryTerms);
  EXPECT_GT(parsed.searched_terms, kMaxQueryTerms / 2);
  EXPECT_LE(CostOf(parsed.strict), 1000U);
}

TEST(Parse, LongerTextsAreCut) {
  const std::string text = absl::StrCat(std::string(kMaxQueryBytes, ' '), "from:x");
  EXPECT_TRUE(Parse(text, Ranking::kScore).status.ok());
}

}  // namespace
}  // namespace tintinh::query
