// A fixed number of permits to do something at the same time.
#ifndef TINTINH_SERVICES_QUERY_PERMIT_PERMIT_POOL_H_
#define TINTINH_SERVICES_QUERY_PERMIT_PERMIT_POOL_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>

namespace tintinh::query {

class PermitPool;

// Gives its permit back when it goes. The pool must outlive it.
class Permit {
 public:
  explicit Permit(PermitPool& pool) : pool_(&pool) {}
  Permit(Permit&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)) {}
  Permit& operator=(Permit&&) = delete;
  ~Permit();
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;

 private:
  PermitPool* pool_;  // null: moved from
};

// Thread-safe. Never waits: who gets no permit is to be refused, so that work is turned away instead of piling up.
class PermitPool {
 public:
  explicit PermitPool(uint32_t permits) : free_(permits) {}

  std::optional<Permit> TryTake() {
    uint32_t free = free_.load(std::memory_order_relaxed);
    while (free > 0) {
      if (free_.compare_exchange_weak(free, free - 1, std::memory_order_acquire)) return Permit(*this);
    }
    return std::nullopt;
  }

 private:
  friend class Permit;
  std::atomic<uint32_t> free_;
};

inline Permit::~Permit() {
  if (pool_ != nullptr) pool_->free_.fetch_add(1, std::memory_order_release);
}

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PERMIT_PERMIT_POOL_H_
