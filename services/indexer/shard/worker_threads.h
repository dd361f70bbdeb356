// Threads that work off what they are given, first in first out: the background of one shard or of many.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_WORKER_THREADS_H_
#define TINTINH_SERVICES_INDEXER_SHARD_WORKER_THREADS_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"

namespace tintinh::indexer {

// Thread-safe. What waits is bounded by who gives it: a shard has at most one piece waiting in each executor.
class WorkerThreads {
 public:
  explicit WorkerThreads(size_t threads) {
    for (size_t i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { Run(); });
    }
  }

  // Ends once the pieces begun are done; drops those that wait.
  ~WorkerThreads() {
    {
      MutexLock lock(mu_);
      stopping_ = true;
      changed_.NotifyAll();
    }
    for (std::thread& thread : threads_) thread.join();
  }
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  void Add(std::function<void()> piece) {
    MutexLock lock(mu_);
    waiting_.push_back(std::move(piece));
    changed_.NotifyOne();
  }

 private:
  void Run() {
    while (const std::function<void()> piece = Next()) piece();
  }

  // Empty at the end.
  std::function<void()> Next() {
    MutexLock lock(mu_);
    while (waiting_.empty() && !stopping_) changed_.Wait(mu_);
    if (stopping_) return nullptr;
    std::function<void()> piece = std::move(waiting_.front());
    waiting_.pop_front();
    return piece;
  }

  Mutex mu_;
  CondVar changed_;
  std::deque<std::function<void()>> waiting_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_WORKER_THREADS_H_
