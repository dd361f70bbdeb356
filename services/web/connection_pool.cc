#include "services/web/connection_pool.h"

#include <optional>
#include <utility>

namespace tintinh::web {

ConnectionPool::ConnectionPool(size_t threads) {
  for (size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this] {
      while (std::optional<std::function<void()>> serve = connections_.Pop()) (*serve)();
    });
  }
}

void ConnectionPool::enqueue(std::function<void()> serve) { connections_.Push(std::move(serve)); }

void ConnectionPool::shutdown() {
  connections_.Close();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace tintinh::web
