// The bound on appends that wait for the disk, shared by all shards of a process.
#ifndef TINTINH_COMMON_ARTICLE_LOG_APPEND_BUDGET_H_
#define TINTINH_COMMON_ARTICLE_LOG_APPEND_BUDGET_H_

#include <cstddef>

#include "absl/status/status.h"
#include "common/sync/mutex.h"

namespace tintinh::article_log {

// Thread-safe.
class AppendBudget {
 public:
  AppendBudget(size_t max_calls, size_t max_bytes) : max_calls_(max_calls), max_bytes_(max_bytes) {}

  // Admits one call of that many bytes, or answers RESOURCE_EXHAUSTED naming the limit reached. Where nothing waits, a
  // call of any size is admitted, so that a large one cannot starve.
  absl::Status Take(size_t bytes);

  // Ends a call that Take admitted.
  void Give(size_t bytes);

 private:
  const size_t max_calls_;
  const size_t max_bytes_;
  Mutex mu_;
  size_t calls_ ABSL_GUARDED_BY(mu_) = 0;
  size_t bytes_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace tintinh::article_log

#endif  // TINTINH_COMMON_ARTICLE_LOG_APPEND_BUDGET_H_
