#include "services/query/alias/alias.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/text/analyzer.h"
#include "common/text/syllable.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/query/alias/data/aliases.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Aliases AliasesIn(const std::string& text) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  std::map<uint32_t, SyllableKeys> by_position;
  for (const text::Token& token : analyzed.tokens) {
    if (token.span > 1) continue;
    SyllableKeys& syllable = by_position[token.position];
    if (token.kind == text::KeyKind::kExact) syllable.exact = analyzed.Key(token);
    if (token.kind == text::KeyKind::kFolded) syllable.folded = analyzed.Key(token);
  }
  std::vector<SyllableKeys> syllables;
  for (const auto& [position, syllable] : by_position) syllables.push_back(syllable);
  return FindAliases(syllables, text::HasMark(text));
}

// The alias of `text` that has the keys of `name`.
bool Finds(const std::string& text, const std::string& name) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(name);
  std::vector<std::string> pairs;
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == text::KeyKind::kPair && token.span == 2) pairs.emplace_back(analyzed.Key(token));
  }
  const Aliases aliases = AliasesIn(text);
  return std::any_of(aliases.names.begin(), aliases.names.end(), [&](const NameKeys& keys) {
    return pairs.empty() ? keys.syllable == text::ExactKeyOf(name) : keys.pairs == pairs;
  });
}

std::string Provinces(const std::string& text) {
  std::string all;
  for (const ProvinceNames& names : AliasesIn(text).provinces) {
    absl::StrAppend(&all, names.named, " = ", names.today, " < ", absl::StrJoin(names.earlier, ", "), "; ");
  }
  return all;
}

TEST(FindAliases, AbbreviationsAndTheirWords) {
  EXPECT_TRUE(Finds("họp UBND xã", "ủy ban nhân dân"));
  EXPECT_TRUE(Finds("hop ubnd xa", "ủy ban nhân dân"));
  EXPECT_TRUE(Finds("Uỷ ban nhân dân xã", "ubnd"));
  EXPECT_TRUE(Finds("uy ban nhan dan xa", "ubnd"));
  EXPECT_TRUE(Finds("phát triển KT-XH", "kinh tế - xã hội"));
  EXPECT_TRUE(Finds("kinh tế xã hội", "KT-XH"));
  EXPECT_TRUE(Finds("Sở GD&ĐT", "giáo dục và đào tạo"));
}

TEST(FindAliases, AnAbbreviationNeedsNoMarksBesideWordsThatHaveThem) {
  EXPECT_TRUE(Finds("nghị quyết HDND", "hội đồng nhân dân"));
  EXPECT_FALSE(Finds("hỏi đông nhân dân", "HĐND")) << "words do";
}

TEST(FindAliases, AllSensesOfAnAmbiguousAbbreviation) {
  EXPECT_TRUE(Finds("BCH quân sự", "ban chấp hành"));
  EXPECT_TRUE(Finds("BCH quân sự", "bộ chỉ huy"));
  EXPECT_FALSE(Finds("ban chấp hành", "bộ chỉ huy"));
}

TEST(FindAliases, OtherNamesAndSpellingsOfPlaces) {
  EXPECT_TRUE(Finds("kẹt xe TP.HCM", "Sài Gòn"));
  EXPECT_TRUE(Finds("kẹt xe Sài Gòn", "thành phố Hồ Chí Minh"));
  EXPECT_TRUE(Finds("ca phe daklak", "Đắk Lắk"));
  EXPECT_TRUE(Finds("cà phê Đăk Lăk", "Đắc Lắc"));
  EXPECT_THAT(AliasesIn("tư tưởng Hồ Chí Minh").names, IsEmpty()) << "a person, not the city";
}

TEST(FindAliases, ProvincesOfTheOtherEpoch) {
  EXPECT_TRUE(Finds("lũ ở Vĩnh Phúc", "Phú Thọ"));
  EXPECT_FALSE(Finds("lũ ở Vĩnh Phúc", "Hòa Bình"));
  EXPECT_TRUE(Finds("lũ ở Phú Thọ", "Vĩnh Phúc"));
  EXPECT_TRUE(Finds("lu o phu tho", "Hòa Bình"));
  EXPECT_EQ(Provinces("lũ ở Vĩnh Phúc"), "Vĩnh Phúc = Phú Thọ < ; ");
  EXPECT_EQ(Provinces("lũ ở Phú Thọ"), "Phú Thọ = Phú Thọ < Vĩnh Phúc, Hòa Bình; ");
  EXPECT_EQ(Provinces("lũ ở Lạng Sơn"), "") << "the same province in both epochs";
}

TEST(FindAliases, EverydayWordsAreProvincesBehindTheirUnitOnly) {
  EXPECT_THAT(AliasesIn("hòa bình thế giới").names, IsEmpty());
  EXPECT_TRUE(Finds("tỉnh Hòa Bình", "Phú Thọ"));
}

TEST(FindAliases, WhatTheTextNamesItselfIsNoAlias) {
  EXPECT_TRUE(Finds("Vĩnh Phúc, Phú Thọ", "Hòa Bình"));
  EXPECT_THAT(AliasesIn("Vĩnh Phúc, Phú Thọ").names, SizeIs(1));
}

TEST(FindAliases, AtMostKMaxAliases) {
  std::string text;
  for (const absl::string_view line : absl::StrSplit(AliasLines(), '\n', absl::SkipEmpty())) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields[0] == "abbr") absl::StrAppend(&text, fields[1], " ");
  }
  EXPECT_THAT(AliasesIn(text).names, SizeIs(kMaxAliases));
}

TEST(AliasLines, EveryFormHasKeysAndNoMoreThanKMaxAliasPairs) {
  for (const absl::string_view line : absl::StrSplit(AliasLines(), '\n', absl::SkipEmpty())) {
    if (line[0] == '#') continue;
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    ASSERT_GE(fields.size(), 3U) << line;
    EXPECT_TRUE(fields[0] == "abbr" || fields[0] == "same") << line;
    for (size_t i = 1; i < fields.size(); ++i) {
      const Aliases aliases = AliasesIn(fields[i]);
      EXPECT_FALSE(aliases.names.empty()) << fields[i];
      for (const NameKeys& keys : aliases.names) {
        EXPECT_LE(keys.pairs.size(), kMaxAliasPairs) << line;
        EXPECT_NE(keys.pairs.empty(), keys.syllable.empty()) << line;
      }
    }
  }
}

}  // namespace
}  // namespace tintinh::query
