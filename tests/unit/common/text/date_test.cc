#include <string>
#include <vector>

#include "common/text/identifiers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/common/text/found_keys.h"

namespace tintinh::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(DateTest, FullDatesGiveTheDayTheDayOfAnyYearAndTheMonth) {
  for (const char* text : {"26/11/2020", "26-11-2020", "26.11.2020", "2020-11-26", "ngày 26 tháng 11 năm 2020",
                           "Ngày 26 tháng 11, năm 2020", "ngay 26 thang 11/2020"}) {
    EXPECT_THAT(FoundKeys(text), UnorderedElementsAre("d:2020-11-26", "d:--11-26", "d:2020-11")) << text;
  }
}

TEST(DateTest, DatesWithoutAYearGiveTheDayOfAnyYear) {
  for (const char* text : {"sáng 3/11", "ngày 3-11", "03/11", "ngày 3 tháng 11", "mùng 3 tháng 11"}) {
    EXPECT_THAT(FoundKeys(text), ElementsAre("d:--11-03")) << text;
  }
}

TEST(DateTest, MonthsOfAYear) {
  for (const char* text : {"tháng 11/2020", "11/2020", "tháng 11 năm 2020"}) {
    EXPECT_THAT(FoundKeys(text), ElementsAre("d:2020-11")) << text;
  }
}

TEST(DateTest, DaysThatNoMonthHasAreNoDates) {
  for (const char* text : {"32/1", "30/2", "31/4/2020", "50/50", "0/5", "5/0", "12/13", "13/2020", "ngày 31 tháng 4"}) {
    EXPECT_THAT(FoundKeys(text), IsEmpty()) << text;
  }
  EXPECT_THAT(FoundKeys("29/2/2023"), IsEmpty());
  EXPECT_THAT(FoundKeys("29/2/2024"), UnorderedElementsAre("d:2024-02-29", "d:--02-29", "d:2024-02"));
  EXPECT_THAT(FoundKeys("29/2"), ElementsAre("d:--02-29"));
}

TEST(DateTest, RangesAndOtherNumbersAreNoDates) {
  for (const char* text : {"5-6 người", "1.5", "3 tháng", "3 tháng 11 hộ", "tháng 11", "năm 2020", "1/26/11/20205"}) {
    EXPECT_THAT(FoundKeys(text), IsEmpty()) << text;
  }
}

TEST(DecimalTest, DecimalCommasBecomePoints) {
  EXPECT_THAT(FoundKeys("đạt 97,5%"), ElementsAre("n:97.5"));
  EXPECT_THAT(FoundKeys("1.234,56 tỷ"), ElementsAre("n:1234.56"));
}

TEST(DecimalTest, ListsOfNumbersAreNoDecimals) {
  for (const char* text : {"1,2,3", "tổ 1, 2", "khóa 9,X"}) EXPECT_THAT(FoundKeys(text), IsEmpty()) << text;
}

}  // namespace
}  // namespace tintinh::text
