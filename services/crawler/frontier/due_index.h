// Which URL of a host queue is next: a column family ordered by host, rank, due time and URL.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_INDEX_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_INDEX_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"
#include "services/crawler/frontier/due_queue.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// Key: host, 0x00, rank (1 byte), due in microseconds since the epoch (8 bytes, big-endian), URL; see FORMAT.md.
std::string DueKey(const disk::v1::UrlRecord& record);

// Value: the rest of the record, so that a lease needs no further read; empty for records of more than kMaxDueValue
// bytes, such as those of pages with validators.
inline constexpr size_t kMaxDueValue = 64;
std::string DueValue(disk::v1::UrlRecord& record);  // the record is as before when this returns

// The record that an entry stands for; nothing when the entry does not hold it.
std::optional<disk::v1::UrlRecord> RecordOf(const DueUrl& entry, absl::string_view host, disk::v1::UrlRank rank);

// Not thread-safe. `database` must outlive this.
class DueIndex {
 public:
  static constexpr absl::string_view kFamily = "due";

  explicit DueIndex(const kv::Database& database) : database_(database) {}

  // Moves a URL's entry within `batch` and in `queue`, its host's, if there is one; a null or unscheduled record has no
  // entry. When `batch` does not reach the disk, `queue` must forget.
  void Replace(const disk::v1::UrlRecord* before, disk::v1::UrlRecord* after, DueQueue* queue,
               kv::WriteBatch& batch) const;

  // The earliest entry of a rank that is not leased, due or not; null when there is none. Valid until `queue` changes.
  absl::StatusOr<const DueUrl*> First(DueQueue& queue, disk::v1::UrlRank rank) const;

  // Calls `visit` for each entry of a rank in order of due time, leased or not, until it returns false.
  absl::Status Visit(absl::string_view host, disk::v1::UrlRank rank,
                     const std::function<bool(const DueUrl&)>& visit) const;

 private:
  absl::Status Read(DueQueue& queue, disk::v1::UrlRank rank) const;

  const kv::Database& database_;
};

// True when the record waits for a time to come: it is in the index.
bool IsScheduled(const disk::v1::UrlRecord& record);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_INDEX_H_
