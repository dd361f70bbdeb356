#include "services/crawler/schedule/hours.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"

namespace tintinh::crawler {
namespace {

constexpr int kDay = 24 * 60;
constexpr size_t kMaxBytes = 256;

bool IsInfinite(absl::Time time) { return time == absl::InfiniteFuture() || time == absl::InfinitePast(); }

absl::Status Invalid(absl::string_view window, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("window \"", window, "\" ", why));
}

bool ParseDigits(absl::string_view text, size_t least, int* number) {
  return text.size() >= least && text.size() <= 2 && std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, number);
}

// "6", "06" and "6:30" as minutes since midnight; -1 for anything else.
int ParseTimeOfDay(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  int hour = 0;
  int minute = 0;
  if (!ParseDigits(parts[0], 1, &hour)) return -1;
  if (parts.size() == 2 && !ParseDigits(parts[1], 2, &minute)) return -1;
  return minute < 60 && hour * 60 + minute <= kDay ? hour * 60 + minute : -1;
}

absl::StatusOr<std::pair<int, int>> ParseWindow(absl::string_view text) {
  const std::vector<absl::string_view> ends = absl::StrSplit(text, absl::MaxSplits('-', 1));
  if (ends.size() != 2) return Invalid(text, "is not two times of day with '-' between");
  int minutes[2];
  for (size_t i = 0; i < 2; ++i) {
    const absl::string_view end = absl::StripAsciiWhitespace(ends[i]);
    minutes[i] = ParseTimeOfDay(end);
    if (minutes[i] < 0) return Invalid(text, absl::StrCat("has \"", end, "\", no time of day from 0:00 to 24:00"));
  }
  if (minutes[0] == kDay) return Invalid(text, "begins at 24:00, which is 0:00");
  if (minutes[0] == minutes[1]) return Invalid(text, "ends when it begins; the whole day is 0-24");
  return std::pair<int, int>(minutes[0], minutes[1]);
}

absl::Time At(absl::CivilDay day, int minute) {
  return absl::FromCivil(absl::CivilMinute(day) + minute, VietnamTimeZone());
}

int MinuteOfDay(absl::CivilMinute minute) { return minute.hour() * 60 + minute.minute(); }

}  // namespace

absl::StatusOr<Hours> Hours::Parse(absl::string_view text) {
  if (text.size() > kMaxBytes) {
    return absl::InvalidArgumentError(absl::StrCat(text.size(), " bytes are above the limit ", kMaxBytes));
  }
  Hours hours;
  for (const absl::string_view piece : absl::StrSplit(text, ',')) {
    ASSIGN_OR_RETURN(const auto window, ParseWindow(absl::StripAsciiWhitespace(piece)));
    hours.Add({window.first, window.second});
  }
  hours.Join();
  return hours;
}

void Hours::Add(Window window) {
  if (window.begin < window.end) {
    windows_.push_back(window);
    return;
  }
  windows_.push_back({window.begin, kDay});
  if (window.end > 0) windows_.push_back({0, window.end});
}

void Hours::Join() {
  std::sort(windows_.begin(), windows_.end(), [](Window a, Window b) { return a.begin < b.begin; });
  size_t last = 0;
  for (size_t i = 1; i < windows_.size(); ++i) {
    if (windows_[i].begin <= windows_[last].end) {
      windows_[last].end = std::max(windows_[last].end, windows_[i].end);
    } else {
      windows_[++last] = windows_[i];
    }
  }
  windows_.resize(last + 1);
}

bool Hours::Contains(absl::Time time) const {
  if (IsInfinite(time)) return false;
  const int minute = MinuteOfDay(absl::ToCivilMinute(time, VietnamTimeZone()));
  return std::any_of(windows_.begin(), windows_.end(),
                     [minute](Window window) { return window.begin <= minute && minute < window.end; });
}

absl::Time Hours::NextInside(absl::Time time) const {
  if (IsInfinite(time) || Contains(time)) return time;
  const absl::CivilMinute at = absl::ToCivilMinute(time, VietnamTimeZone());
  for (const Window& window : windows_) {
    if (window.begin > MinuteOfDay(at)) return At(absl::CivilDay(at), window.begin);
  }
  return At(absl::CivilDay(at) + 1, windows_.front().begin);
}

absl::Time Hours::NextOutside(absl::Time time) const {
  if (!Contains(time)) return time;
  if (windows_.front().begin == 0 && windows_.front().end == kDay) return absl::InfiniteFuture();
  const absl::CivilMinute at = absl::ToCivilMinute(time, VietnamTimeZone());
  for (const Window& window : windows_) {
    if (MinuteOfDay(at) >= window.end) continue;
    if (window.end < kDay) return At(absl::CivilDay(at), window.end);
  }
  // Inside until midnight, and on where the day begins inside.
  return At(absl::CivilDay(at) + 1, windows_.front().begin == 0 ? windows_.front().end : 0);
}

}  // namespace tintinh::crawler
