// Machines that are lost with their disks, racks without power or network for a while, processes that restart, and what
// comes of it: how long replicas are away, and how long a leaf has none.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_LOSS_SIM_H_
#define TINTINH_TESTS_BENCH_CAPACITY_LOSS_SIM_H_

#include <cstddef>
#include <cstdint>

#include "tests/bench/capacity/placement.h"

namespace tintinh::capacity {

constexpr double kDay = 86'400;
constexpr double kYear = 365 * kDay;

// Seconds and bytes.
struct LossScenario {
  Placement placement{1, 2, 2};
  double leaf_articles = 0;
  double leaf_bytes = 0;
  double puts_per_second = 0;  // of a leaf; must be below replay_per_second

  double copy_bytes_per_second = 328e6;     // of a replica, from another
  double machine_bytes_per_second = 1.1e9;  // its network's
  double replay_per_second = 3'565;         // articles, from the log

  double machine_life = 0.5 * kYear;  // mean time until a machine is lost
  double notice = 600;                // until its successor begins
  double process_life = 30 * kDay;    // mean time between restarts of a process
  double restart = 10;                // how long it is away then
  double rack_life = 0;               // mean time between outages of a rack, which leave its disks whole; 0: none
  double rack_away = 3'600;

  double years = 1'000;
  uint64_t seed = 1;
};

struct LossOutcome {
  size_t machines_lost = 0;
  size_t rebuilt_by_copy = 0;  // replicas
  size_t rebuilt_by_log = 0;   // where no other replica was left
  double rebuild_median = 0;   // from the loss until the replica serves
  double rebuild_longest = 0;
  double leaf_down = 0;       // share of time, of one leaf, without any replica
  double some_leaf_down = 0;  // share of time in which answers lack a leaf
};

// How long a copy of a whole replica takes where `at_once` are copied to its machine, with what was put meanwhile.
double CopySeconds(const LossScenario& scenario, size_t at_once);
// The same from the log alone.
double ReplaySeconds(const LossScenario& scenario);

// Deterministic.
LossOutcome RunLosses(const LossScenario& scenario);

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_LOSS_SIM_H_
