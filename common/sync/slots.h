// Bounds how many do something at once.
#ifndef TINTINH_COMMON_SYNC_SLOTS_H_
#define TINTINH_COMMON_SYNC_SLOTS_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/sync/mutex.h"

namespace tintinh {

// Thread-safe.
class Slots {
 public:
  // Given back on destruction. Move-only; must not outlive the slots.
  class Slot {
   public:
    Slot(Slot&& other) noexcept : slots_(other.slots_) { other.slots_ = nullptr; }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (slots_ != nullptr) slots_->Give();
    }

   private:
    friend class Slots;
    explicit Slot(Slots& slots) : slots_(&slots) {}
    Slots* slots_;
  };

  // `what` they do: "writes". `most` 0: any number.
  Slots(std::string what, size_t most) : what_(std::move(what)), most_(most) {}

  // RESOURCE_EXHAUSTED when all are taken.
  absl::StatusOr<Slot> Take() {
    MutexLock lock(mu_);
    if (most_ > 0 && taken_ >= most_) {
      return absl::ResourceExhaustedError(
          absl::StrCat(taken_, " ", what_, " are under way, at most ", most_, " at once"));
    }
    ++taken_;
    return Slot(*this);
  }

 private:
  void Give() {
    MutexLock lock(mu_);
    --taken_;
  }

  const std::string what_;
  const size_t most_;
  Mutex mu_;
  size_t taken_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace tintinh

#endif  // TINTINH_COMMON_SYNC_SLOTS_H_
