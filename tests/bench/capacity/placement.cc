#include "tests/bench/capacity/placement.h"

#include <algorithm>
#include <utility>

namespace tintinh::capacity {

Placement::Placement(size_t leaves, size_t replicas, size_t machines, size_t racks)
    : leaves_(leaves), replicas_(replicas), machines_(machines), racks_(racks), held_(machines, 0) {
  machine_of_.reserve(leaves * replicas);
  for (size_t leaf = 0; leaf < leaves; ++leaf) {
    std::vector<size_t> of_leaf;
    for (size_t replica = 0; replica < replicas; ++replica) {
      of_leaf.push_back(BestFor(of_leaf));
      ++held_[of_leaf.back()];
    }
    machine_of_.insert(machine_of_.end(), of_leaf.begin(), of_leaf.end());
  }
}

size_t Placement::BestFor(const std::vector<size_t>& of_leaf) const {
  std::vector<size_t> in_rack(racks_, 0);
  for (const size_t machine : of_leaf) ++in_rack[RackOf(machine)];
  size_t best = machines_;
  for (size_t machine = 0; machine < machines_; ++machine) {
    if (std::find(of_leaf.begin(), of_leaf.end(), machine) != of_leaf.end()) continue;
    const auto cost = [&](size_t one) { return std::pair(in_rack[RackOf(one)], held_[one]); };
    if (best == machines_ || cost(machine) < cost(best)) best = machine;
  }
  return best;
}

size_t Placement::Fullest() const { return *std::max_element(held_.begin(), held_.end()); }

}  // namespace tintinh::capacity
