// A simulated clock: what is planned happens in the order of its times, and nothing else passes time.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_EVENT_QUEUE_H_
#define TINTINH_TESTS_BENCH_CAPACITY_EVENT_QUEUE_H_

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace tintinh::capacity {

class EventQueue {
 public:
  double now() const { return now_; }

  // Of equal times, what was planned first happens first: runs of one seed are the same.
  void After(double seconds, std::function<void()> event) {
    events_.push({now_ + seconds, planned_++, std::move(event)});
  }

  // False once nothing is planned.
  bool RunNext() {
    if (events_.empty()) return false;
    Event next = events_.top();
    events_.pop();
    now_ = next.time;
    next.run();
    return true;
  }

 private:
  struct Event {
    double time;
    uint64_t number;
    std::function<void()> run;
    bool operator<(const Event& other) const { return time != other.time ? time > other.time : number > other.number; }
  };

  double now_ = 0;
  uint64_t planned_ = 0;
  std::priority_queue<Event> events_;
};

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_EVENT_QUEUE_H_
