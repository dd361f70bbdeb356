#include "tests/bench/capacity/placement.h"

#include <algorithm>

namespace tintinh::capacity {

Placement::Placement(size_t leaves, size_t replicas, size_t machines)
    : leaves_(leaves), replicas_(replicas), machines_(machines) {
  machine_of_.reserve(leaves * replicas);
  for (size_t i = 0; i < leaves * replicas; ++i) machine_of_.push_back(i % machines);
}

size_t Placement::Fullest() const {
  std::vector<size_t> held(machines_, 0);
  for (const size_t machine : machine_of_) ++held[machine];
  return *std::max_element(held.begin(), held.end());
}

}  // namespace tintinh::capacity
