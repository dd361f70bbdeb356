// Runs independent pieces of one task on several threads and waits for all of them.
#ifndef TINTINH_COMMON_SYNC_PARALLEL_FOR_H_
#define TINTINH_COMMON_SYNC_PARALLEL_FOR_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"

namespace tintinh {

// Calls body(0) … body(count - 1), each once, on the caller's thread and up to max_threads - 1 further ones, and
// returns when all have ended. Starting a thread costs some 20 µs: for pieces of a millisecond and more. `body` must
// not throw.
inline void ParallelFor(size_t count, size_t max_threads, absl::FunctionRef<void(size_t)> body) {
  std::atomic<size_t> next = 0;
  const auto work = [&next, count, body] {
    for (size_t piece = next++; piece < count; piece = next++) body(piece);
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min(count, max_threads); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace tintinh

#endif  // TINTINH_COMMON_SYNC_PARALLEL_FOR_H_
