// Asks a shard the query mix over and over, one query at a time, and keeps how long each took.
#ifndef TINTINH_TESTS_BENCH_ENGINE_QUERY_RUN_H_
#define TINTINH_TESTS_BENCH_ENGINE_QUERY_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/indexer/shard/shard.h"
#include "tests/bench/engine/query_file.h"

namespace tintinh::bench {

// Of one query.
struct QueryOutcome {
  std::vector<double> top_us;    // one a pass, the ten best hits
  std::vector<double> count_us;  // one a pass, with the exact count
  uint64_t count = 0;
  std::string hits;  // "ordinal:score …", best first
};

struct RunLimits {
  uint32_t passes = 1;                             // at least
  absl::Duration at_least = absl::ZeroDuration();  // passes go on until this time is up
};

class QueryRun {
 public:
  // `shard` and `queries` must outlive this.
  QueryRun(const indexer::Shard& shard, const std::vector<BenchQuery>& queries);

  // Passes in one random order, the same in each; making the request counts. Adds to the outcomes.
  absl::Status Run(Totals totals, const RunLimits& limits);

  // In the order of the queries.
  const std::vector<QueryOutcome>& outcomes() const { return outcomes_; }

 private:
  absl::Status Ask(size_t index, Totals totals);

  const indexer::Shard& shard_;
  const std::vector<BenchQuery>& queries_;
  std::vector<size_t> order_;
  std::vector<QueryOutcome> outcomes_;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_QUERY_RUN_H_
