// Any bytes are a robots.txt; the first line of the input is the path that is asked for.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "services/crawler/robots/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t line = std::min(text.find('\n'), text.size());
  const auto robots = tintinh::crawler::RobotsTxt::Parse(text.substr(line));
  const auto verdict = robots.Check("TinTinhBot", text.substr(0, line));
  if (!verdict.allowed && verdict.rule.empty()) std::abort();
  const auto delay = robots.CrawlDelay("TinTinhBot");
  if (delay && (*delay < absl::ZeroDuration() || *delay > absl::Hours(24))) std::abort();
  return 0;
}
