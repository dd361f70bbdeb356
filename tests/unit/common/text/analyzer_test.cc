#include "common/text/analyzer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

// "key@position" of every token of one kind; a span above 1 is added as "+span".
std::vector<std::string> Keys(KeyKind kind, absl::string_view source) {
  const AnalyzedText text = Analyzer().Analyze(source);
  std::vector<std::string> keys;
  for (const Token& token : text.tokens) {
    if (token.kind != kind) continue;
    keys.push_back(absl::StrCat(text.Key(token), "@", token.position));
    if (token.span > 1) absl::StrAppend(&keys.back(), "+", token.span);
  }
  return keys;
}

std::vector<std::string> Exact(absl::string_view source) { return Keys(KeyKind::kExact, source); }
std::vector<std::string> Folded(absl::string_view source) { return Keys(KeyKind::kFolded, source); }
std::vector<std::string> Pairs(absl::string_view source) { return Keys(KeyKind::kPair, source); }

std::vector<std::string> Everything(absl::string_view source) {
  std::vector<std::string> all;
  for (const KeyKind kind : {KeyKind::kExact, KeyKind::kFolded, KeyKind::kPair, KeyKind::kIdentifier}) {
    for (std::string& key : Keys(kind, source)) all.push_back(absl::StrCat(static_cast<int>(kind), " ", key));
  }
  return all;
}

// The bare keys of a kind, for comparisons between texts of different length.
std::vector<std::string> BareKeys(KeyKind kind, absl::string_view source) {
  const AnalyzedText text = Analyzer().Analyze(source);
  std::vector<std::string> keys;
  for (const Token& token : text.tokens) {
    if (token.kind == kind) keys.emplace_back(text.Key(token));
  }
  return keys;
}

TEST(AnalyzerTest, EverySyllableHasAnExactAndAFoldedKeyAtItsPosition) {
  EXPECT_THAT(Exact("Hội nghị tỉnh ủy"), ElementsAre("hôi5@0", "nghi5@1", "tinh3@2", "uy3@3"));
  EXPECT_THAT(Folded("Hội nghị tỉnh ủy"), ElementsAre("hoi@0", "nghi@1", "tinh@2", "uy@3"));
  EXPECT_EQ(Analyzer().Analyze("Hội nghị tỉnh ủy").positions, 4U);
}

TEST(AnalyzerTest, OffsetsPointIntoTheSourceEvenWhenItIsDecomposed) {
  const std::string source = "Vie\xCC\xA3\xCC\x82t\xC2\xAD  Nam";  // Việt in NFD, then a soft hyphen
  const AnalyzedText text = Analyzer().Analyze(source);
  const auto covered = [&source](const Token& token) { return source.substr(token.begin, token.end - token.begin); };
  EXPECT_EQ(covered(text.tokens.front()), "Vie\xCC\xA3\xCC\x82t");
  EXPECT_EQ(covered(text.tokens.back()), "Nam");
}

TEST(AnalyzerTest, DecomposedInputGivesTheKeysOfComposedInput) {
  EXPECT_EQ(
      Everything("Đại hội Đảng bộ huyện Lập Thạch"),
      Everything("Đa\xCC\xA3i ho\xCC\xA3\xCC\x82i Đa\xCC\x89ng bo\xCC\x82\xCC\xA3 huyê\xCC\xA3n L\xC3\xA2\xCC\xA3p "
                 "Tha\xCC\xA3"
                 "ch"));
}

TEST(AnalyzerTest, UpperCaseGivesTheKeysOfLowerCase) {
  EXPECT_EQ(Everything("UBND TỈNH RA QĐ SỐ 12/2024/QĐ-UBND VỀ IA H’DRAI, TP.HCM, T.Ư"),
            Everything("ubnd tỉnh ra qđ số 12/2024/qđ-ubnd về ia h’drai, tp.hcm, t.ư"));
}

TEST(AnalyzerTest, ApostropheNamesGivePartsAndTheJoinedForm) {
  EXPECT_THAT(Exact("Ia H'Drai"), ElementsAre("ia@0", "h@1", "hdrai@1+2", "drai@2"));
  EXPECT_THAT(Folded("huyện M’Đrắk"), ElementsAre("huyen@0", "m@1", "mdrak@1+2", "drak@2"));
  for (const char* form : {"Ia H'Drai", "IA H’DRAI", "ia h' drai", "Ia H´Drai", "Ia H`Drai", "Ia Hʼ Drai"}) {
    EXPECT_EQ(Everything(form), Everything("Ia H’Drai")) << form;
    EXPECT_THAT(BareKeys(KeyKind::kExact, form), IsSupersetOf(BareKeys(KeyKind::kExact, "ia hdrai"))) << form;
    EXPECT_THAT(BareKeys(KeyKind::kPair, form), IsSupersetOf(BareKeys(KeyKind::kPair, "ia hdrai"))) << form;
  }
}

