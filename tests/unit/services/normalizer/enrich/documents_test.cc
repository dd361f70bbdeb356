#include "services/normalizer/enrich/documents.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "number|kind|date" for each.
std::vector<std::string> Find(absl::string_view text) {
  DocumentCollector collector;
  collector.Add(text);
  std::vector<std::string> found;
  for (const v1::DocumentReference& reference : collector.Take()) {
    found.push_back(absl::StrCat(reference.number(), "|", reference.kind(), "|", reference.date()));
  }
  return found;
}

TEST(Documents, ReadsTheShapesInUse) {
  EXPECT_THAT(Find("theo 12-NQ/TW, 345-KL/TU, 67-QĐ/TW, 08-HD/BTGTU"),
              ElementsAre("12-NQ/TW||", "345-KL/TU||", "67-QĐ/TW||", "08-HD/BTGTU||"));
  EXPECT_THAT(Find("theo 12/2019/NĐ-CP; 34/2020/QH14; 56/2021/TTLT-BYT-BTC; 78/KH-UBND; 9-CTr/TU; 10/QĐ-TTg"),
              ElementsAre("12/2019/NĐ-CP||", "34/2020/QH14||", "56/2021/TTLT-BYT-BTC||", "78/KH-UBND||", "9-CTr/TU||",
                          "10/QĐ-TTg||"));
}

TEST(Documents, UnifiesDashesAndSpaces) {
  EXPECT_THAT(Find("Nghị quyết số 12 – NQ/TW và 13-NQ / TW"),
              ElementsAre("12-NQ/TW|Nghị quyết|", "13-NQ/TW|Nghị quyết|"));
}

TEST(Documents, DatesFractionsAndTermsAreNone) {
  EXPECT_THAT(
      Find("ngày 3/11/2011, nhiệm kỳ 2020-2025, 21/21 thôn, 2 lần/năm, tháng 7/2021, COVID-19, 24/7, 4-7, 100 ha/vụ"),
      IsEmpty());
}

TEST(Documents, TheNounInFrontIsTheKind) {
  EXPECT_THAT(Find("Chỉ thị số 12-CT/TW; chỉ thị 13-CT/TU; Nghị định số: 14/2019/NĐ-CP"),
              ElementsAre("12-CT/TW|Chỉ thị|", "13-CT/TU|Chỉ thị|", "14/2019/NĐ-CP|Nghị định|"));
  EXPECT_THAT(Find("các Kết luận số 12-KL/TW, 13-KL/TW và 14-KL/TW"),
              ElementsAre("12-KL/TW|Kết luận|", "13-KL/TW|Kết luận|", "14-KL/TW|Kết luận|"));
}

TEST(Documents, TheDayBehindIsTheDate) {
  EXPECT_THAT(Find("Kế hoạch số 12-KH/TU ngày 06-3-2019 và Quyết định 34-QĐ/TU, ngày 5 tháng 7 năm 2020 của tỉnh"),
              ElementsAre("12-KH/TU|Kế hoạch|2019-03-06", "34-QĐ/TU|Quyết định|2020-07-05"));
  EXPECT_THAT(Find("12-KH/TU ngày 31-2-2019"), ElementsAre("12-KH/TU||"));
}

TEST(Documents, InOrderOfFirstMentionEachOnceAndLaterMentionsComplete) {
  EXPECT_THAT(Find("làm theo 12-NQ/TW và 05-CT/TW. Nghị quyết số 12-NQ/TW ngày 1/2/2018 nêu rõ"),
              ElementsAre("12-NQ/TW|Nghị quyết|2018-02-01", "05-CT/TW||"));
}

TEST(Documents, ANumberStandsAlone) {
  EXPECT_THAT(Find("“12-NQ/TW”, (13-NQ/TW)."), ElementsAre("12-NQ/TW||", "13-NQ/TW||"));
  EXPECT_THAT(Find("mã 5/12-NQ/TW và 12-NQ/TWxyz"), IsEmpty());
}

TEST(Documents, AtMostTheLimit) {
  std::string text;
  for (size_t i = 1; i <= kMaxDocuments + 20; ++i) {
    absl::StrAppend(&text, i, "-NQ/TW, ");
  }
  EXPECT_EQ(Find(text).size(), kMaxDocuments);
}

}  // namespace
}  // namespace tintinh::normalizer
