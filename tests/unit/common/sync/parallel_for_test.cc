#include "common/sync/parallel_for.h"

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "common/sync/mutex.h"
#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(ParallelFor, RunsEachPieceOnceForAnyNumberOfThreads) {
  for (const size_t threads : {0u, 1u, 2u, 7u, 100u}) {
    std::vector<std::atomic<int>> runs(20);
    ParallelFor(runs.size(), threads, [&runs](size_t piece) { ++runs[piece]; });
    for (const std::atomic<int>& run : runs) EXPECT_EQ(run, 1);
  }
}

TEST(ParallelFor, NoPiecesRunNothing) {
  ParallelFor(0, 4, [](size_t) { FAIL(); });
}

TEST(ParallelFor, UsesNoMoreThreadsThanAllowed) {
  Mutex mu;
  std::set<std::thread::id> seen;
  ParallelFor(100, 3, [&](size_t) {
    MutexLock lock(mu);
    seen.insert(std::this_thread::get_id());
  });
  EXPECT_LE(seen.size(), 3u);
}

}  // namespace
}  // namespace tintinh
