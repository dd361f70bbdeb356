// Which machine holds which replica of which leaf. A leaf is an indexer process with all shards of its data directory.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_PLACEMENT_H_
#define TINTINH_TESTS_BENCH_CAPACITY_PLACEMENT_H_

#include <cstddef>
#include <vector>

namespace tintinh::capacity {

class Placement {
 public:
  // Machines are in racks in turn. Replicas of a leaf are on different machines, in different racks while there are
  // racks left, each on the emptiest machine that is so. REQUIRES: 1 <= replicas <= machines, 1 <= racks <= machines.
  Placement(size_t leaves, size_t replicas, size_t machines, size_t racks = 1);

  size_t leaves() const { return leaves_; }
  size_t replicas() const { return replicas_; }
  size_t machines() const { return machines_; }
  size_t racks() const { return racks_; }
  size_t MachineOf(size_t leaf, size_t replica) const { return machine_of_[leaf * replicas_ + replica]; }
  size_t RackOf(size_t machine) const { return machine % racks_; }

  // Replicas on the machine that has most.
  size_t Fullest() const;

 private:
  // The emptiest machine of the racks that hold fewest replicas of the leaf, of those that hold none of it.
  size_t BestFor(const std::vector<size_t>& of_leaf) const;

  size_t leaves_;
  size_t replicas_;
  size_t machines_;
  size_t racks_;
  std::vector<size_t> held_;  // replicas on each machine
  std::vector<size_t> machine_of_;
};

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_PLACEMENT_H_
