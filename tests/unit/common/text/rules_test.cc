// The ways in which Vietnamese texts spell one thing, a table for each kind of promise.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/text/analyzer.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

using ::testing::IsSupersetOf;
using ::testing::Not;

std::vector<std::string> KeysWithPositions(absl::string_view source) {
  const AnalyzedText text = Analyzer().Analyze(source);
  std::vector<std::string> keys;
  for (const Token& token : text.tokens) {
    keys.push_back(absl::StrCat(static_cast<int>(token.kind), " ", text.Key(token), "@", token.position));
  }
  return keys;
}

std::vector<std::string> KeysOf(KeyKind kind, absl::string_view source) {
  const AnalyzedText text = Analyzer().Analyze(source);
  std::vector<std::string> keys;
  for (const Token& token : text.tokens) {
    if (token.kind == kind) keys.emplace_back(text.Key(token));
  }
  return keys;
}

struct Spellings {
  const char* rule;
  std::vector<const char*> forms;
};

TEST(RulesTest, SpellingsOfOneThingGiveTheSameKeysAtTheSamePositions) {
  const Spellings kTable[] = {
      {"NFC, windows-1258, NFD, marks in any order",
       {"Tiếng Việt, đặc biệt", "Tiê\u0301ng Viê\u0323t, đă\u0323c biê\u0323t",
        "Tie\u0302\u0301ng Vie\u0323\u0302t, đa\u0323\u0306c bie\u0323\u0302t",
        "Tie\u0301\u0302ng Vie\u0302\u0323t, đa\u0306\u0323c bie\u0302\u0323t"}},
      {"horned letters",
       {"đường ngựa", "đu\u031Bo\u031B\u0300ng ngu\u031B\u0323a", "đưo\u0300\u031Bng ngu\u0323\u031Ba"}},
      {"deprecated tone marks", {"lá cờ", "la\u0341 cơ\u0340"}},
      {"eth and retroflex d",
       {"Đà Lạt, HĐND", "Ðà Lạt, HÐND", "đà lạt, hđnd", "ðà lạt, hðnd", "Ɖà Lạt, HƉND", "ɖà lạt, hɖnd"}},
      {"old and new place of the tone", {"Khánh Hòa, thủy, hóa", "Khánh Hoà, thuỷ, hoá"}},
      {"misplaced tones", {"việt thuyến", "vịêt thuýên"}},
      {"i and y with a tone", {"kỹ mỹ lý kỳ tỷ sỹ quý hý vỵ xý", "kĩ mĩ lí kì tỉ sĩ quí hí vị xí"}},
      {"invisible characters", {"Hà Nội", "Hà\u200B N\u00ADộ\u200Ci\u200D", "\uFEFFHà Nội", "H\u2060à Nội"}},
      {"apostrophes of any kind, spacing and case",
       {"Ia H'Drai", "Ia H’Drai", "Ia Hʼ Drai", "IA H` DRAI", "ia h´drai", "Ia H' drai"}},
      {"Ea H'leo", {"Ea H'leo", "Ea H'Leo", "EA H’LEO"}},
      {"dashes and spaces in document numbers", {"22-NQ/TW", "22–NQ/TW", "22‑NQ/TW", "22 − NQ/TW", "22 - nq / tw"}},
      {"grouped numbers", {"3.500 hộ, 1.250.000 người", "3500 hộ, 1250000 người"}},
      {"capitals",
       {"UBND tỉnh Phú Thọ, QĐ 12/2024/QĐ-UBND", "UBND TỈNH PHÚ THỌ, QĐ 12/2024/QĐ-UBND",
        "ubnd tỉnh phú thọ, qđ 12/2024/qđ-ubnd"}},
  };
  for (const Spellings& row : kTable) {
    for (const char* form : row.forms) {
      EXPECT_EQ(KeysWithPositions(form), KeysWithPositions(row.forms[0])) << row.rule << ": " << form;
    }
  }
}

struct Meeting {
  const char* rule;
  KeyKind kind;
  const char* text;
  const char* query;
};

