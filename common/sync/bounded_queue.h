// A blocking first-in first-out queue with a fixed capacity.
#ifndef TINTINH_COMMON_SYNC_BOUNDED_QUEUE_H_
#define TINTINH_COMMON_SYNC_BOUNDED_QUEUE_H_

#include <algorithm>
#include <cstddef>
#include <deque>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"

namespace tintinh {

// Thread-safe. After Close() pushes are refused, and pops drain what is left and then return nothing.
template <typename T>
class BoundedQueue {
 public:
  explicit BoundedQueue(size_t capacity) : capacity_(capacity) {}

  // Waits for room. Returns false, leaving `value` moved-from only on success, when the queue is closed.
  bool Push(T&& value) {
    MutexLock lock(mu_);
    while (items_.size() >= capacity_ && !closed_) room_.Wait(mu_);
    return PushLocked(std::move(value));
  }

  // Does not wait: false when full or closed; `value` is then untouched.
  bool TryPush(T&& value) {
    MutexLock lock(mu_);
    return items_.size() < capacity_ && PushLocked(std::move(value));
  }

  // Waits for an item; nothing when the queue is closed and empty.
  std::optional<T> Pop() {
    MutexLock lock(mu_);
    while (items_.empty() && !closed_) filled_.Wait(mu_);
    if (items_.empty()) return std::nullopt;
    std::optional<T> value(std::move(items_.front()));
    items_.pop_front();
    room_.NotifyOne();
    return value;
  }

  // Waits for an item and takes up to `most` of those that are there; none when the queue is closed and empty.
  std::vector<T> PopSome(size_t most) {
    MutexLock lock(mu_);
    while (items_.empty() && !closed_) filled_.Wait(mu_);
    const auto end = items_.begin() + static_cast<std::ptrdiff_t>(std::min(most, items_.size()));
    std::vector<T> values(std::make_move_iterator(items_.begin()), std::make_move_iterator(end));
    items_.erase(items_.begin(), end);
    room_.NotifyAll();
    return values;
  }

  void Close() {
    MutexLock lock(mu_);
    closed_ = true;
    room_.NotifyAll();
    filled_.NotifyAll();
  }

  size_t size() const {
    MutexLock lock(mu_);
    return items_.size();
  }

 private:
  bool PushLocked(T&& value) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (closed_) return false;
    items_.push_back(std::move(value));
    filled_.NotifyOne();
    return true;
  }

  const size_t capacity_;
  mutable Mutex mu_;
  std::deque<T> items_ ABSL_GUARDED_BY(mu_);
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
  CondVar room_;
  CondVar filled_;
};

}  // namespace tintinh

#endif  // TINTINH_COMMON_SYNC_BOUNDED_QUEUE_H_
