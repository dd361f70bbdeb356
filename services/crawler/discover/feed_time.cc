#include "services/crawler/discover/feed_time.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "common/time/clock.h"
#include "re2/re2.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMaxDateBytes = 100;
constexpr std::array<absl::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
// RFC 822 §5.1, its successors, and what is met beside them; in hours.
constexpr std::array<std::pair<absl::string_view, int>, 24> kZones = {{
    {"Z", 0},    {"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"ICT", 7},  {"AST", -4}, {"ADT", -3}, {"AT", -4},
    {"EST", -5}, {"EDT", -4}, {"ET", -5},  {"CST", -6}, {"CDT", -5}, {"CT", -6},  {"MST", -7}, {"MDT", -6},
    {"MT", -7},  {"PST", -8}, {"PDT", -7}, {"PT", -8},  {"CET", 1},  {"CEST", 2}, {"MEST", 2}, {"BST", 1},
}};

// Strings as the patterns cut them out; empty where the text has nothing.
struct Fields {
  std::string year, month, day, hour, minute, second, half, zone;
};

// "15:30", "15:30:00.123", "3:30 PM", "3:30 CH"
#define TINTINH_TIME R"((\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([AaPp][Mm]|SA|CH))?)"
// "Z", "+0700", "(GMT+7)", "EST", "+0700 (ICT)"
#define TINTINH_ZONE R"(\s*\(?((?:[A-Za-z]{1,4})?(?:\s?[+-]\d{1,2}:?(?:\d{2})?)?)\)?(?:\s*\([A-Za-z ]*\))?)"

bool MatchIso(const std::string& text, Fields* f) {
  static const RE2 kExtended(R"((\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt\s]\s*)" TINTINH_TIME TINTINH_ZONE R"()?)?)?)");
  static const RE2 kBasic(R"((\d{4})(\d{2})(\d{2})(?:[Tt]?(\d{2})(\d{2})(\d{2})?)" TINTINH_ZONE R"()?)");
  return RE2::FullMatch(text, kExtended, &f->year, &f->month, &f->day, &f->hour, &f->minute, &f->second, &f->half,
                        &f->zone) ||
         RE2::FullMatch(text, kBasic, &f->year, &f->month, &f->day, &f->hour, &f->minute, &f->second, &f->zone);
}

bool MatchMail(const std::string& text, Fields* f) {
  static const RE2 kDate(
      R"((?:[A-Za-z]+,?\s*)?(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?[\s,-]+(\d{4}|\d{2})(?:,?\s+)" TINTINH_TIME
      R"()?)" TINTINH_ZONE);
  return RE2::FullMatch(text, kDate, &f->day, &f->month, &f->year, &f->hour, &f->minute, &f->second, &f->half,
                        &f->zone);
}

bool MatchMonthFirst(const std::string& text, Fields* f) {
  static const RE2 kYearLast(R"((?:[A-Za-z]+,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+)" TINTINH_TIME R"(\s+(\d{4}))");
  static const RE2 kYearFirst(R"((?:[A-Za-z]+,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?:,?\s+)" TINTINH_TIME
                              R"()?)" TINTINH_ZONE);
  if (RE2::FullMatch(text, kYearLast, &f->month, &f->day, &f->hour, &f->minute, &f->second, &f->half, &f->year)) {
    f->zone = "GMT";  // asctime in HTTP (RFC 9110 §5.6.7)
    return true;
  }
  return RE2::FullMatch(text, kYearFirst, &f->month, &f->day, &f->year, &f->hour, &f->minute, &f->second, &f->half,
                        &f->zone);
}

bool MatchNumeric(const std::string& text, Fields* f) {
  static const RE2 kDateFirst(R"((?:\D*,\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\s,|-]+)" TINTINH_TIME
                              R"()?)" TINTINH_ZONE);
  static const RE2 kTimeFirst(TINTINH_TIME R"([\s,|-]+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))" TINTINH_ZONE);
  if (!RE2::FullMatch(text, kDateFirst, &f->day, &f->month, &f->year, &f->hour, &f->minute, &f->second, &f->half,
                      &f->zone) &&
      !RE2::FullMatch(text, kTimeFirst, &f->hour, &f->minute, &f->second, &f->half, &f->day, &f->month, &f->year,
                      &f->zone)) {
    return false;
  }
  if (absl::EndsWithIgnoreCase(f->half, "m")) std::swap(f->day, f->month);
  return true;
}

#undef TINTINH_TIME
#undef TINTINH_ZONE

int Number(absl::string_view digits, int fallback) {
  int value = 0;
  return absl::SimpleAtoi(digits, &value) ? value : fallback;
}

int MonthNumber(absl::string_view month) {
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (absl::StartsWithIgnoreCase(month, kMonths[i])) return static_cast<int>(i) + 1;
  }
  return Number(month, month.empty() ? 1 : 0);
}