TEST(RulesTest, TextsHaveAllKeysOfTheQueriesThatMeanThem) {
  const Meeting kTable[] = {
      {"parts of a name", KeyKind::kExact, "huyện Ia H’Drai", "h drai"},
      {"a name in one piece", KeyKind::kExact, "huyện Ia H’Drai", "ia hdrai"},
      {"a name in one piece, its pairs", KeyKind::kPair, "huyện Ia H’Drai", "huyen ia hdrai"},
      {"M'Đrắk and M'Drắk", KeyKind::kFolded, "huyện M'Đrắk", "M'Drắk"},
      {"M'Drắk and M'Đrắk", KeyKind::kFolded, "huyện M'Drắk", "mdrak"},
      {"D'Ran", KeyKind::kExact, "thị trấn D’Ran", "dran"},
      {"Đắk Lắk and Đăk Lăk", KeyKind::kFolded, "Đắk Lắk", "Đăk Lăk"},
      {"Đắk Lắk without marks", KeyKind::kPair, "tỉnh Đắk Lắk", "dak lak"},
      {"Đắk Nông and Đăk Nông", KeyKind::kPair, "Đắk Nông", "Đăk Nông"},
      {"TP.HCM solid", KeyKind::kExact, "tại TP.HCM", "TPHCM"},
      {"TP.HCM in two words", KeyKind::kPair, "tại TP.HCM", "TP HCM"},
      {"TP. HCM solid", KeyKind::kExact, "tại TP. HCM", "tphcm"},
      {"TP. Hồ Chí Minh", KeyKind::kPair, "TP. Hồ Chí Minh", "TP Hồ Chí Minh"},
      {"T.Ư", KeyKind::kExact, "T.Ư Đoàn", "TƯ Đoàn"},
      {"parts of a document number", KeyKind::kExact, "Nghị quyết 22-NQ/TW", "22 NQ TW"},
      {"a number with a year", KeyKind::kIdentifier, "28/2015/NĐ-CP", "28/2015/ND-CP"},
      {"a number without its year", KeyKind::kIdentifier, "28/2015/NĐ-CP", "28/NĐ-CP"},
      {"neither year nor đ", KeyKind::kIdentifier, "28/2015/NĐ-CP", "28/ND-CP"},
      {"a lower-case code", KeyKind::kIdentifier, "86-CTr/TU", "86-ctr/tu"},
      {"a code with a number", KeyKind::kIdentifier, "1193/NQ-UBTVQH15", "1193/nq-ubtvqh15"},
      {"Ư as W", KeyKind::kIdentifier, "22-NQ/TƯ", "22-NQ/TW"},
      {"Ư as W behind a dot", KeyKind::kIdentifier, "22-NQ/T.Ư", "22-NQ/TW"},
      {"a day, whatever its year", KeyKind::kIdentifier, "26/11/2020", "26/11"},
      {"a day in words", KeyKind::kIdentifier, "26/11/2020", "ngày 26 tháng 11 năm 2020"},
      {"a day with dots", KeyKind::kIdentifier, "26/11/2020", "26.11.2020"},
      {"a day with dashes", KeyKind::kIdentifier, "26/11/2020", "26-11-2020"},
      {"the month of a day", KeyKind::kIdentifier, "26/11/2020", "tháng 11/2020"},
      {"parts of a date", KeyKind::kExact, "sáng 3/11", "3 11"},
      {"a grouped number with a decimal comma", KeyKind::kIdentifier, "1.234,5 tỷ", "1234,5"},
      {"i and y without tones, folded", KeyKind::kFolded, "My, Ly, Vy, Thy", "mi li vi thi"},
  };
  for (const Meeting& row : kTable) {
    const std::vector<std::string> wanted = KeysOf(row.kind, row.query);
    EXPECT_FALSE(wanted.empty()) << row.rule;
    EXPECT_THAT(KeysOf(row.kind, row.text), IsSupersetOf(wanted)) << row.rule;
  }
}

TEST(RulesTest, DifferentThingsStayApart) {
  const Meeting kTable[] = {
      {"names with i and y", KeyKind::kExact, "my ly vy thy", "mi"},
      {"names with a toned thi", KeyKind::kExact, "thỹ", "thĩ"},
      {"d and đ", KeyKind::kExact, "đương", "dương"},
      {"shapes", KeyKind::kExact, "căn", "cân"},
      {"tones", KeyKind::kExact, "hóa", "hòa"},
      {"a word with a digit and a tone", KeyKind::kExact, "A1", "á"},
      {"old spellings with d and gi", KeyKind::kFolded, "dòng", "giòng"},
      {"Icelandic eth", KeyKind::kExact, "Guðmundsdóttir", "guđmundsdóttir"},
      {"a fraction of a day that no month has", KeyKind::kIdentifier, "50/50", "26/11"},
      {"a range of numbers", KeyKind::kIdentifier, "5-6 người", "5/6"},
      {"three and a half, and a group", KeyKind::kExact, "3.50", "350"},
      {"a number of another year", KeyKind::kIdentifier, "28/2015/NĐ-CP", "28/2016/NĐ-CP"},
  };
  for (const Meeting& row : kTable) {
    const std::vector<std::string> other = KeysOf(row.kind, row.query);
    const std::vector<std::string> found = KeysOf(row.kind, row.text);
    EXPECT_FALSE(other.empty()) << row.rule;
    EXPECT_THAT(found, Not(IsSupersetOf(other))) << row.rule;
  }
}

TEST(RulesTest, SoftHyphensAreReadAsLettersOfTcvn3BeforeTheyAreDropped) {
  const std::string repaired = RepairLegacy("n\u00ADíc ch\u00ADa trong, l\u00ADîng m\u00ADa lín").text;
  EXPECT_EQ(KeysWithPositions(NormalForm(repaired)), KeysWithPositions("nước chưa trong, lượng mưa lớn"));
}

TEST(RulesTest, VniIsRepairedToTheKeysOfUnicode) {
  const std::string repaired = RepairLegacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam").text;
  EXPECT_EQ(KeysWithPositions(NormalForm(repaired)), KeysWithPositions("Cộng hoà xã hội chủ nghĩa Việt Nam"));
}

}  // namespace
}  // namespace tintinh::text
