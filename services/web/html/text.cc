#include "services/web/html/text.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/substitute.h"
#include "absl/time/civil_time.h"
#include "common/text/utf8.h"
#include "common/time/clock.h"

namespace tintinh::web {
namespace {

void AppendEscaped(char c, std::string& out) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      const auto byte = static_cast<unsigned char>(c);
      if ((byte >= 0x20 && byte != 0x7F) || c == '\t' || c == '\n') out.push_back(c);
  }
}

std::string Decimal(double value, int decimals, const Phrases& phrases) {
  return absl::StrReplaceAll(absl::StrFormat("%.*f", decimals, value), {{".", phrases.decimal}});
}

absl::string_view VietnameseWeekday(absl::Time time) {
  constexpr absl::string_view kDays[] = {"Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"};
  return kDays[static_cast<size_t>(absl::GetWeekday(absl::ToCivilDay(time, VietnamTimeZone())))];
}

}  // namespace

std::string Escape(absl::string_view text) {
  std::string out;
  for (const char c : text::RepairUtf8(text)) AppendEscaped(c, out);
  return out;
}

std::string EscapeWithMarks(absl::string_view text,
                            const google::protobuf::RepeatedPtrField<v1::Highlight>& highlights) {
  std::string out;
  size_t done = 0;
  for (const v1::Highlight& highlight : highlights) {
    const size_t begin = highlight.begin();
    const size_t end = highlight.end();
    if (begin < done || end <= begin || end > text.size()) continue;
    absl::StrAppend(&out, Escape(text.substr(done, begin - done)), "<mark>", Escape(text.substr(begin, end - begin)),
                    "</mark>");
    done = end;
  }
  return out + Escape(text.substr(done));
}

bool IsWebUrl(absl::string_view url) {
  return absl::StartsWithIgnoreCase(url, "https://") || absl::StartsWithIgnoreCase(url, "http://");
}

std::string Element(absl::string_view tag, absl::string_view name, absl::string_view html) {
  if (html.empty()) return "";
  return absl::StrCat("<", tag, name.empty() ? "" : absl::StrCat(" class=\"", name, "\""), ">", html, "</", tag, ">");
}

std::string Link(absl::string_view href, absl::string_view html, absl::string_view attributes) {
  return absl::StrCat("<a href=\"", Escape(href), "\"", attributes.empty() ? "" : " ", attributes, ">", html, "</a>");
}

std::string OuterLink(absl::string_view href, absl::string_view html) {
  return Link(href, html, "class=\"outer\" rel=\"noopener external\" referrerpolicy=\"origin\"");
}

absl::string_view ShownAddress(absl::string_view url) {
  const size_t slash = url.rfind('/');
  return IsWebUrl(url) || slash == absl::string_view::npos ? url : url.substr(slash + 1);
}

std::string FormatCount(uint64_t count, const Phrases& phrases) {
  std::string digits = absl::StrCat(count);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, std::string(phrases.thousands));
  return digits;
}

std::string FormatBytes(uint64_t bytes, const Phrases& phrases) {
  constexpr absl::string_view kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < std::size(kUnits); ++unit) value /= 1000;
  const int decimals = unit > 0 && value < 9.95 ? 1 : 0;
  return absl::StrCat(Decimal(value, decimals, phrases), " ", kUnits[unit]);
}

std::string FormatAge(absl::Duration age, const Phrases& phrases) {
  const int64_t seconds = std::max<int64_t>(absl::ToInt64Seconds(age), 0);
  if (seconds >= 2 * 86400) return absl::Substitute(phrases.days, seconds / 86400);
  if (seconds >= 2 * 3600) return absl::Substitute(phrases.hours, seconds / 3600);
  if (seconds >= 2 * 60) return absl::Substitute(phrases.mins, seconds / 60);
  return absl::Substitute(phrases.secs, seconds);
}

std::string FormatSeconds(absl::Duration duration, const Phrases& phrases) {
  return absl::Substitute(phrases.seconds, Decimal(absl::ToDoubleSeconds(duration), 2, phrases));
}

std::string FormatPublished(const google::protobuf::Timestamp& published, v1::TimePrecision precision,
                            const Phrases& phrases, DateForm form) {
  if (precision == v1::TIME_PRECISION_UNSPECIFIED) return "";
  const absl::Time time = absl::FromUnixSeconds(published.seconds());
  const bool is_long = form == DateForm::kLong;
  std::string text = absl::FormatTime(is_long ? phrases.long_day_format : phrases.day_format, time, VietnamTimeZone());
  if (is_long && phrases.code == "vi") text = absl::StrCat(VietnameseWeekday(time), ", ", text);
  if (precision != v1::TIME_PRECISION_DAY) absl::StrAppend(&text, absl::FormatTime(" %H:%M", time, VietnamTimeZone()));
  return std::string(absl::StripAsciiWhitespace(text));
}

std::string TimeHtml(const google::protobuf::Timestamp& published, v1::TimePrecision precision, const Phrases& phrases,
                     DateForm form) {
  if (precision == v1::TIME_PRECISION_UNSPECIFIED) return "";
  const char* format = precision == v1::TIME_PRECISION_DAY ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M%Ez";
  return absl::StrCat("<time datetime=\"",
                      absl::FormatTime(format, absl::FromUnixSeconds(published.seconds()), VietnamTimeZone()), "\">",
                      Escape(FormatPublished(published, precision, phrases, form)), "</time>");
}

std::string FormatPlace(const v1::Place& place, const Phrases& phrases) {
  std::vector<absl::string_view> names;
  for (const std::string* name : {&place.commune(), &place.district(), &place.province()}) {
    if (!name->empty()) names.push_back(*name);
  }
  std::string text = absl::StrJoin(names, ", ");
  if (!place.province().empty() && place.province() != place.province_today()) {
    absl::StrAppend(&text, " (", absl::Substitute(phrases.today_is, place.province_today()), ")");
  }
  return text;
}

}  // namespace tintinh::web
