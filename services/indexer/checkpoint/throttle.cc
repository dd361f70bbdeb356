#include "services/indexer/checkpoint/throttle.h"

#include <algorithm>
#include <utility>

namespace tintinh::indexer {
namespace {

constexpr absl::Duration kLongestWait = absl::Milliseconds(100);

}  // namespace

Throttle::Throttle(uint64_t bytes_per_second, std::function<bool()> goes_on, const Clock& clock)
    : bytes_per_second_(bytes_per_second), goes_on_(std::move(goes_on)), clock_(clock), free_(clock.Now()) {}

absl::Status Throttle::Pass(uint64_t bytes) {
  MutexLock lock(mu_);
  while (goes_on_()) {
    const absl::Time now = clock_.Now();
    if (free_ <= now) {
      if (bytes_per_second_ > 0) free_ += absl::Seconds(1) * static_cast<double>(bytes) / bytes_per_second_;
      return absl::OkStatus();
    }
    never_.WaitUntil(mu_, std::min(free_, now + kLongestWait));
  }
  return absl::AbortedError("the stream was ended");
}

}  // namespace tintinh::indexer
