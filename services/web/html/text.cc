#include "services/web/html/text.h"

#include <cstddef>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
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

std::string FormatCount(uint64_t count) {
  std::string digits = absl::StrCat(count);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ".");
  return digits;
}

std::string FormatPublished(const google::protobuf::Timestamp& published, v1::TimePrecision precision) {
  if (precision == v1::TIME_PRECISION_UNSPECIFIED) return "";
  const char* format = precision == v1::TIME_PRECISION_DAY ? "%d/%m/%Y" : "%d/%m/%Y %H:%M";
  return absl::FormatTime(format, absl::FromUnixSeconds(published.seconds()), VietnamTimeZone());
}

std::string FormatPlace(const v1::Place& place) {
  std::vector<absl::string_view> names;
  for (const std::string* name : {&place.commune(), &place.district(), &place.province()}) {
    if (!name->empty()) names.push_back(*name);
  }
  std::string text = absl::StrJoin(names, ", ");
  if (!place.province().empty() && place.province() != place.province_today()) {
    absl::StrAppend(&text, " (nay là ", place.province_today(), ")");
  }
  return text;
}

}  // namespace tintinh::web
