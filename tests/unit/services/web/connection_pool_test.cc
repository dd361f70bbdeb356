#include "services/web/connection_pool.h"

#include <atomic>
#include <thread>

#include "common/sync/mutex.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

TEST(ConnectionPool, ShutdownReturnsWhenEveryConnectionIsServed) {
  std::atomic<int> served{0};
  ConnectionPool pool(3);
  for (int i = 0; i < 50; ++i) pool.enqueue([&] { ++served; });
  pool.shutdown();
  EXPECT_EQ(served, 50);
}

TEST(ConnectionPool, EnqueueWaitsWhileAllAreBusy) {
  Mutex mu;
  CondVar changed;
  bool released = false;
  const auto wait = [&] {
    MutexLock lock(mu);
    while (!released) changed.Wait(mu);
  };
  ConnectionPool pool(1);
  pool.enqueue(wait);
  std::atomic<bool> third_taken{false};
  std::thread accepting([&] {
    pool.enqueue([] {});
    pool.enqueue([] {});
    third_taken = true;
  });
  EXPECT_FALSE(third_taken) << "one is served, one waits, the third is not taken";
  {
    MutexLock lock(mu);
    released = true;
    changed.NotifyAll();
  }
  accepting.join();
  pool.shutdown();
  EXPECT_TRUE(third_taken);
}

}  // namespace
}  // namespace tintinh::web
