#include "services/crawler/fetch/response_head.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/crawler/fetch/exchange.h"

namespace tintinh::crawler {

bool ResponseHead::Add(absl::string_view line) {
  bytes_ += line.size();
  if (bytes_ > max_bytes_) return false;
  if (absl::StartsWith(line, "HTTP/")) {
    raw_.clear();
    headers_.clear();
  }
  raw_.append(line.data(), line.size());
  const absl::string_view text = absl::StripAsciiWhitespace(line);
  const size_t colon = text.find(':');
  const bool folded = !line.empty() && (line[0] == ' ' || line[0] == '\t');  // RFC 9112 §5.2
  if (folded && !headers_.empty()) {
    absl::StrAppend(&headers_.back().second, " ", text);
  } else if (colon != absl::string_view::npos && !absl::StartsWith(line, "HTTP/")) {
    headers_.emplace_back(text.substr(0, colon), absl::StripAsciiWhitespace(text.substr(colon + 1)));
  }
  return true;
}

absl::string_view FindHeader(const std::vector<std::pair<std::string, std::string>>& headers, absl::string_view name) {
  for (const auto& [key, value] : headers) {
    if (absl::EqualsIgnoreCase(key, name)) return value;
  }
  return {};
}

absl::string_view FetchResult::Header(absl::string_view name) const { return FindHeader(headers, name); }

}  // namespace tintinh::crawler
