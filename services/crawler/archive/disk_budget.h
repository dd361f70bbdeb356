// Keeps closed WARC files within a number of bytes: the oldest go first.
#ifndef TINTINH_SERVICES_CRAWLER_ARCHIVE_DISK_BUDGET_H_
#define TINTINH_SERVICES_CRAWLER_ARCHIVE_DISK_BUDGET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace tintinh::crawler {

// Removes the oldest closed files of the directory, by name, which begins with their time, and their indexes, until the
// rest is at most `max_bytes`; the newest stays in any case. Returns what was removed. 0: no bound.
absl::StatusOr<std::vector<std::string>> ExpireOldest(const std::string& directory, uint64_t max_bytes);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ARCHIVE_DISK_BUDGET_H_
