// How many calls may be made a second time: few of many, so that hedging cannot double the load of servers that are
// slow because they have too much to do (Dean and Barroso, The Tail at Scale, 2013).
#ifndef TINTINH_SERVICES_QUERY_FAN_OUT_HEDGE_BUDGET_H_
#define TINTINH_SERVICES_QUERY_FAN_OUT_HEDGE_BUDGET_H_

#include <algorithm>
#include <cstddef>

#include "common/sync/mutex.h"

namespace tintinh::query {

// Thread-safe. One hedge that did not help for every ten calls, and ten saved up at most.
class HedgeBudget {
 public:
  void Earn(size_t calls) {
    MutexLock lock(mu_);
    saved_ = std::min(kMost, saved_ + kShare * static_cast<double>(calls));
  }

  // Further calls of which one answered first were no waste: the first one hangs.
  void GiveBack(size_t calls) {
    MutexLock lock(mu_);
    saved_ = std::min(kMost, saved_ + static_cast<double>(calls));
  }

  bool Spend() {
    MutexLock lock(mu_);
    if (saved_ < 1) return false;
    saved_ -= 1;
    return true;
  }

 private:
  static constexpr double kShare = 0.1;
  static constexpr double kMost = 10;

  Mutex mu_;
  double saved_ ABSL_GUARDED_BY(mu_) = kMost;
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_FAN_OUT_HEDGE_BUDGET_H_
