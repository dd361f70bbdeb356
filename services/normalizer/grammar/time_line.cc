#include "services/normalizer/grammar/time_line.h"

#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/lazy_pattern.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxLineBytes = 200;

// Patterns run over the folded line, so one spelling serves every placement of marks and case.
const LazyRE2 kLabel = LazyPattern(
    R"((?:ngay\s+)?(dang|dang\s+tai|dang\s+bai|dang\s+ngay|dang\s+luc|dang\s+tin|xuat\s+ban|tao|phat\s+hanh|)"
    R"(cap\s+nhat|sua|cap\s+nhat\s+lan\s+cuoi|cap\s+nhat\s+luc|cap\s+nhat\s+ngay|thoi\s+gian)(?:\s+(?:luc|ngay))?\s*:?\s*)");
const LazyRE2 kBareLabel =
    LazyPattern(R"((ngay|luc|vao\s+luc)\s*:\s*|(?:first\s+)?(?:published|posted)\b\s*:?\s*(?:(?:on|at)\b)?\s*)");
const LazyRE2 kUpdateLabel = LazyPattern(R"((?:last\s+)?(?:updated|modified)\b\s*:?\s*(?:(?:on|at)\b)?\s*)");
const LazyRE2 kWeekday = LazyPattern(R"((?:(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7]))|chu\s+nhat|cn|t[2-7]|)"
                                     R"((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\s*[,.:]?\s*(?:ngay\b)?\s*)");
const LazyRE2 kDate = LazyPattern(R"((?:ngay\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b)");
const LazyRE2 kDateInWords = LazyPattern(R"((?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})\s*,?\s*(?:nam\s+)?(\d{4})\b)");
const LazyRE2 kMonthFirst =
    LazyPattern(R"((jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})\s*,?\s*(\d{4})\b)");
const LazyRE2 kDayFirst =
    LazyPattern(R"((\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*,?\s*(\d{4})\b)");
const LazyRE2 kIsoDate = LazyPattern(R"((\d{4})-(\d{2})-(\d{2})\b)");
const LazyRE2 kClock =
    LazyPattern(R"((?:(?:luc|at)\s+)?(\d{1,2})\s*(?::|h|g|gio)\s*(\d{2})(?:\s*(?:phut|'|’|′))?(?::(\d{2}))?)"
                R"((?:\s*(am|pm|sa|ch)\b)?)");
const LazyRE2 kZone = LazyPattern(R"(\(?\s*(?:gmt|utc|ict)\s*(?:\+\s*0?7(?::?00)?)?\s*\)?)");
const LazyRE2 kCounter = LazyPattern(
    R"((?:luot\s+(?:xem|doc|truy\s+cap)|da\s+xem|view|views|binh\s+luan)\s*:?\s*[\d.,]*|[\d.,]+\s*(?:luot\s+(?:xem|doc)|binh\s+luan))");
const LazyRE2 kSeparator = LazyPattern(R"((?:[\s|,;.·•()'’"]|-|–|—|\x{00A0})+)");

struct Parts {
  std::optional<absl::CivilDay> day;
  std::optional<absl::CivilSecond> clock;  // only its time of day matters
  bool has_seconds = false;
  bool weekday = false;
  TimeLabel label = TimeLabel::kNone;
};

std::optional<absl::CivilDay> MakeDay(int year, int month, int day) {
  const absl::CivilDay made(year, month, day);
  const bool real = made.year() == year && made.month() == month && made.day() == day;
  return real && year >= 1990 && year <= 2099 ? std::make_optional(made) : std::nullopt;
}

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

bool TakeLabel(re2::StringPiece& rest, Parts& parts) {
  std::string word;
  bool updated = RE2::Consume(&rest, *kUpdateLabel);
  if (!updated && !RE2::Consume(&rest, *kLabel, &word) && !RE2::Consume(&rest, *kBareLabel, &word)) {
    return false;
  }
  updated = updated || word.rfind("cap", 0) == 0 || word == "sua";
  if (parts.label == TimeLabel::kNone) {
    parts.label = updated ? TimeLabel::kUpdated : TimeLabel::kPublished;
  }
  return true;
}

enum class Taken { kNothing, kPart, kNonsense };

// Of English, for English editions.
bool TakeNamedMonth(re2::StringPiece& rest, int& year, int& month, int& day) {
  std::string name;
  if (!RE2::Consume(&rest, *kMonthFirst, &name, &day, &year) && !RE2::Consume(&rest, *kDayFirst, &day, &name, &year)) {
    return false;
  }
  constexpr absl::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  month = static_cast<int>(kMonths.find(name)) / 3 + 1;
  return true;
}

