#include "services/indexer/shard/worker_threads.h"

#include <future>
#include <vector>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(WorkerThreads, PiecesAreDoneInTheirOrder) {
  std::vector<int> done;
  std::promise<void> last;
  WorkerThreads workers(1);
  for (int i = 0; i < 3; ++i) workers.Add([&done, i] { done.push_back(i); });
  workers.Add([&last] { last.set_value(); });
  last.get_future().wait();
  EXPECT_EQ(done, (std::vector<int>{0, 1, 2}));
}

TEST(WorkerThreads, OneThreadGoesOnWhileAnotherIsBusy) {
  std::promise<void> release;
  std::promise<void> done;
  WorkerThreads workers(2);
  workers.Add([&release] { release.get_future().wait(); });
  workers.Add([&done] { done.set_value(); });
  done.get_future().wait();
  release.set_value();
}

TEST(WorkerThreads, DestructionWaitsForThePieceBegun) {
  std::promise<void> begun;
  bool ended = false;
  {
    WorkerThreads workers(1);
    workers.Add([&] {
      begun.set_value();
      ended = true;
    });
    begun.get_future().wait();
  }
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace tintinh::indexer
