// A machine of the simulation: tasks wait for one of its cores, first come, first served.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_MACHINE_H_
#define TINTINH_TESTS_BENCH_CAPACITY_MACHINE_H_

#include <deque>
#include <functional>
#include <utility>

#include "tests/bench/capacity/event_queue.h"

namespace tintinh::capacity {

class Machine {
 public:
  // The queue must outlive this.
  Machine(EventQueue& events, int cores) : events_(events), free_(cores) {}

  // `done` is called when the task has had a core for so long.
  void Run(double seconds, std::function<void()> done) {
    waiting_.push_back({seconds, std::move(done)});
    BeginWaiting();
  }

  double busy_seconds() const { return busy_; }  // of all cores together

 private:
  struct Task {
    double seconds;
    std::function<void()> done;
  };

  void BeginWaiting() {
    while (free_ > 0 && !waiting_.empty()) {
      --free_;
      Task task = std::move(waiting_.front());
      waiting_.pop_front();
      busy_ += task.seconds;
      events_.After(task.seconds, [this, done = std::move(task.done)] {
        ++free_;
        done();
        BeginWaiting();
      });
    }
  }

  EventQueue& events_;
  int free_;
  double busy_ = 0;
  std::deque<Task> waiting_;
};

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_MACHINE_H_