// Nonsense is a date that no calendar has, or a second one.
Taken TakeDate(re2::StringPiece& rest, Parts& parts) {
  int year = 0;
  int month = 0;
  int day = 0;
  const bool taken = RE2::Consume(&rest, *kDate, &day, &month, &year) ||
                     RE2::Consume(&rest, *kDateInWords, &day, &month, &year) ||
                     RE2::Consume(&rest, *kIsoDate, &year, &month, &day) || TakeNamedMonth(rest, year, month, day);
  if (!taken) {
    return Taken::kNothing;
  }
  if (parts.day.has_value()) {
    return Taken::kNonsense;
  }
  parts.day = MakeDay(year, month, day);
  return parts.day.has_value() ? Taken::kPart : Taken::kNonsense;
}

// "00:01 AM" on a 24-hour clock and "6:52 AM" on a 12-hour one read the same; only PM below noon moves.
int HourOfDay(int hour, absl::string_view half) {
  if ((half == "pm" || half == "ch") && hour < 12) {
    return hour + 12;
  }
  return (half == "am" || half == "sa") && hour == 12 ? 0 : hour;
}

Taken TakeClock(re2::StringPiece& rest, Parts& parts) {
  int hour = 0;
  int minute = 0;
  std::string seconds;
  std::string half;
  if (!RE2::Consume(&rest, *kClock, &hour, &minute, &seconds, &half)) {
    return Taken::kNothing;
  }
  int second = 0;
  parts.has_seconds = absl::SimpleAtoi(seconds, &second);
  if (parts.clock.has_value() || hour > 23 || minute > 59 || second > 59) {
    return Taken::kNonsense;
  }
  parts.clock = absl::CivilSecond(1970, 1, 1, HourOfDay(hour, half), minute, second);
  return Taken::kPart;
}

bool TakeOther(re2::StringPiece& rest, Parts& parts) {
  if (RE2::Consume(&rest, *kWeekday)) {
    parts.weekday = true;
    return true;
  }
  if (parts.day.has_value() && RE2::Consume(&rest, *kCounter)) {
    return true;
  }
  return TakeLabel(rest, parts) || RE2::Consume(&rest, *kZone) || RE2::Consume(&rest, *kSeparator);
}

// "Đăng lúc 10:00 01/02/2021, cập nhật 11:00 02/02/2021": the second time is for nobody here.
bool StartsSecondTime(re2::StringPiece rest, const Parts& parts) {
  Parts ignored;
  return parts.day.has_value() && parts.clock.has_value() && TakeLabel(rest, ignored);
}

bool TakeOne(re2::StringPiece& rest, Parts& parts) {
  if (const Taken date = TakeDate(rest, parts); date != Taken::kNothing) {
    return date == Taken::kPart;
  }
  if (const Taken clock = TakeClock(rest, parts); clock != Taken::kNothing) {
    return clock == Taken::kPart;
  }
  return TakeOther(rest, parts);
}

std::optional<Parts> Scan(absl::string_view folded) {
  re2::StringPiece rest = Piece(folded);
  Parts parts;
  while (!rest.empty()) {
    if (StartsSecondTime(rest, parts)) {
      return parts;
    }
    const size_t before = rest.size();
    if (!TakeOne(rest, parts) || rest.size() >= before) {
      return std::nullopt;
    }
  }
  return parts.day.has_value() ? std::make_optional(parts) : std::nullopt;
}

DraftTime ToDraftTime(const Parts& parts) {
  absl::CivilSecond when(*parts.day);
  DraftTime result;
  result.precision = v1::TIME_PRECISION_DAY;
  if (parts.clock.has_value()) {
    when += (*parts.clock - absl::CivilSecond(1970, 1, 1, 0, 0, 0));
    result.precision = parts.has_seconds ? v1::TIME_PRECISION_SECOND : v1::TIME_PRECISION_MINUTE;
  }
  result.time = absl::FromCivil(when, VietnamTimeZone());
  return result;
}

}  // namespace

std::optional<TimeLine> ParseTimeLine(absl::string_view line) {
  if (line.size() > kMaxLineBytes) {
    return std::nullopt;
  }
  const std::string folded = text::Fold(text::CollapseWhitespace(line));
  const std::optional<Parts> parts = Scan(folded);
  if (!parts.has_value()) {
    return std::nullopt;
  }
  TimeLine result{ToDraftTime(*parts), parts->label};
  if (parts->label == TimeLabel::kNone && parts->weekday && parts->has_seconds) {
    result.label = TimeLabel::kClock;
  }
  return result;
}

std::optional<DraftTime> ParseVietnameseTime(absl::string_view line) {
  const std::optional<TimeLine> parsed = ParseTimeLine(line);
  return parsed.has_value() ? std::make_optional(parsed->time) : std::nullopt;
}

}  // namespace tintinh::normalizer
