// Searches over many leaves, as services/query makes them: frequencies from all leaves, hits from all leaves, articles
// from those with hits of the page; a round ends with its last answer.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_SEARCH_SIM_H_
#define TINTINH_TESTS_BENCH_CAPACITY_SEARCH_SIM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "tests/bench/capacity/placement.h"
#include "tests/bench/capacity/workload.h"

namespace tintinh::capacity {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr size_t kRounds = 3;  // statistics, hits, articles
constexpr size_t kHitRound = 1;
constexpr size_t kArticleRound = 2;

// Seconds unless said.
struct SearchScenario {
  Placement placement{1, 1, 1};
  int cores = 2;                    // of each machine
  bool roots_beside_leaves = true;  // on the machines of the leaves, in turn; otherwise on machines of their own
  size_t roots = 1;

  std::array<ServiceTime, kRounds> leaf;  // processor time of a call at its leaf
  size_t article_calls = 1;               // of a query, to one leaf after the other
  double slow_share = 0;                  // of calls for hits, which wait before they answer, using no processor
  double slow_seconds = 0;
  double root_fixed = 0;     // processor time of a query at its root
  double root_per_leaf = 0;  // and for each leaf
  double client = 0;         // processor time of a query at its client, who shares the root's machine
  double wire = 0;           // of a message, one way

  double hedge_after = kNever;

  double queries_per_second = 0;  // they come by themselves; 0: `clients` each ask when they have their answer
  size_t clients = 1;
  size_t queries = 20'000;
  uint64_t seed = 1;
};

struct SearchOutcome {
  double per_second = 0;
  double median = 0;
  double p99 = 0;
  double p999 = 0;
  double leaf_busy = 0;  // share of the processors of the leaves' machines
  double root_busy = 0;  // the same share where roots sit beside leaves
  double hedged = 0;     // calls made again / calls
};

// The first tenth of the queries warms up and is left out of the times. Deterministic.
SearchOutcome RunSearches(const SearchScenario& scenario);

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_SEARCH_SIM_H_
