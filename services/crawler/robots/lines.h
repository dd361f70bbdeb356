// The lexical half of RFC 9309: bytes to numbered "key: value" lines.
#ifndef TINTINH_SERVICES_CRAWLER_ROBOTS_LINES_H_
#define TINTINH_SERVICES_CRAWLER_ROBOTS_LINES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

enum class RobotsKey : uint8_t { kUserAgent, kAllow, kDisallow, kCrawlDelay, kSitemap };

struct RobotsLine {
  uint32_t number = 0;  // from 1
  RobotsKey key = RobotsKey::kUserAgent;
  std::string value;  // trimmed, without comment
};

// RFC 9309 §2.5 asks for at least 500 KiB; what lies behind it is not read, nor is a line cut by it.
inline constexpr size_t kMaxRobotsBytes = 500 * 1024;
// A longer line is read as if it ended here.
inline constexpr size_t kMaxRobotsLineBytes = 16 * 1024;

// The whole lines within kMaxRobotsBytes.
absl::string_view CutToLimit(absl::string_view body);

// The lines whose key is known, in order. Lines end in CR, LF or CRLF; a byte order mark is skipped, and UTF-16 with
// one is read as the ASCII it holds. Tolerated: keys in any case, "useragent", "user agent" and five misspellings of
// "disallow", and white space in place of the colon where exactly one value follows.
std::vector<RobotsLine> ReadRobotsLines(absl::string_view body);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ROBOTS_LINES_H_
