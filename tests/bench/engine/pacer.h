// Gives turns at a fixed rate by the clock. Who falls behind gets turns without waiting until he has caught up.
#ifndef TINTINH_TESTS_BENCH_ENGINE_PACER_H_
#define TINTINH_TESTS_BENCH_ENGINE_PACER_H_

#include <cstdint>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"

namespace tintinh::bench {

// AwaitTurn() by one thread, Stop() by any.
class Pacer {
 public:
  explicit Pacer(double per_second) : interval_(absl::Seconds(1 / per_second)), start_(absl::Now()) {}

  // False once stopped.
  bool AwaitTurn() {
    const absl::Time due = start_ + interval_ * turns_++;
    MutexLock lock(mu_);
    while (!stopped_ && absl::Now() < due) changed_.WaitUntil(mu_, due);
    return !stopped_;
  }

  void Stop() {
    MutexLock lock(mu_);
    stopped_ = true;
    changed_.NotifyAll();
  }

 private:
  const absl::Duration interval_;
  const absl::Time start_;
  int64_t turns_ = 0;
  Mutex mu_;
  CondVar changed_;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_PACER_H_
