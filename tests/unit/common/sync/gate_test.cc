#include "common/sync/gate.h"

#include <atomic>
#include <optional>
#include <thread>

#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(Gate, IsClosedUntilOpenedAndAfterClosing) {
  Gate gate;
  EXPECT_FALSE(gate.Enter().has_value());
  gate.Open();
  EXPECT_TRUE(gate.Enter().has_value());
  gate.CloseAndWait();
  EXPECT_FALSE(gate.Enter().has_value());
}

TEST(Gate, ClosingWaitsForTheLastToLeave) {
  Gate gate;
  gate.Open();
  std::optional<Gate::Pass> pass = gate.Enter();
  std::optional<Gate::Pass> moved(std::move(pass));
  std::atomic<bool> left = false;
  std::thread closer([&] {
    gate.CloseAndWait();
    EXPECT_TRUE(left);
  });
  while (gate.Enter().has_value()) std::this_thread::yield();
  left = true;
  moved.reset();
  closer.join();
}

}  // namespace
}  // namespace tintinh
