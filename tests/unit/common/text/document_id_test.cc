#include <string>

#include "common/text/identifiers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/common/text/found_keys.h"

namespace tintinh::text {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(DocumentIdTest, EveryShapeOfNumberIsFound) {
  for (const char* id : {"22-NQ/TW", "213-QĐ/TW", "254-KH/TU", "28/2015/NĐ-CP", "12/2024/QĐ-UBND", "86-CTr/TU",
                         "1193/NQ-UBTVQH15", "45/2019/QH14", "30a/2008/NQ-CP", "9/TTLT-BTC-BTP"}) {
    std::string upper = id;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    EXPECT_THAT(FoundKeys(id), Contains(upper)) << id;
  }
}

TEST(DocumentIdTest, FoldedAndYearlessFormsStandBeside) {
  EXPECT_THAT(FoundKeys("28/2015/NĐ-CP"),
              UnorderedElementsAre("28/2015/NĐ-CP", "28/2015/ND-CP", "28/NĐ-CP", "28/ND-CP"));
  EXPECT_THAT(FoundKeys("22-NQ/TW"), ElementsAre("22-NQ/TW"));
}

TEST(DocumentIdTest, CaseDashesAndSpacesDoNotCount) {
  for (const char* id : {"22-nq/tw", "22–NQ/TW", "22‑NQ/TW", "22 - NQ/TW", "22 -NQ / TW", "22- NQ/ TW", "22−NQ⁄TW"}) {
    EXPECT_THAT(FoundKeys(id), ElementsAre("22-NQ/TW")) << id;
  }
}

TEST(DocumentIdTest, TheCentralCommitteeHasOneForm) {
  for (const char* id : {"22-NQ/TW", "22-NQ/TƯ", "22-NQ/T.Ư", "22-NQ/T.W"}) {
    EXPECT_THAT(FoundKeys(id), ElementsAre("22-NQ/TW")) << id;
  }
}

TEST(DocumentIdTest, LeadingZerosDoNotHideANumber) {
  EXPECT_THAT(FoundKeys("05-CT/TW"), UnorderedElementsAre("05-CT/TW", "5-CT/TW"));
}

TEST(DocumentIdTest, EthInACodeIsD) { EXPECT_EQ(FoundKeys("213-QÐ/TW"), FoundKeys("213-QĐ/TW")); }

TEST(DocumentIdTest, GroupedNumbersMayBeginOne) {
  EXPECT_THAT(FoundKeys("1.193/NQ-UBTVQH15"), ElementsAre("1193/NQ-UBTVQH15"));
}

TEST(DocumentIdTest, OtherTextIsNone) {
  for (const char* text : {"24/7", "lúc 8 - ngày/đêm", "5-6 người", "60 km/h", "22-NQ", "số 15 - 17", "12 - A",
                           "năm 2020 -\nNQ/TW", "3.500", "50/50"}) {
    const WordList list = ScanWords(text);
    for (size_t i = 0; i < list.words.size(); ++i) {
      std::vector<Identifier> found;
      EXPECT_EQ(FindDocumentId(list, i, &found), i) << text;
      EXPECT_THAT(found, IsEmpty()) << text;
    }
  }
}

TEST(DocumentIdTest, TheTextBehindDoesNotBelongToIt) {
  EXPECT_THAT(FoundKeys("254-KH/TU - UBND tỉnh"), ElementsAre("254-KH/TU"));
  EXPECT_THAT(FoundKeys("254-KH/TU-về việc"), ElementsAre("254-KH/TU"));
}

}  // namespace
}  // namespace tintinh::text
