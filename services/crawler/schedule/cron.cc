#include "services/crawler/schedule/cron.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMaxBytes = 256;
constexpr absl::civil_year_t kLastYear = 9999;
// Of each month, in the year that gives it most.
constexpr int kMostDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr absl::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr absl::string_view kWeekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Field {
  absl::string_view name;
  uint32_t first = 0;
  uint32_t last = 0;      // what '*' goes up to
  uint32_t greatest = 0;  // what may be written
  absl::Span<const absl::string_view> names;
};

struct Range {
  uint32_t first = 0;
  uint32_t last = 0;
};

const Field kMinute = {"minute", 0, 59, 59, {}};
const Field kHour = {"hour", 0, 23, 23, {}};
const Field kDay = {"day of month", 1, 31, 31, {}};
const Field kMonth = {"month", 1, 12, 12, kMonths};
const Field kWeekday = {"day of week", 0, 6, 7, kWeekdays};

uint64_t Bit(uint32_t i) { return uint64_t{1} << i; }
bool Has(uint64_t set, int64_t i) { return ((set >> i) & 1) != 0; }

absl::Status Invalid(const Field& field, absl::string_view value, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(field.name, " \"", value, "\" ", why));
}

// Digits only: a sign, or more digits than any value has, is no number.
bool ParseNumber(absl::string_view text, uint32_t* number) {
  if (text.empty() || text.size() > 2 || !absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) return false;
  return absl::SimpleAtoi(text, number);
}

absl::StatusOr<uint32_t> ParseValue(const Field& field, absl::string_view text) {
  for (size_t i = 0; i < field.names.size(); ++i) {
    if (absl::EqualsIgnoreCase(text, field.names[i])) return field.first + static_cast<uint32_t>(i);
  }
  uint32_t value = 0;
  if (!ParseNumber(text, &value) || value < field.first || value > field.greatest) {
    return Invalid(field, text,
                   absl::StrCat("is not ", field.first, " to ", field.greatest,
                                field.names.empty() ? ""
                                                    : absl::StrCat(" or ", field.names[0], " to ",
                                                                   field.names[field.names.size() - 1])));
  }
  return value;
}

absl::StatusOr<Range> ParseRange(const Field& field, absl::string_view text) {
  if (text == "*") return Range{field.first, field.last};
  const std::vector<absl::string_view> ends = absl::StrSplit(text, absl::MaxSplits('-', 1));
  ASSIGN_OR_RETURN(const uint32_t first, ParseValue(field, ends[0]));
  if (ends.size() == 1) return Range{first, first};
  ASSIGN_OR_RETURN(uint32_t last, ParseValue(field, ends[1]));
  // A week may end with its Sunday: "sat-sun".
  if (last == 0 && field.greatest > field.last && first > 0) last = field.greatest;
  if (last < first) return Invalid(field, text, "ends before it begins");
  return Range{first, last};
}

absl::StatusOr<uint64_t> ParseElement(const Field& field, absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('/', 1));
  ASSIGN_OR_RETURN(const Range range, ParseRange(field, parts[0]));
  uint32_t step = 1;
  if (parts.size() == 2) {
    if (parts[0] != "*" && !absl::StrContains(parts[0], '-')) {
      return Invalid(field, text, "has a step but neither a range nor '*'");
    }
    if (!ParseNumber(parts[1], &step) || step == 0 || step > field.greatest) {
      return Invalid(field, text, absl::StrCat("has a step that is not 1 to ", field.greatest));
    }
  }
  uint64_t set = 0;
  for (uint32_t i = range.first; i <= range.last; i += step) set |= Bit(i > field.last ? field.first : i);
  return set;
}

absl::StatusOr<uint64_t> ParseField(const Field& field, absl::string_view text) {
  uint64_t set = 0;
  for (const absl::string_view element : absl::StrSplit(text, ',')) {
    ASSIGN_OR_RETURN(const uint64_t listed, ParseElement(field, element));
    set |= listed;
  }
  return set;
}

// The first of the set from `from` on below `end`, or `end`.
int FirstFrom(uint64_t set, int from, int end) {
  while (from < end && !Has(set, from)) ++from;
  return from;
}

}  // namespace

absl::StatusOr<Cron> Cron::Parse(absl::string_view text) {
  if (text.size() > kMaxBytes) {
    return absl::InvalidArgumentError(absl::StrCat(text.size(), " bytes are above the limit ", kMaxBytes));
  }
  const std::vector<absl::string_view> fields = absl::StrSplit(text, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (fields.size() != 5) {
    return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" has ", fields.size(), " of 5 fields: minute, hour, ",
                                                   "day of month, month, day of week"));
  }
  Cron cron;
  ASSIGN_OR_RETURN(cron.minutes_, ParseField(kMinute, fields[0]));
  ASSIGN_OR_RETURN(cron.hours_, ParseField(kHour, fields[1]));
  ASSIGN_OR_RETURN(cron.days_, ParseField(kDay, fields[2]));
  ASSIGN_OR_RETURN(cron.months_, ParseField(kMonth, fields[3]));
  ASSIGN_OR_RETURN(cron.weekdays_, ParseField(kWeekday, fields[4]));
  cron.either_day_ = fields[2][0] != '*' && fields[4][0] != '*';
  if (!cron.Comes()) return Invalid(kDay, fields[2], absl::StrCat("never comes in month \"", fields[3], "\""));
  return cron;
}

// Every date, the 29th of February too, falls on each day of the week in the 400 years of the calendar's cycle.
bool Cron::Comes() const {
  if (either_day_) return true;
  for (int month = 1; month <= 12; ++month) {
    if (Has(months_, month) && FirstFrom(days_, 1, 32) <= kMostDays[month - 1]) return true;
  }
  return false;
}

bool Cron::DaySuits(absl::CivilDay day) const {
  const bool of_month = Has(days_, day.day());
  const int weekday = (static_cast<int>(absl::GetWeekday(day)) + 1) % 7;  // Abseil counts from Monday
  const bool of_week = Has(weekdays_, weekday);
  return either_day_ ? of_month || of_week : of_month && of_week;
}

absl::Time Cron::Next(absl::Time after) const {
  const absl::TimeZone zone = VietnamTimeZone();
  if (after >= absl::FromCivil(absl::CivilYear(kLastYear), zone)) return absl::InfiniteFuture();
  absl::CivilMinute at = absl::CivilMinute(1, 1, 1);
  if (after >= absl::FromCivil(at, zone)) at = absl::ToCivilMinute(after, zone) + 1;
  while (at.year() < kLastYear) {
    const int hour = FirstFrom(hours_, at.hour(), 24);
    const int minute = FirstFrom(minutes_, hour == at.hour() ? at.minute() : 0, 60);
    if (!Has(months_, at.month())) {
      at = absl::CivilMinute(absl::CivilMonth(at) + 1);
    } else if (hour == 24 || !DaySuits(absl::CivilDay(at))) {
      at = absl::CivilMinute(absl::CivilDay(at) + 1);
    } else if (minute == 60) {
      at = absl::CivilMinute(absl::CivilHour(at) + 1);
    } else {
      return absl::FromCivil(absl::CivilMinute(at.year(), at.month(), at.day(), hour, minute), zone);
    }
  }
  return absl::InfiniteFuture();
}

}  // namespace tintinh::crawler
