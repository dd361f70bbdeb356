#include "services/query/parse/days.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace tintinh::query {
namespace {

constexpr size_t kYearDigits = 4;
constexpr int kFirstYear = 1;

bool IsNumber(absl::string_view text) {
  return !text.empty() && text.size() <= kYearDigits &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

int ToNumber(absl::string_view digits) {
  int number = 0;
  return absl::SimpleAtoi(digits, &number) ? number : 0;
}

}  // namespace

std::optional<Days> ReadDays(absl::string_view text) {
  std::vector<absl::string_view> parts = absl::StrSplit(text, absl::ByAnyChar("/-."));
  if (parts.size() > 3 || !std::all_of(parts.begin(), parts.end(), IsNumber)) return std::nullopt;
  if (parts.front().size() != kYearDigits) std::reverse(parts.begin(), parts.end());
  if (parts.front().size() != kYearDigits) return std::nullopt;
  const bool day_is_long =
      std::any_of(parts.begin() + 1, parts.end(), [](absl::string_view p) { return p.size() > 2; });
  const int year = ToNumber(parts[0]);
  if (day_is_long || year < kFirstYear) return std::nullopt;
  if (parts.size() == 1) return Days{absl::CivilDay(year, 1, 1), absl::CivilDay(year + 1, 1, 1)};
  const int month = ToNumber(parts[1]);
  if (month < 1 || month > 12) return std::nullopt;
  const absl::CivilMonth whole(year, month);
  if (parts.size() == 2) return Days{absl::CivilDay(whole), absl::CivilDay(whole + 1)};
  const absl::CivilDay day(year, month, ToNumber(parts[2]));
  if (absl::CivilMonth(day) != whole || day.day() != ToNumber(parts[2])) return std::nullopt;
  return Days{day, day + 1};
}

}  // namespace tintinh::query
