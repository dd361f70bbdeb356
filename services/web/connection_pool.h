// The threads that serve connections.
#ifndef TINTINH_SERVICES_WEB_CONNECTION_POOL_H_
#define TINTINH_SERVICES_WEB_CONNECTION_POOL_H_

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "common/sync/bounded_queue.h"
#include "httplib.h"

namespace tintinh::web {

// One thread a connection. While all are busy, enqueue waits, and with it the accepting of further connections: they
// queue in the kernel, whose backlog is bounded.
class ConnectionPool final : public httplib::TaskQueue {
 public:
  explicit ConnectionPool(size_t threads);

  void enqueue(std::function<void()> serve) override;

  // Returns when every connection taken is served.
  void shutdown() override;

 private:
  BoundedQueue<std::function<void()>> connections_{1};
  std::vector<std::thread> threads_;
};

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_CONNECTION_POOL_H_
