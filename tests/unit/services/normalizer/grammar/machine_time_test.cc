#include "services/normalizer/grammar/machine_time.h"

#include <string>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

std::string Show(const std::optional<DraftTime>& time) {
  if (!time.has_value()) {
    return "none";
  }
  const std::string precision = time->precision == v1::TIME_PRECISION_DAY      ? " day"
                                : time->precision == v1::TIME_PRECISION_MINUTE ? " minute"
                                                                               : " second";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time->time, absl::UTCTimeZone()) + precision;
}

struct Case {
  const char* value;
  const char* expected;
};

TEST(MachineTime, ReadsIsoAndItsBrokenRelatives) {
  const Case cases[] = {
      {"2026-01-28T06:52:01+07:00", "2026-01-27T23:52:01Z second"},
      {"2026-03-07T00:01:00", "2026-03-06T17:01:00Z second"},
      {"2026-03-07T08:52:11.000 +07:00", "2026-03-07T01:52:11Z second"},
      {"2015-03-23 08:06 +07:00", "2015-03-23T01:06:00Z minute"},
      {"2018-07-19 15:18", "2018-07-19T08:18:00Z minute"},
      {"2018-07-19T15:18:00+0800", "2018-07-19T07:18:00Z second"},
      {"2018-07-19T15:18:00Z", "2018-07-19T15:18:00Z second"},
      {"2018-07-19", "2018-07-18T17:00:00Z day"},
      {" 2018-07-19T15:18:00+7 ", "2018-07-19T08:18:00Z second"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Show(ParseMachineTime(c.value)), c.expected) << c.value;
  }
}

TEST(MachineTime, ReadsMonthFirstOnlyWithAmOrPm) {
  EXPECT_EQ(Show(ParseMachineTime("1/28/2026 6:52:01 AM")), "2026-01-27T23:52:01Z second");
  EXPECT_EQ(Show(ParseMachineTime("2/1/2026 1:05:00 PM")), "2026-02-01T06:05:00Z second");
  EXPECT_EQ(Show(ParseMachineTime("2/1/2026 13:05")), "2026-01-02T06:05:00Z minute");
}

TEST(MachineTime, DayFirstWithAmStillReadsWhenNoMonthFits) {
  EXPECT_EQ(Show(ParseMachineTime("28/1/2026 6:52:01 AM")), "2026-01-27T23:52:01Z second");
}

TEST(MachineTime, ReadsMailDates) {
  EXPECT_EQ(Show(ParseMachineTime("Sat, 07 Mar 2026 08:52:11 +0700")), "2026-03-07T01:52:11Z second");
  EXPECT_EQ(Show(ParseMachineTime("Sat, 07 Mar 2026 08:52:11 GMT")), "2026-03-07T08:52:11Z second");
}

TEST(MachineTime, ReadsWhatReadersSee) {
  EXPECT_EQ(Show(ParseMachineTime("08/09/2018 (GMT+7)")), "2018-09-07T17:00:00Z day");
}

TEST(MachineTime, RefusesWhatIsNoTime) {
  for (const char* value : {"", "hôm qua", "2018-13-01", "2018-02-30T00:00:00", "0001-01-01T00:00:00", "${time}",
                            "2018-07-19T25:00:00", "2018"}) {
    EXPECT_EQ(Show(ParseMachineTime(value)), "none") << value;
  }
}

}  // namespace
}  // namespace tintinh::normalizer
