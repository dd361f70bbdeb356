#include "services/crawler/archive/disk_budget.h"

#include <filesystem>
#include <map>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/crawler/archive/cdx.h"

namespace tintinh::crawler {

absl::StatusOr<std::vector<std::string>> ExpireOldest(const std::string& directory, uint64_t max_bytes) {
  std::vector<std::string> removed;
  if (max_bytes == 0) return removed;
  std::map<std::string, uint64_t> closed;
  uint64_t total = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (!absl::EndsWith(it->path().string(), ".warc.gz")) continue;
    const uint64_t bytes = it->file_size(error);
    closed[it->path().string()] = bytes;
    total += bytes;
  }
  while (!error && total > max_bytes && closed.size() > 1) {
    const auto oldest = closed.begin();
    std::filesystem::remove(CdxPath(oldest->first), error);
    if (!error) std::filesystem::remove(oldest->first, error);
    total -= oldest->second;
    removed.push_back(oldest->first);
    closed.erase(oldest);
  }
  if (error) return absl::UnavailableError(absl::StrCat("expire files of ", directory, ": ", error.message()));
  return removed;
}

}  // namespace tintinh::crawler