TEST(AnalyzerTest, SpansSayHowManyPositionsAJoinedFormCovers) {
  EXPECT_THAT(Exact("tại TP.HCM"), ElementsAre("tai5@0", "tp@1", "tphcm@1+2", "hcm@2"));
  EXPECT_THAT(Keys(KeyKind::kIdentifier, "theo 22-NQ/TW"), ElementsAre("22-NQ/TW@1+3"));
}

TEST(AnalyzerTest, TheDottedAndTheSolidAbbreviationMeet) {
  for (const char* form : {"TP.HCM", "TP. HCM", "tp.hcm"}) {
    EXPECT_THAT(BareKeys(KeyKind::kExact, form), IsSupersetOf(BareKeys(KeyKind::kExact, "TPHCM"))) << form;
    EXPECT_THAT(BareKeys(KeyKind::kExact, form), IsSupersetOf(BareKeys(KeyKind::kExact, "TP HCM"))) << form;
    EXPECT_THAT(BareKeys(KeyKind::kPair, form), IsSupersetOf(BareKeys(KeyKind::kPair, "TP HCM"))) << form;
  }
}

TEST(AnalyzerTest, AnUnmarkedQueryMeetsTheFoldedKeysAndPairsOfAMarkedText) {
  EXPECT_EQ(Folded("lap thach"), Folded("Lập Thạch"));
  EXPECT_EQ(Pairs("lap thach"), Pairs("Lập Thạch"));
  EXPECT_EQ(Pairs("my thuat"), Pairs("mĩ thuật"));
}

TEST(AnalyzerTest, DocumentNumbersGiveTheirPartsAsSyllables) {
  EXPECT_THAT(Exact("22-NQ/TW"), ElementsAre("22@0", "nq@1", "tw@2"));
  EXPECT_EQ(Everything("22-nq/tw"), Everything("22 – NQ/TW"));
  EXPECT_THAT(BareKeys(KeyKind::kIdentifier, "22-nq/tw"), ElementsAre("22-NQ/TW"));
}

TEST(AnalyzerTest, GroupedNumbersTakeOnePosition) {
  EXPECT_THAT(Exact("3.500 hộ"), ElementsAre("3500@0", "hô5@1"));
  EXPECT_EQ(Exact("3.500 hộ"), Exact("3500 hộ"));
}

TEST(AnalyzerTest, EthGivesTheKeysOfD) { EXPECT_EQ(Everything("Ðà Lạt, HÐND"), Everything("Đà Lạt, HĐND")); }

TEST(AnalyzerTest, InvisibleCharactersDoNotChangeKeys) {
  EXPECT_EQ(Everything("Hà​ N­ội﻿ 22‍-NQ/TW"), Everything("Hà Nội 22-NQ/TW"));
}

TEST(AnalyzerTest, AFullStopAfterAnAbbreviationEndsNoSentence) {
  EXPECT_EQ(Pairs("TP. Hồ Chí Minh"), Pairs("TP Hồ Chí Minh"));
  EXPECT_EQ(Pairs("về xã. Hồ").size(), 1U);
}

TEST(AnalyzerTest, PairsAreTheirEightBytesInOrder) {
  const std::vector<std::string> keys = BareKeys(KeyKind::kPair, "lập thạch");
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].size(), 8U);
  EXPECT_NE(keys, BareKeys(KeyKind::kPair, "thạch lập"));
}

// Changing any of these means raising Analyzer::kVersion.
TEST(AnalyzerTest, KeysOfVersionTwoNeverChange) {
  EXPECT_EQ(Analyzer::kVersion, 2U);
  EXPECT_THAT(BareKeys(KeyKind::kExact, "Kỹ sư Nguyễn Thị Quý, đường A1, 3.500 m²"),
              ElementsAre("ki4", "sư", "nguyên4", "thi5", "qui1", "đương2", "a10", "3500", "m20"));
  EXPECT_THAT(BareKeys(KeyKind::kFolded, "Kỹ sư Nguyễn Thị Quý, đường A1, 3.500 m²"),
              ElementsAre("ki", "su", "nguyen", "thi", "qui", "duong", "a1", "3500", "m2"));
  EXPECT_THAT(BareKeys(KeyKind::kPair, "lập thạch"), ElementsAre("\xDD\xAA\xE7`\x02\xC9(\x0F"));
}

