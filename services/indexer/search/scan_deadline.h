// When a long scan has to give up.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_SCAN_DEADLINE_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_SCAN_DEADLINE_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace tintinh::indexer {

// Thread-safe. Reads the clock at each Check(): scans ask every few thousand steps.
class ScanDeadline {
 public:
  ScanDeadline() = default;  // never passes
  // `clock` must outlive this.
  ScanDeadline(const Clock& clock, absl::Time at) : clock_(&clock), at_(at) {}

  // DEADLINE_EXCEEDED once it has passed.
  absl::Status Check() const {
    if (clock_ == nullptr || clock_->Now() < at_) return absl::OkStatus();
    return absl::DeadlineExceededError("the deadline passed before the shard was read through");
  }

 private:
  const Clock* clock_ = nullptr;
  absl::Time at_ = absl::InfiniteFuture();
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_SCAN_DEADLINE_H_
