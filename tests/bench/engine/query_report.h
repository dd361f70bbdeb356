// Figures of a query run, by mode.
#ifndef TINTINH_TESTS_BENCH_ENGINE_QUERY_REPORT_H_
#define TINTINH_TESTS_BENCH_ENGINE_QUERY_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "nlohmann/json.hpp"
#include "tests/bench/engine/query_file.h"
#include "tests/bench/engine/query_run.h"

namespace tintinh::bench {

// One object for all queries and one for each mode that occurs: qps is 1 / mean of the medians of each query,
// percentiles are over those medians; qps_wall is over all passes, and max_us the slowest single answer.
std::vector<nlohmann::ordered_json> Summarize(const std::vector<BenchQuery>& queries,
                                              const std::vector<QueryOutcome>& outcomes);

// A line a query: mode, text, exact count, median µs of the ten best, median µs with the exact count, hits.
absl::Status WriteOutcomes(const std::string& path, const std::vector<BenchQuery>& queries,
                           const std::vector<QueryOutcome>& outcomes);

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_QUERY_REPORT_H_
