#include "common/article_log/append_budget.h"

#include "absl/strings/str_cat.h"

namespace tintinh::article_log {

absl::Status AppendBudget::Take(size_t bytes) {
  MutexLock lock(mu_);
  if (calls_ >= max_calls_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("append queue is full: ", calls_, " appends wait, max_queued_appends is ", max_calls_));
  }
  if (calls_ > 0 && bytes_ + bytes > max_bytes_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("append queue is full: ", bytes_, " bytes wait, ", bytes, " more exceed ", max_bytes_));
  }
  ++calls_;
  bytes_ += bytes;
  return absl::OkStatus();
}

void AppendBudget::Give(size_t bytes) {
  MutexLock lock(mu_);
  --calls_;
  bytes_ -= bytes;
}

}  // namespace tintinh::article_log
