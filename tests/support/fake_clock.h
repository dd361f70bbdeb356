// A clock that moves only when told.
#ifndef TINTINH_TESTS_SUPPORT_FAKE_CLOCK_H_
#define TINTINH_TESTS_SUPPORT_FAKE_CLOCK_H_

#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace tintinh::testing {

// Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time now = absl::FromUnixSeconds(1'700'000'000)) : now_(now) {}

  absl::Time Now() const override {
    MutexLock lock(mu_);
    return now_;
  }
  void Advance(absl::Duration step) {
    MutexLock lock(mu_);
    now_ += step;
  }

 private:
  mutable Mutex mu_;
  absl::Time now_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_FAKE_CLOCK_H_
