// Waiting for time to pass, where nothing can come before it.
#ifndef TINTINH_COMMON_SYNC_PAUSE_H_
#define TINTINH_COMMON_SYNC_PAUSE_H_

#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace tintinh {

// Blocks the caller's thread for about as long.
inline void Pause(absl::Duration duration) {
  const absl::Time end = SteadyNow() + duration;
  Mutex mu;
  CondVar never;
  MutexLock lock(mu);
  while (SteadyNow() < end) never.WaitUntil(mu, end);
}

}  // namespace tintinh

#endif  // TINTINH_COMMON_SYNC_PAUSE_H_
