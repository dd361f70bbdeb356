// Which URL of a host queue is next: a column family ordered by host, rank, due time and URL.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_INDEX_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_INDEX_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/kv/database.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct DueUrl {
  std::string url;
  absl::Time due;
};

// Key: host, 0x00, rank (1 byte), due in microseconds since the epoch (8 bytes, big-endian), URL; see FORMAT.md.
std::string DueKey(const disk::v1::UrlRecord& record);

// Not thread-safe. `database` must outlive this.
class DueIndex {
 public:
  static constexpr absl::string_view kFamily = "due";

  explicit DueIndex(const kv::Database& database) : database_(database) {}

  // Moves a URL's entry within `batch`; a null or unscheduled record has none. Both have the same host when both have
  // an entry. `batch` must be written, or dropped, before the next call of First.
  void Replace(const disk::v1::UrlRecord* before, const disk::v1::UrlRecord* after, kv::WriteBatch& batch);

  // The earliest entry of a rank, due or not. Skips what was taken earlier without reading it again: the cost does not
  // grow with the number of URLs that have passed through the queue.
  absl::StatusOr<std::optional<DueUrl>> First(absl::string_view host, disk::v1::UrlRank rank);

  // Calls `visit` for each entry of a rank in order of due time until it returns false.
  absl::Status Visit(absl::string_view host, disk::v1::UrlRank rank,
                     const std::function<bool(const DueUrl&)>& visit) const;

 private:
  const kv::Database& database_;
  // By host and rank: no entry below the key is in the database.
  absl::flat_hash_map<std::string, std::string> lower_bounds_;
};

// True when the record waits for a time to come: it is in the index.
bool IsScheduled(const disk::v1::UrlRecord& record);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_INDEX_H_
