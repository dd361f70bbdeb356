// The outbox: pages fetched whose final outcome is not known yet. Storage in the frontier's database, so that a page
// and the state of its URL change in one atomic write.
#ifndef TINTINH_SERVICES_CRAWLER_ARCHIVE_OUTBOX_H_
#define TINTINH_SERVICES_CRAWLER_ARCHIVE_OUTBOX_H_

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "common/kv/database.h"
#include "common/sync/mutex.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// Thread-safe. Puts and removals go into the caller's batch; once the batch is on disk the caller says so by Announce
// or Forget, and before that they count for nothing.
class Outbox {
 public:
  static std::vector<kv::ColumnFamily> ColumnFamilies();

  // `database` must outlive the result. Finds the pages that an earlier process left.
  static absl::StatusOr<std::unique_ptr<Outbox>> Open(kv::Database& database);

  // Adds the page to `batch` under a new sequence number and returns that.
  uint64_t Put(disk::v1::OutboxRecord record, kv::WriteBatch& batch);
  void Announce(uint64_t sequence);

  void Remove(uint64_t sequence, kv::WriteBatch& batch) const;
  void Forget(uint64_t sequence);

  // NOT_FOUND when the page is not there (any more).
  absl::StatusOr<disk::v1::OutboxRecord> Read(uint64_t sequence) const;

  // Pages announced and not forgotten.
  size_t size() const;
  std::vector<uint64_t> sequences() const;  // oldest first

 private:
  Outbox(kv::Database& database, std::set<uint64_t> sequences);

  kv::Database& database_;
  mutable Mutex mu_;
  std::set<uint64_t> sequences_ ABSL_GUARDED_BY(mu_);
  uint64_t last_sequence_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ARCHIVE_OUTBOX_H_
