#include "services/crawler/schedule/cron.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M:%E*S", text, VietnamTimeZone(), &time, &error)) << error;
  return time;
}

std::string Next(const std::string& expression, const std::string& after) {
  const absl::StatusOr<Cron> cron = Cron::Parse(expression);
  if (!cron.ok()) return std::string(cron.status().message());
  return absl::FormatTime("%Y-%m-%d %H:%M", cron->Next(At(after)), VietnamTimeZone());
}

TEST(Cron, FindsTheNextMinuteInVietNamsTime) {
  struct Case {
    const char *expression, *after, *next;
  };
  // The 2nd of March 2026 is a Monday.
  for (const Case& c : std::vector<Case>{
           {"* * * * *", "2026-03-02 10:00:00", "2026-03-02 10:01"},
           {"* * * * *", "2026-03-02 09:59:59.9", "2026-03-02 10:00"},
           {"*/15 6-22 * * *", "2026-03-02 10:15:00", "2026-03-02 10:30"},
           {"*/15 6-22 * * *", "2026-03-02 22:45:00", "2026-03-03 06:00"},
           {"5,35 6,18 * * *", "2026-03-02 06:35:00", "2026-03-02 18:05"},
           {"0 8-18/4 * * *", "2026-03-02 12:30:00", "2026-03-02 16:00"},
           {"30 5 * * mon-fri", "2026-03-06 05:30:00", "2026-03-09 05:30"},
           {"30 5 * * SAT-SUN", "2026-03-02 00:00:00", "2026-03-07 05:30"},
           {"30 5 * * 7", "2026-03-02 00:00:00", "2026-03-08 05:30"},
           {"30 5 * * 5-7", "2026-03-07 06:00:00", "2026-03-08 05:30"},
           {"0 0 1 jan,Jul *", "2026-03-02 00:00:00", "2026-07-01 00:00"},
           {"0 0 31 * *", "2026-03-31 00:00:00", "2026-05-31 00:00"},
           {"59 23 31 12 *", "2026-12-31 23:59:00", "2027-12-31 23:59"},
           {"0 0 29 2 *", "2026-03-02 00:00:00", "2028-02-29 00:00"},
           {"0 0 29 2 *", "2096-03-01 00:00:00", "2104-02-29 00:00"},
           {" 0\t0  1 1 * ", "2026-03-02 00:00:00", "2027-01-01 00:00"},
       }) {
    EXPECT_EQ(Next(c.expression, c.after), c.next) << c.expression << " after " << c.after;
  }
}

TEST(Cron, TakesEitherDayFieldUnlessOneBeginsWithAStar) {
  EXPECT_EQ(Next("0 0 13 * fri", "2026-03-02 00:00:00"), "2026-03-06 00:00");
  EXPECT_EQ(Next("0 0 4 * fri", "2026-03-02 00:00:00"), "2026-03-04 00:00");
  EXPECT_EQ(Next("0 0 */2 * fri", "2026-03-02 00:00:00"), "2026-03-13 00:00");
  // Sundays that are the 29th of February come every 28 years.
  EXPECT_EQ(Next("0 0 29 2 */7", "2026-03-02 00:00:00"), "2032-02-29 00:00");
  EXPECT_EQ(Next("0 0 29 2 */7", "2032-02-29 00:00:00"), "2060-02-29 00:00");
  EXPECT_EQ(Next("0 0 31 2 mon", "2026-03-02 00:00:00"), "2027-02-01 00:00");
}

TEST(Cron, NamesTheFieldAndTheValueItRefuses) {
  const std::pair<const char*, std::vector<const char*>> cases[] = {
      {"60 * * * *", {"minute \"60\"", "0 to 59"}},
      {"0 24 * * *", {"hour \"24\"", "0 to 23"}},
      {"0 0 0 * *", {"day of month \"0\"", "1 to 31"}},
      {"0 0 * 13 *", {"month \"13\"", "1 to 12 or jan to dec"}},
      {"0 0 * * 8", {"day of week \"8\"", "0 to 7 or sun to sat"}},
      {"0 0 * * thứ-hai", {"day of week \"thứ\""}},
      {"0 0 * mon *", {"month \"mon\""}},
      {"-1 * * * *", {"minute \"\""}},
      {"+1 * * * *", {"minute \"+1\""}},
      {"007 * * * *", {"minute \"007\""}},
      {"1,,2 * * * *", {"minute \"\""}},
      {"30-10 * * * *", {"minute \"30-10\"", "ends before it begins"}},
      {"*/0 * * * *", {"minute \"*/0\"", "step"}},
      {"*/60 * * * *", {"minute \"*/60\"", "1 to 59"}},
      {"5/10 * * * *", {"minute \"5/10\"", "range"}},
      {"* * * *", {"4 of 5 fields"}},
      {"* * * * * *", {"6 of 5 fields"}},
      {"", {"0 of 5 fields"}},
      {"@daily", {"1 of 5 fields"}},
  };
  for (const auto& [expression, parts] : cases) {
    for (const char* part : parts) {
      EXPECT_THAT(Cron::Parse(expression), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(part))) << expression;
    }
  }
  EXPECT_THAT(Cron::Parse(std::string(1000, '*')), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("256")));
}

