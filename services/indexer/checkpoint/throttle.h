// Keeps a stream of bytes to a rate.
#ifndef TINTINH_SERVICES_INDEXER_CHECKPOINT_THROTTLE_H_
#define TINTINH_SERVICES_INDEXER_CHECKPOINT_THROTTLE_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace tintinh::indexer {

// One stream's, on one thread. The rate holds over the whole stream: a slow beginning may be made up for.
class Throttle {
 public:
  // `bytes_per_second` 0: any rate. `goes_on` is asked before each piece and ten times a second while waiting. `clock`
  // must outlive this.
  Throttle(uint64_t bytes_per_second, std::function<bool()> goes_on, const Clock& clock);

  // Returns when the bytes passed before are paid for, and counts `bytes`. ABORTED once it does not go on.
  absl::Status Pass(uint64_t bytes);

 private:
  const uint64_t bytes_per_second_;
  const std::function<bool()> goes_on_;
  const Clock& clock_;
  absl::Time free_;  // when what has passed is paid for
  Mutex mu_;
  CondVar never_;  // waited on for its time limit
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_CHECKPOINT_THROTTLE_H_