TEST(AnalyzerTest, OtherScriptsAndGarbageAreTakenAsTheyAre) {
  EXPECT_THAT(Folded("Москва 中文"), ElementsAre("москва@0", "中文@1"));
  EXPECT_THAT(Exact(""), IsEmpty());
  EXPECT_THAT(Exact("\xFF\xE1\xBA…"), IsEmpty());
  EXPECT_THAT(Folded("xã\xE1\xBA Yên"), ElementsAre("xa@0", "yen@1"));
}

TEST(AnalyzerTest, PositionsNeverFallWithinAKind) {
  const AnalyzedText text = Analyzer().Analyze("Ia H'Drai, TP.HCM, K’Bang’X hdrai 22-NQ/TW 3/11 T.Ư.W a@b.vn");
  std::vector<uint32_t> last(5, 0);
  for (const Token& token : text.tokens) {
    EXPECT_GE(token.position, last[static_cast<size_t>(token.kind)]);
    last[static_cast<size_t>(token.kind)] = token.position;
  }
}

TEST(AnalyzerTest, AnalyzingIntoUsedMemoryLeavesNothingOfTheTextBefore) {
  const Analyzer analyzer;
  AnalyzedText reused;
  for (const char* source : {"Ia H’Drai, TP.HCM. Ngày 3/11, 22-NQ/TW", "xã", "", "3.500 hộ ở TP. Hồ Chí Minh"}) {
    analyzer.Analyze(source, &reused);
    const AnalyzedText fresh = analyzer.Analyze(source);
    EXPECT_EQ(reused.keys, fresh.keys);
    EXPECT_EQ(reused.positions, fresh.positions);
    ASSERT_EQ(reused.tokens.size(), fresh.tokens.size());
    for (size_t i = 0; i < fresh.tokens.size(); ++i) {
      EXPECT_EQ(reused.Key(reused.tokens[i]), fresh.Key(fresh.tokens[i]));
      EXPECT_EQ(reused.tokens[i].position, fresh.tokens[i].position);
    }
  }
}

TEST(AnalyzerTest, LongTextsAreAnalyzedInTheMemoryOfTheTextBefore) {
  std::string source;
  while (source.size() < 10000) source += "Hội nghị tỉnh ủy bàn về phát triển hạ tầng giao thông nông thôn, ";
  const Analyzer analyzer;
  AnalyzedText text;
  analyzer.Analyze(source, &text);
  const auto* const tokens = text.tokens.data();
  const auto* const words = text.words.data();
  const char* const keys = text.keys.data();
  for (int i = 0; i < 3; ++i) analyzer.Analyze(source, &text);
  EXPECT_EQ(text.tokens.data(), tokens);
  EXPECT_EQ(text.words.data(), words);
  EXPECT_EQ(text.keys.data(), keys);
}

TEST(AnalyzerTest, MemoryIsBoundedByTheInputOnHostileInput) {
  for (const char* part : {"h'", "123.", "1/2020-", "a.", "a@", "1/", "ạ́", "́", "x", "https://", "T.", "ð",
                           "ngày 1 tháng ", "1-a-", "≠", "www.", "'"}) {
    std::string text;
    while (text.size() < (1U << 20)) text += part;
    const AnalyzedText analyzed = Analyzer().Analyze(text);
    EXPECT_LE(analyzed.tokens.size(), 12 * text.size()) << part;
    EXPECT_LE(analyzed.keys.size(), 24 * text.size()) << part;
  }
}

TEST(AnalyzerTest, PairsDoNotReachAcrossTheEndOfASentence) {
  EXPECT_EQ(Pairs("về xã. Hôm nay").size(), 2U);
  EXPECT_EQ(Pairs("về xã, hôm nay").size(), 3U);
  EXPECT_EQ(Pairs("về xã\nhôm nay").size(), 2U);
}

TEST(AnalyzerTest, OnePositionIsFreeWhereASentenceEnds) {
  EXPECT_THAT(Exact("về xã. Hôm nay"), ElementsAre("vê2@0", "xa4@1", "hôm@3", "nay@4"));
  EXPECT_THAT(Exact("về xã,\nhôm nay"), ElementsAre("vê2@0", "xa4@1", "hôm@3", "nay@4"));
  EXPECT_THAT(Exact("TP. Hồ"), ElementsAre("tp@0", "hô2@1"));
  EXPECT_THAT(Keys(KeyKind::kIdentifier, "hết. Ngày\n3 tháng 11"), ElementsAre("d:--11-03@2+5"));
  EXPECT_EQ(Analyzer().Analyze("Hết. ").positions, 1U);
}

}  // namespace
}  // namespace tintinh::text