TEST(Cron, RefusesWhatNeverComes) {
  for (const char* expression : {"0 0 31 2 *", "0 0 30 feb *", "0 0 31 2,4,6,9,11 *", "0 0 31 4 */2"}) {
    EXPECT_THAT(Cron::Parse(expression), StatusIs(absl::StatusCode::kInvalidArgument,
                                                  AllOf(HasSubstr("day of month \"3"), HasSubstr("never comes"))))
        << expression;
  }
  EXPECT_THAT(Cron::Parse("0 0 30,31 2,3 *"), IsOk());
}

TEST(Cron, EndsWithTheCalendar) {
  const absl::StatusOr<Cron> cron = Cron::Parse("0 0 * * *");
  ASSERT_THAT(cron, IsOk());
  EXPECT_EQ(cron->Next(absl::InfiniteFuture()), absl::InfiniteFuture());
  EXPECT_EQ(cron->Next(At("9998-12-31 00:00:00")), absl::InfiniteFuture());
  EXPECT_LT(cron->Next(absl::InfinitePast()), absl::UnixEpoch());
}

// One field at random: '*', a number, a range or a list, with and without a step; `reference` as plain numbers.
std::string RandomField(std::mt19937& random, int first, int last, std::vector<bool>& reference) {
  reference.assign(64, false);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  if (pick(0, 2) == 0) {
    const int step = pick(1, last);
    for (int i = first; i <= last; i += step) reference[i] = true;
    return step == 1 ? "*" : absl::StrCat("*/", step);
  }
  std::string text;
  for (int n = pick(1, 3); n > 0; --n) {
    const int low = pick(first, last);
    const int high = pick(low, last);
    const int step = pick(1, last);
    for (int i = low; i <= high; i += step) reference[i] = true;
    absl::StrAppend(&text, text.empty() ? "" : ",", low, "-", high, "/", step);
  }
  return text;
}

TEST(Cron, AgreesWithLookingAtEachMinute) {
  std::mt19937 random(20260302);
  int compared = 0;
  for (int round = 0; round < 100; ++round) {
    std::vector<bool> minutes, hours, days, months, weekdays;
    const std::string minute = RandomField(random, 0, 59, minutes);
    const std::string hour = RandomField(random, 0, 23, hours);
    const std::string day = RandomField(random, 1, 31, days);
    const std::string month = RandomField(random, 1, 12, months);
    const std::string weekday = RandomField(random, 0, 6, weekdays);
    const absl::StatusOr<Cron> cron = Cron::Parse(absl::StrCat(minute, " ", hour, " ", day, " ", month, " ", weekday));
    if (!cron.ok()) continue;
    const bool either = day[0] != '*' && weekday[0] != '*';
    const absl::Time after =
        At("2026-03-02 00:00:00") + absl::Minutes(std::uniform_int_distribution<int>(0, 500000)(random));
    const absl::Time next = cron->Next(after);
    const absl::CivilMinute start = absl::ToCivilMinute(after, VietnamTimeZone());
    // Half a year of minutes; what comes later must not have come in it.
    absl::Time found = absl::InfiniteFuture();
    for (absl::CivilMinute at = start + 1; at < start + 260000; ++at) {
      const bool of_month = days[at.day()];
      const bool of_week = weekdays[(static_cast<int>(absl::GetWeekday(at)) + 1) % 7];
      if (!minutes[at.minute()] || !hours[at.hour()] || !months[at.month()]) continue;
      if (either ? !(of_month || of_week) : !(of_month && of_week)) continue;
      found = absl::FromCivil(at, VietnamTimeZone());
      break;
    }
    if (found == absl::InfiniteFuture()) {
      EXPECT_GE(next, absl::FromCivil(start + 260000, VietnamTimeZone()));
    } else {
      EXPECT_EQ(next, found);
      ++compared;
    }
  }
  EXPECT_GT(compared, 50);
}

}  // namespace
}  // namespace tintinh::crawler
