#include "common/sync/mutex.h"

#include <thread>

#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(CondVar, AWaitWithoutEndIsEndedByANotification) {
  Mutex mu;
  CondVar told;
  bool done = false;
  std::thread teller([&] {
    MutexLock lock(mu);
    done = true;
    told.NotifyAll();
  });
  {
    MutexLock lock(mu);
    while (!done) EXPECT_TRUE(told.WaitUntil(mu, absl::InfiniteFuture()));
  }
  teller.join();
}

TEST(CondVar, ATimeThatHasPassedIsNotWaitedFor) {
  Mutex mu;
  CondVar never;
  MutexLock lock(mu);
  EXPECT_FALSE(never.WaitUntil(mu, absl::InfinitePast()));
  EXPECT_FALSE(never.WaitUntil(mu, SteadyNow() - absl::Seconds(1)));
}

}  // namespace
}  // namespace tintinh
