// Admits calls while it is open, and tells when the last one has left: the way to stop a part that others still call.
#ifndef TINTINH_COMMON_SYNC_GATE_H_
#define TINTINH_COMMON_SYNC_GATE_H_

#include <cstddef>
#include <optional>

#include "common/sync/mutex.h"

namespace tintinh {

// Thread-safe.
class Gate {
 public:
  // Held while inside; leaves on destruction. Move-only; must not outlive the gate.
  class Pass {
   public:
    Pass(Pass&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->Leave();
    }

   private:
    friend class Gate;
    explicit Pass(Gate& gate) : gate_(&gate) {}
    Gate* gate_;
  };

  // Closed until Open().
  Gate() = default;

  // Nothing when the gate is closed.
  std::optional<Pass> Enter() {
    MutexLock lock(mu_);
    if (!open_) return std::nullopt;
    ++inside_;
    return Pass(*this);
  }

  void Open() {
    MutexLock lock(mu_);
    open_ = true;
  }

  // For those inside who would take long.
  bool IsOpen() {
    MutexLock lock(mu_);
    return open_;
  }

  // Admits nobody from now on and waits until everybody inside has left.
  void CloseAndWait() {
    MutexLock lock(mu_);
    open_ = false;
    while (inside_ > 0) left_.Wait(mu_);
  }

 private:
  void Leave() {
    MutexLock lock(mu_);
    if (--inside_ == 0) left_.NotifyAll();
  }

  Mutex mu_;
  CondVar left_;
  bool open_ ABSL_GUARDED_BY(mu_) = false;
  size_t inside_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace tintinh

#endif  // TINTINH_COMMON_SYNC_GATE_H_
