#include "common/sync/bounded_queue.h"

#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(BoundedQueue, RefusesBeyondItsCapacityAndKeepsTheValue) {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  EXPECT_TRUE(queue.TryPush(std::make_unique<int>(1)));
  auto second = std::make_unique<int>(2);
  EXPECT_FALSE(queue.TryPush(std::move(second)));
  EXPECT_NE(second, nullptr);
}

TEST(BoundedQueue, PopSomeTakesWhatIsThereInOrderUpToItsLimit) {
  BoundedQueue<int> queue(5);
  for (int i = 1; i <= 5; ++i) EXPECT_TRUE(queue.TryPush(int{i}));
  EXPECT_EQ(queue.PopSome(3), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(queue.PopSome(3), (std::vector<int>{4, 5}));
  queue.Close();
  EXPECT_TRUE(queue.PopSome(3).empty());
}

TEST(BoundedQueue, DrainsWhatIsLeftAfterClose) {
  BoundedQueue<int> queue(2);
  queue.TryPush(7);
  queue.Close();
  EXPECT_FALSE(queue.TryPush(8));
  EXPECT_EQ(queue.Pop(), 7);
  EXPECT_EQ(queue.Pop(), std::nullopt);
}

TEST(BoundedQueue, HandsEveryItemOverInOrderThroughOneSlot) {
  BoundedQueue<int> queue(1);
  std::thread producer([&queue] {
    for (int i = 0; i < 1000; ++i) queue.Push(int{i});
    queue.Close();
  });
  int expected = 0;
  while (auto value = queue.Pop()) EXPECT_EQ(*value, expected++);
  EXPECT_EQ(expected, 1000);
  producer.join();
}

}  // namespace
}  // namespace tintinh
