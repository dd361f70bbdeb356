#include "services/crawler/robots/lines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr std::array<std::pair<absl::string_view, RobotsKey>, 13> kKeys = {{
    {"user-agent", RobotsKey::kUserAgent},
    {"useragent", RobotsKey::kUserAgent},
    {"user agent", RobotsKey::kUserAgent},
    {"allow", RobotsKey::kAllow},
    {"disallow", RobotsKey::kDisallow},
    {"dissallow", RobotsKey::kDisallow},
    {"dissalow", RobotsKey::kDisallow},
    {"disalow", RobotsKey::kDisallow},
    {"diasllow", RobotsKey::kDisallow},
    {"disallaw", RobotsKey::kDisallow},
    {"crawl-delay", RobotsKey::kCrawlDelay},
    {"sitemap", RobotsKey::kSitemap},
    {"site-map", RobotsKey::kSitemap},
}};

bool IsUtf16(absl::string_view body) {
  return absl::StartsWith(body, "\xFF\xFE") || absl::StartsWith(body, "\xFE\xFF");
}

std::string AsciiOfUtf16(absl::string_view body) {
  std::string out(body.substr(2));
  out.erase(std::remove(out.begin(), out.end(), '\0'), out.end());
  return out;
}

// A mark cut short by an editor is skipped as far as it goes.
absl::string_view SkipByteOrderMark(absl::string_view body) {
  size_t same = 0;
  while (same < kByteOrderMark.size() && same < body.size() && body[same] == kByteOrderMark[same]) ++same;
  return body.substr(same);
}

// Cuts the first line off `body`, its end included.
absl::string_view TakeLine(absl::string_view& body) {
  const size_t end = std::min(body.find_first_of("\r\n"), body.size());
  const absl::string_view line = body.substr(0, end);
  body.remove_prefix(end);
  body.remove_prefix(absl::StartsWith(body, "\r\n") ? 2 : std::min<size_t>(1, body.size()));
  return line;
}

std::optional<std::pair<absl::string_view, absl::string_view>> SplitAtSpace(absl::string_view line) {
  const size_t space = line.find_first_of(" \t");
  if (space == absl::string_view::npos) return std::nullopt;
  const absl::string_view value = absl::StripAsciiWhitespace(line.substr(space));
  if (value.find_first_of(" \t") != absl::string_view::npos) return std::nullopt;
  return std::make_pair(line.substr(0, space), value);
}

std::optional<std::pair<absl::string_view, absl::string_view>> SplitLine(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
  const size_t colon = line.find(':');
  if (colon == absl::string_view::npos) return SplitAtSpace(line);
  return std::make_pair(absl::StripAsciiWhitespace(line.substr(0, colon)),
                        absl::StripAsciiWhitespace(line.substr(colon + 1)));
}

std::optional<RobotsKey> FindKey(absl::string_view key) {
  for (const auto& [name, value] : kKeys) {
    if (absl::EqualsIgnoreCase(key, name)) return value;
  }
  return std::nullopt;
}

}  // namespace

absl::string_view CutToLimit(absl::string_view body) {
  if (body.size() <= kMaxRobotsBytes) return body;
  const size_t end = body.find_last_of("\r\n", kMaxRobotsBytes - 1);
  return body.substr(0, end == absl::string_view::npos ? 0 : end);
}

std::vector<RobotsLine> ReadRobotsLines(absl::string_view body) {
  const std::string decoded = IsUtf16(body) ? AsciiOfUtf16(CutToLimit(body)) : std::string();
  body = IsUtf16(body) ? decoded : SkipByteOrderMark(CutToLimit(body));
  std::vector<RobotsLine> lines;
  for (uint32_t number = 1; !body.empty(); ++number) {
    const auto split = SplitLine(TakeLine(body).substr(0, kMaxRobotsLineBytes));
    if (!split) continue;
    const std::optional<RobotsKey> key = FindKey(split->first);
    if (key) lines.push_back({number, *key, std::string(split->second)});
  }
  return lines;
}

}  // namespace tintinh::crawler
