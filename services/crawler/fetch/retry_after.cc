#include "services/crawler/fetch/retry_after.h"

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "curl/curl.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMaxValueBytes = 64;

bool IsNumberCharacter(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '.'; }

std::optional<absl::Duration> ParseSeconds(absl::string_view value) {
  double seconds = 0;
  if (!absl::SimpleAtod(value, &seconds)) return std::nullopt;
  return absl::Ceil(absl::Seconds(seconds), absl::Seconds(1));
}

std::optional<absl::Duration> ParseDate(absl::string_view value, absl::Time now) {
  // An HTTP date begins with the day's name (RFC 9110 §5.6.7); libcurl would also read "-5" or "20260101".
  if (!absl::ascii_isalpha(static_cast<unsigned char>(value[0]))) return std::nullopt;
  const time_t date = curl_getdate(std::string(value).c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return absl::FromTimeT(date) - now;
}

}  // namespace

std::optional<absl::Duration> ParseRetryAfter(absl::string_view value, absl::Time now) {
  value = absl::StripAsciiWhitespace(value);
  if (value.empty() || value.size() > kMaxValueBytes) return std::nullopt;
  const bool number = std::all_of(value.begin(), value.end(), IsNumberCharacter);
  const auto wait = number ? ParseSeconds(value) : ParseDate(value, now);
  if (!wait) return std::nullopt;
  return std::clamp(*wait, absl::ZeroDuration(), kMaxRetryAfter);
}

}  // namespace tintinh::crawler
