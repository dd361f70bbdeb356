#include "services/query/parse/conditions.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Result {
  v1::Filter filter;
  std::string mistake;
};

Result Read(const std::string& text) {
  Result result;
  const Expression expression = ReadExpression(text);
  const std::optional<Mistake> mistake = ReadConditions(expression.conditions, result.filter);
  if (mistake.has_value()) result.mistake = absl::StrCat(mistake->offset, " ", mistake->what);
  return result;
}

TEST(ReadConditions, ValuesBecomeTheOnesThatAreStored) {
  const v1::Filter filter =
      Read("site:BaoPhuTho province:vinh phuc district:lap thach section:\"Kinh te\u0302\u0301\" doc:\"22 – NQ/TW\"")
          .filter;
  EXPECT_THAT(filter.sites(), ElementsAre("baophutho"));
  EXPECT_THAT(filter.provinces(), ElementsAre("Vĩnh Phúc"));
  EXPECT_THAT(filter.districts(), ElementsAre("Lập Thạch"));
  EXPECT_THAT(filter.sections(), ElementsAre("Kinh tế"));
  EXPECT_THAT(filter.documents(), ElementsAre("22-NQ/TW"));
}

TEST(ReadConditions, DocumentNumbersAreLookedForInCapitalsToo) {
  EXPECT_THAT(Read("doc:35-nq/tw").filter.documents(), ElementsAre("35-nq/tw", "35-NQ/TW"));
  EXPECT_THAT(Read("doc:7/qđ-ttg").filter.documents(), ElementsAre("7/qđ-ttg", "7/QĐ-TTg"));
  EXPECT_THAT(Read("doc:9/2021").filter.documents(), ElementsAre("9/2021")) << "a date is no number";
}

TEST(ReadConditions, ADistrictOfNoListIsTakenAsTyped) {
  EXPECT_THAT(Read("district:Atlantis").filter.districts(), ElementsAre("Atlantis"));
}

TEST(ReadConditions, DaysAreThoseOfVietNamAndInclusive) {
  const v1::Filter filter = Read("from:20/09/2021 to:20/09/2021").filter;
  EXPECT_EQ(filter.published_from().seconds(), 1'632'070'800);  // 2021-09-19T17:00Z
  EXPECT_EQ(filter.published_before().seconds(), 1'632'070'800 + 86'400);
}

TEST(ReadConditions, OfSeveralDaysAllHold) {
  const v1::Filter filter = Read("from:2020 from:2021 from:2019 to:2023 to:2022").filter;
  EXPECT_EQ(filter.published_from().seconds(), Read("from:2021").filter.published_from().seconds());
  EXPECT_EQ(filter.published_before().seconds(), Read("to:2022").filter.published_before().seconds());
}

TEST(ReadConditions, WhatIsExcludedStandsByItself) {
  const v1::Filter filter = Read("site:a -site:b -site:c -section:d -from:2021 -from:2020").filter;
  EXPECT_THAT(filter.sites(), ElementsAre("a"));
  ASSERT_EQ(filter.without_size(), 3);
  EXPECT_THAT(filter.without(0).sites(), ElementsAre("b", "c"));
  EXPECT_THAT(filter.without(1).sections(), ElementsAre("d"));
  EXPECT_EQ(filter.without(2).published_from().seconds(), Read("from:2020").filter.published_from().seconds())
      << "both are excluded";
}

TEST(ReadConditions, YearsStayWithinThoseOfATimestamp) {
  EXPECT_EQ(Read("from:0001").filter.published_from().seconds(), -62'135'596'800);
  EXPECT_EQ(Read("to:9999").filter.published_before().seconds(), 253'402'275'600);
}

TEST(ReadConditions, MistakesSayWhereAndWhat) {
  EXPECT_EQ(Read("x province:Atlantis").mistake, "2 province:Atlantis is no province of Viet Nam, past or present");
  EXPECT_THAT(Read("x from:hôm-nay").mistake, HasSubstr("2 from:hôm-nay is no year, month or day"));
  EXPECT_THAT(Read("from:2022 to:2021").mistake, HasSubstr("10 to:2021 leaves no day"));
  EXPECT_THAT(Read("author:x").mistake, HasSubstr("0 author:"));
  EXPECT_THAT(Read(absl::StrCat("site:", std::string(256, 'x'))).mistake, HasSubstr("256 bytes, at most 255"));
}

TEST(ReadConditions, SoManyValuesAndNoMore) {
  std::string text;
  for (int i = 0; i < kMaxConditionValues; ++i) absl::StrAppend(&text, "site:a", i, " ");
  EXPECT_EQ(Read(text).filter.sites_size(), kMaxConditionValues);
  EXPECT_EQ(Read(text + "site:a0").mistake, "") << "there already";
  EXPECT_THAT(Read(text + "site:b").mistake, HasSubstr("site: more than 100 values"));
}

}  // namespace
}  // namespace tintinh::query