int YearNumber(absl::string_view year) {
  const int number = Number(year, 0);
  if (year.size() > 2) return number;
  return number + (number < 70 ? 2000 : 1900);
}

// Seconds east of UTC; "GMT+7", "+07:00", "EST", "".
std::optional<int> ZoneOffset(absl::string_view zone) {
  const size_t sign = zone.find_first_of("+-");
  const absl::string_view name = absl::StripAsciiWhitespace(zone.substr(0, sign));
  int seconds = 0;
  bool known = name.empty();
  for (const auto& [abbreviation, hours] : kZones) {
    if (!absl::EqualsIgnoreCase(name, abbreviation)) continue;
    seconds = hours * 3600;
    known = true;
  }
  if (!known) return std::nullopt;
  if (sign == absl::string_view::npos) return seconds;
  std::string digits(zone.substr(sign + 1));
  digits.erase(std::remove(digits.begin(), digits.end(), ':'), digits.end());
  const int number = Number(digits, 0);
  const int hours = digits.size() > 2 ? number / 100 : number;
  const int minutes = digits.size() > 2 ? number % 100 : 0;
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (hours * 3600 + minutes * 60) * (zone[sign] == '-' ? -1 : 1);
}

std::optional<int> HourOfDay(const Fields& f) {
  const int hour = Number(f.hour, 0);
  if (f.half.empty()) return hour <= 23 ? std::optional<int>(hour) : std::nullopt;
  const bool afternoon = absl::StartsWithIgnoreCase(f.half, "p") || f.half == "CH";
  if (hour > 23) return std::nullopt;
  if (hour > 12) return hour;  // "15:30 PM"
  return hour % 12 + (afternoon ? 12 : 0);
}

std::optional<absl::Time> ToTime(const Fields& f) {
  const int year = YearNumber(f.year);
  const int month = MonthNumber(f.month);
  const int day = Number(f.day, 1);
  const auto hour = HourOfDay(f);
  const int minute = Number(f.minute, 0);
  const int second = Number(f.second, 0);
  if (year < 1970 || year > 2199 || !hour || minute > 59 || second > 60) return std::nullopt;
  const absl::CivilSecond civil(year, month, day, *hour, minute, second);
  const absl::CivilDay date(year, month, day);
  if (date.month() != month || date.day() != day) return std::nullopt;
  const auto offset = ZoneOffset(f.zone);
  if (!offset) return std::nullopt;
  if (!f.zone.empty()) return absl::FromCivil(civil, absl::FixedTimeZone(*offset));
  return absl::FromCivil(civil, f.hour.empty() ? absl::UTCTimeZone() : VietnamTimeZone());
}

}  // namespace

std::optional<absl::Time> ParseFeedTime(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty() || text.size() > kMaxDateBytes) return std::nullopt;
  const std::string date(text);
  for (const auto match : {MatchIso, MatchMail, MatchMonthFirst, MatchNumeric}) {
    Fields fields;
    if (match(date, &fields)) return ToTime(fields);
  }
  return std::nullopt;
}

}  // namespace tintinh::crawler
