#include "services/normalizer/grammar/time_line.h"

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

// "2021-09-20T00:00:00+07:00 day", or "none".
std::string Show(const std::optional<DraftTime>& time) {
  if (!time.has_value()) {
    return "none";
  }
  const std::string precision = time->precision == v1::TIME_PRECISION_DAY      ? " day"
                                : time->precision == v1::TIME_PRECISION_MINUTE ? " minute"
                                                                               : " second";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S", time->time, VietnamTimeZone()) + precision;
}

struct Case {
  const char* line;
  const char* expected;
};

TEST(TimeLine, ReadsEveryFormThatNewsPagesPrint) {
  const Case cases[] = {
      {"12:11 | 26/11/2020", "2020-11-26T12:11:00 minute"},
      {"17/06/2022 13:04", "2022-06-17T13:04:00 minute"},
      {"Ngày đăng: 20/09/2021", "2021-09-20T00:00:00 day"},
      {"14:08 05/04/2024", "2024-04-05T14:08:00 minute"},
      {"28/01/2026 - 06:52", "2026-01-28T06:52:00 minute"},
      {"07/03/2026 08:06 GMT+7", "2026-03-07T08:06:00 minute"},
      {"07/03/2026 08:52 (GMT+07:00)", "2026-03-07T08:52:00 minute"},
      {"Thứ bảy, 7/3/2026, 00:05 (GMT+7)", "2026-03-07T00:05:00 minute"},
      {"Thứ bảy, 07/03/2026 - 08:07", "2026-03-07T08:07:00 minute"},
      {"Thứ Hai, 20/9/2021 | 14:05 GMT+7", "2021-09-20T14:05:00 minute"},
      {"14:05' - 20/09/2021", "2021-09-20T14:05:00 minute"},
      {"20/09/2021, 14:05", "2021-09-20T14:05:00 minute"},
      {"14:05, 20/09/2021", "2021-09-20T14:05:00 minute"},
      {"20/09/2021 14:05 UTC+7", "2021-09-20T14:05:00 minute"},
      {"07-03-2026 - 00:01 AM", "2026-03-07T00:01:00 minute"},
      {"07-03-2026 - 15:01 PM", "2026-03-07T15:01:00 minute"},
      {"Đăng lúc: 00:00:00 01/01/2021 (GMT+7)", "2021-01-01T00:00:00 second"},
      {"Thứ ba Ngày 18 Tháng 08 Năm 2026, 01:53:59", "2026-08-18T01:53:59 second"},
      {"6-2-2022", "2022-02-06T00:00:00 day"},
      {"Thứ 4, ngày 24 tháng 4 năm 2024", "2024-04-24T00:00:00 day"},
      {"Chủ nhật, 03/05/2020 09:30", "2020-05-03T09:30:00 minute"},
      {"CN, 03/05/2020 09h30", "2020-05-03T09:30:00 minute"},
      {"Cập nhật lúc 08:05, 01/02/2023", "2023-02-01T08:05:00 minute"},
      {"Cập nhật: 01/02/2023 | 08:05", "2023-02-01T08:05:00 minute"},
      {"Ngày đăng: 05/07/2025 | Lượt xem: 1.520", "2025-07-05T00:00:00 day"},
      {"Ngày 5 tháng 7, 2025", "2025-07-05T00:00:00 day"},
      {"2025-07-05 10:20:30", "2025-07-05T10:20:30 second"},
      {"(20/09/2021 - 7:05)", "2021-09-20T07:05:00 minute"},
      {"Đăng ngày 20/09/2021", "2021-09-20T00:00:00 day"},
      {"  Ngày đăng :  20/09/2021 ", "2021-09-20T00:00:00 day"},
      {"November 18, 2019 12:26 PM", "2019-11-18T12:26:00 minute"},
      {"Published: Nov. 19, 2019 at 8:59 pm", "2019-11-19T20:59:00 minute"},
      {"Updated 20 November 2019", "2019-11-20T00:00:00 day"},
      {"Wednesday November 20, 2019", "2019-11-20T00:00:00 day"},
      {"Đăng lúc 10:00 01/02/2021, cập nhật 11:00 02/02/2021", "2021-02-01T10:00:00 minute"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Show(ParseVietnameseTime(c.line)), c.expected) << c.line;
  }
}

TEST(TimeLine, ASentenceThatMentionsADateIsNoTimeLine) {
  for (const char* line :
       {"Sáng 20/09/2021, xã Tân Hòa khai giảng lớp học bơi", "Từ 20/09/2021 đến 25/09/2021", "12:11", "26/11", "",
        "Quyết định số 12/2020/NĐ-CP", "20/09/2021 25/09/2021", "${distributionDateSource} (GMT +7)", "{name} - {time}",
        "Thứ hai", "Ngày đăng:", "3.500.2021"}) {
    EXPECT_EQ(Show(ParseVietnameseTime(line)), "none") << line;
  }
}

TEST(TimeLine, RefusesDaysAndClocksThatDoNotExist) {
  for (const char* line :
       {"31/02/2021", "00/01/2021", "12/13/2021", "20/09/2021 24:10", "20/09/2021 10:75", "20/09/1789", "20/09/2100"}) {
    EXPECT_EQ(Show(ParseVietnameseTime(line)), "none") << line;
  }
}

TEST(TimeLine, LabelsTellStoriesFromClocksAndUpdates) {
  EXPECT_EQ(ParseTimeLine("Ngày đăng: 20/09/2021")->label, TimeLabel::kPublished);
  EXPECT_EQ(ParseTimeLine("Cập nhật: 20/09/2021")->label, TimeLabel::kUpdated);
  EXPECT_EQ(ParseTimeLine("Published on May 3, 2021")->label, TimeLabel::kPublished);
  EXPECT_EQ(ParseTimeLine("Last updated May 3, 2021")->label, TimeLabel::kUpdated);
  EXPECT_EQ(ParseTimeLine("20/09/2021 08:15")->label, TimeLabel::kNone);
  EXPECT_EQ(ParseTimeLine("Thứ hai, 20/09/2021 08:15:31")->label, TimeLabel::kClock);
}

TEST(TimeLine, LongLinesAreNoTimeLines) {
  EXPECT_EQ(Show(ParseVietnameseTime("20/09/2021" + std::string(400, ' '))), "none");
}

}  // namespace
}  // namespace tintinh::normalizer
