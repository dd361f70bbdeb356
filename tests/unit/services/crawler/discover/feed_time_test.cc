#include "services/crawler/discover/feed_time.h"

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

std::string Read(absl::string_view text) {
  const auto time = ParseFeedTime(text);
  return time ? absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", *time, absl::UTCTimeZone()) : "none";
}

void ExpectAll(std::initializer_list<std::pair<const char*, const char*>> cases) {
  for (const auto& [text, expected] : cases) EXPECT_EQ(Read(text), expected) << text;
}

TEST(ParseFeedTime, ReadsMailDates) {
  ExpectAll({{"Thu, 05 Mar 2026 08:30:15 +0700", "2026-03-05T01:30:15Z"},
             {"5 Mar 2026 08:30 GMT", "2026-03-05T08:30:00Z"},
             {"Thursday, 05-Mar-26 08:30:15 UTC", "2026-03-05T08:30:15Z"},
             {"Thu,05 March 2026 08:30:15 -0000", "2026-03-05T08:30:15Z"},
             {"Thu, 05 Mar 2026 08:30:15 GMT+7", "2026-03-05T01:30:15Z"},
             {"Thu, 05 Mar 2026 08:30:15 +07:00 (ICT)", "2026-03-05T01:30:15Z"},
             {"Thu, 05 Mar 2026 08:30:15 EST", "2026-03-05T13:30:15Z"},
             {"Thu, 05 Mar 2026", "2026-03-05T00:00:00Z"}});
}

TEST(ParseFeedTime, ReadsAsctimeAsUtc) {
  ExpectAll({{"Thu Mar  5 08:30:15 2026", "2026-03-05T08:30:15Z"},
             {"Thu Mar 5 2026 08:30:15 +0700", "2026-03-05T01:30:15Z"}});
}

TEST(ParseFeedTime, ReadsIso8601) {
  ExpectAll({{"2026-03-05T08:30:15Z", "2026-03-05T08:30:15Z"},
             {"2026-03-05T08:30:15.1234567+07:00", "2026-03-05T01:30:15Z"},
             {"2026-03-05 08:30:15 +0700", "2026-03-05T01:30:15Z"},
             {"2026-03-05T08:30+07", "2026-03-05T01:30:00Z"},
             {"20260305T083015Z", "2026-03-05T08:30:15Z"},
             {"2026-03-05", "2026-03-05T00:00:00Z"},
             {"2026-03", "2026-03-01T00:00:00Z"},
             {"2026", "2026-01-01T00:00:00Z"}});
}

TEST(ParseFeedTime, ReadsVietnameseNumericDates) {
  ExpectAll({{"05/03/2026 (GMT+7)", "2026-03-04T17:00:00Z"},
             {"05/03/2026", "2026-03-05T00:00:00Z"},
             {"05/03/2026 08:30:15", "2026-03-05T01:30:15Z"},
             {"08:30 05-03-2026", "2026-03-05T01:30:00Z"},
             {"08:30 | 05/03/2026 GMT+7", "2026-03-05T01:30:00Z"},
             {"Thứ Năm, 5.3.2026, 3:30 CH", "2026-03-05T08:30:00Z"},
             {"3/5/2026 3:30:00 PM", "2026-03-05T08:30:00Z"},
             {"3/5/2026 12:30:00 AM", "2026-03-04T17:30:00Z"}});
}

TEST(ParseFeedTime, WithoutZoneATimeIsVietnams) { EXPECT_EQ(Read("2026-03-05T08:30:15"), "2026-03-05T01:30:15Z"); }

TEST(ParseFeedTime, RefusesWhatIsNoDate) {
  for (const char* text : {"", "hôm qua", "2026-13-01", "2026-02-30", "2026-03-05T25:00:00Z", "2026-03-05T10:61:00Z",
                           "2026-03-05T10:00:00+99:00", "2026-03-05T10:00:00Zx", "31/02/2026", "0/1/2026", "1969-12-31",
                           "9999-01-01", "Thu, 05 Mar 2026 08:30:15 XYZ", "5 Foo 2026", "-1", "13:61 05/03/2026"}) {
    EXPECT_EQ(Read(text), "none") << text;
  }
  EXPECT_EQ(Read(std::string(101, '1')), "none");
}

}  // namespace
}  // namespace tintinh::crawler
