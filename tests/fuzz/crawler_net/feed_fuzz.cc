// Any bytes may be offered as a feed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "services/crawler/discover/feed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto read =
      tintinh::crawler::ParseFeed({reinterpret_cast<const char*>(data), size}, "https://baotinh.vn/x.xml");
  if (!read.ok()) return 0;
  for (const auto& item : read->items) {
    if (item.url.empty() || item.title.size() > tintinh::crawler::kMaxTitleBytes) std::abort();
  }
  return 0;
}
