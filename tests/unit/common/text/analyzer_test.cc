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

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

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
  EXPECT_EQ(Analyzer().Analyze("Hội nghị tỉnh ủy").syllables, 4U);
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

TEST(AnalyzerTest, PairsDoNotReachAcrossTheEndOfASentence) {
  EXPECT_EQ(Pairs("về xã. Hôm nay").size(), 2U);
  EXPECT_EQ(Pairs("về xã, hôm nay").size(), 3U);
  EXPECT_EQ(Pairs("về xã\nhôm nay").size(), 2U);
}

}  // namespace
}  // namespace tintinh::text
