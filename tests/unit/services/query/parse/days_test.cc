#include "services/query/parse/days.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

std::string Read(const char* text) {
  const std::optional<Days> days = ReadDays(text);
  if (!days.has_value()) return "none";
  return absl::StrCat(absl::FormatCivilTime(days->first), " ", absl::FormatCivilTime(days->behind));
}

TEST(ReadDays, YearsMonthsAndDays) {
  EXPECT_EQ(Read("2021"), "2021-01-01 2022-01-01");
  EXPECT_EQ(Read("9/2021"), "2021-09-01 2021-10-01");
  EXPECT_EQ(Read("12/2021"), "2021-12-01 2022-01-01");
  EXPECT_EQ(Read("2021-09"), "2021-09-01 2021-10-01");
  EXPECT_EQ(Read("20/09/2021"), "2021-09-20 2021-09-21");
  EXPECT_EQ(Read("2021-09-20"), "2021-09-20 2021-09-21");
}

TEST(ReadDays, AnySeparatorAndNumbersWithoutZeros) {
  EXPECT_EQ(Read("1.9.2021"), "2021-09-01 2021-09-02");
  EXPECT_EQ(Read("20-9-2021"), "2021-09-20 2021-09-21");
  EXPECT_EQ(Read("2021/9/2"), "2021-09-02 2021-09-03");
}

TEST(ReadDays, MonthsEndWhereTheyDo) {
  EXPECT_EQ(Read("29/2/2024"), "2024-02-29 2024-03-01");
  EXPECT_EQ(Read("29/2/2023"), "none");
  EXPECT_EQ(Read("31/4/2021"), "none");
  EXPECT_EQ(Read("2/2024"), "2024-02-01 2024-03-01");
}

TEST(ReadDays, EverythingElseIsNone) {
  for (const char* text : {"",         "21",         "9/21",       "20/9/21",   "2021-13", "0/2021",   "2021-00-01",
                           "0/9/2021", "1/2/3/2021", "2021-",      "/2021",     "hôm qua", "20210920", "12021",
                           "0000",     "2021-009",   "001/9/2021", "2021/2022", "+2021",   "2021-9-1x"}) {
    EXPECT_EQ(Read(text), "none") << text;
  }
}

}  // namespace
}  // namespace tintinh::query
