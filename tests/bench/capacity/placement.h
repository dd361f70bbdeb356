// Which machine holds which replica of which leaf. A leaf is an indexer process with all shards of its data directory.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_PLACEMENT_H_
#define TINTINH_TESTS_BENCH_CAPACITY_PLACEMENT_H_

#include <cstddef>
#include <vector>

namespace tintinh::capacity {

class Placement {
 public:
  // Replicas of a leaf on different machines, as many on each machine as on any other, or one more. REQUIRES:
  // 1 <= replicas <= machines.
  Placement(size_t leaves, size_t replicas, size_t machines);

  size_t leaves() const { return leaves_; }
  size_t replicas() const { return replicas_; }
  size_t machines() const { return machines_; }
  size_t MachineOf(size_t leaf, size_t replica) const { return machine_of_[leaf * replicas_ + replica]; }

  // Replicas on the machine that has most.
  size_t Fullest() const;

 private:
  size_t leaves_;
  size_t replicas_;
  size_t machines_;
  std::vector<size_t> machine_of_;
};

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_PLACEMENT_H_
