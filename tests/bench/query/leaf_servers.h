// Indexers in a process of their own that answer as ones with many hits do, without an index: what a root costs can
// then be told from what its leaves cost.
#ifndef TINTINH_TESTS_BENCH_QUERY_LEAF_SERVERS_H_
#define TINTINH_TESTS_BENCH_QUERY_LEAF_SERVERS_H_

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace tintinh::bench {

struct LeafBehaviour {
  size_t leaves = 1;
  size_t replicas = 1;      // servers of each leaf
  double slow_share = 0;    // of LeafSearch calls, drawn by each server by itself
  double slow_seconds = 0;  // how long such a call waits, without using the processor, before it answers
};

// Ends with the object, or with the process that made it.
class LeafServers {
 public:
  // Forks: to be made before this process uses gRPC.
  explicit LeafServers(const LeafBehaviour& behaviour);
  ~LeafServers();
  LeafServers(const LeafServers&) = delete;
  LeafServers& operator=(const LeafServers&) = delete;

  // A gRPC target for each leaf that names all its replicas.
  const std::vector<std::string>& targets() const { return targets_; }

  // Processor time used by all of them so far.
  double CpuMicros() const;

 private:
  pid_t process_ = -1;
  int stop_ = -1;  // the leaves serve until it is closed
  std::vector<std::string> targets_;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_QUERY_LEAF_SERVERS_H_
