// An executor whose pieces of work are done by hand, in their order, on the test's thread.
#ifndef TINTINH_TESTS_SUPPORT_STEPPED_EXECUTOR_H_
#define TINTINH_TESTS_SUPPORT_STEPPED_EXECUTOR_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <utility>

namespace tintinh::testing {

class SteppedExecutor {
 public:
  // The executor refers to this.
  std::function<void(std::function<void()>)> executor() {
    return [this](std::function<void()> piece) { waiting_.push_back(std::move(piece)); };
  }

  size_t waiting() const { return waiting_.size(); }

  // Does the next piece; false when there is none.
  bool Step() {
    if (waiting_.empty()) return false;
    const std::function<void()> piece = std::move(waiting_.front());
    waiting_.pop_front();
    piece();
    return true;
  }

 private:
  std::deque<std::function<void()>> waiting_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_STEPPED_EXECUTOR_H_
