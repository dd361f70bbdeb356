#include "services/normalizer/grammar/machine_time.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/time_line.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxValueBytes = 200;

const LazyRE2 kIso = LazyPattern(
    R"((\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?(?:\[[\w/]+\])?)");
const LazyRE2 kMonthFirst =
    LazyPattern(R"((\d{1,2})/(\d{1,2})/(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])\.?[Mm]\.?)");

struct Civil {
  int year = 0;
  int month = 0;
  int day = 0;
  std::optional<int> hour;
  std::optional<int> minute;
  std::optional<int> second;
};

// A group that took no part in a match is empty.
std::optional<int> OptionalNumber(absl::string_view digits) {
  int value = 0;
  return absl::SimpleAtoi(digits, &value) ? std::make_optional(value) : std::nullopt;
}

struct ClockText {
  std::string hour;
  std::string minute;
  std::string second;

  void CopyTo(Civil& civil) const {
    civil.hour = OptionalNumber(hour);
    civil.minute = OptionalNumber(minute);
    civil.second = OptionalNumber(second);
  }
};

bool InRange(const Civil& civil) {
  const absl::CivilDay day(civil.year, civil.month, civil.day);
  return civil.year >= 1990 && civil.year <= 2099 && day.month() == civil.month && day.day() == civil.day &&
         civil.hour.value_or(0) <= 23 && civil.minute.value_or(0) <= 59 && civil.second.value_or(0) <= 59;
}

// "+07:00", "+0700", "+7", "Z" or nothing (Vietnam).
absl::TimeZone ZoneOf(absl::string_view offset) {
  if (offset.empty()) {
    return VietnamTimeZone();
  }
  if (offset == "Z") {
    return absl::UTCTimeZone();
  }
  int digits[4] = {0, 0, 0, 0};
  size_t count = 0;
  for (const char c : offset.substr(1)) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c)) && count < 4) {
      digits[count++] = c - '0';
    }
  }
  const int hours = count == 1 ? digits[0] : digits[0] * 10 + digits[1];
  const int minutes = digits[2] * 10 + digits[3];
  const int seconds = (hours * 60 + minutes) * 60;
  return absl::FixedTimeZone(offset[0] == '-' ? -seconds : seconds);
}

std::optional<DraftTime> ToDraftTime(const Civil& civil, absl::TimeZone zone) {
  if (!InRange(civil)) {
    return std::nullopt;
  }
  DraftTime result;
  result.precision = !civil.hour.has_value()    ? v1::TIME_PRECISION_DAY
                     : civil.second.has_value() ? v1::TIME_PRECISION_SECOND
                                                : v1::TIME_PRECISION_MINUTE;
  const absl::CivilSecond when(civil.year, civil.month, civil.day, civil.hour.value_or(0), civil.minute.value_or(0),
                               civil.second.value_or(0));
  result.time = absl::FromCivil(when, civil.hour.has_value() ? zone : VietnamTimeZone());
  return result;
}

std::optional<DraftTime> ParseIso(re2::StringPiece value) {
  Civil civil;
  ClockText clock;
  std::string offset;
  if (!RE2::FullMatch(value, *kIso, &civil.year, &civil.month, &civil.day, &clock.hour, &clock.minute, &clock.second,
                      &offset)) {
    return std::nullopt;
  }
  clock.CopyTo(civil);
  return ToDraftTime(civil, ZoneOf(offset));
}

std::optional<DraftTime> ParseMonthFirst(re2::StringPiece value) {
  Civil civil;
  ClockText clock;
  std::string half;
  if (!RE2::FullMatch(value, *kMonthFirst, &civil.month, &civil.day, &civil.year, &clock.hour, &clock.minute,
                      &clock.second, &half)) {
    return std::nullopt;
  }
  clock.CopyTo(civil);
  civil.hour = civil.hour.value_or(0);
  const bool afternoon = half == "P" || half == "p";
  if (afternoon && *civil.hour < 12) {
    *civil.hour += 12;
  } else if (!afternoon && *civil.hour == 12) {
    civil.hour = 0;
  }
  return ToDraftTime(civil, VietnamTimeZone());
}

std::optional<DraftTime> ParseRfc5322(const std::string& value) {
  constexpr const char* kForms[] = {"%a, %d %b %E4Y %H:%M:%S %z", "%a, %d %b %E4Y %H:%M:%S GMT",
                                    "%d %b %E4Y %H:%M:%S %z"};
  for (const char* form : kForms) {
    DraftTime result;
    std::string error;
    if (absl::ParseTime(form, value, &result.time, &error) && result.time >= absl::FromUnixSeconds(631152000) &&
        result.time < absl::FromUnixSeconds(4102444800)) {
      result.precision = v1::TIME_PRECISION_SECOND;
      return result;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<DraftTime> ParseMachineTime(absl::string_view value) {
  value = absl::StripAsciiWhitespace(value);
  if (value.empty() || value.size() > kMaxValueBytes) {
    return std::nullopt;
  }
  const re2::StringPiece piece(value.data(), value.size());
  if (auto iso = ParseIso(piece)) {
    return iso;
  }
  if (auto month_first = ParseMonthFirst(piece)) {
    return month_first;
  }
  if (auto mail = ParseRfc5322(std::string(value))) {
    return mail;
  }
  return ParseVietnameseTime(value);
}

}  // namespace tintinh::normalizer
