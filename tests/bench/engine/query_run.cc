#include "tests/bench/engine/query_run.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "tests/bench/engine/bench_keys.h"

namespace tintinh::bench {
namespace {

std::string HitsOf(const v1::ShardResult& result) {
  std::string hits;
  for (const v1::LeafHit& hit : result.hits()) {
    absl::StrAppendFormat(&hits, "%s%d:%.4f", hits.empty() ? "" : " ", OrdinalOf(hit.article_id()), hit.score());
  }
  return hits;
}

}  // namespace

QueryRun::QueryRun(const indexer::Shard& shard, const std::vector<BenchQuery>& queries)
    : shard_(shard), queries_(queries), order_(queries.size()), outcomes_(queries.size()) {
  std::iota(order_.begin(), order_.end(), size_t{0});
  std::shuffle(order_.begin(), order_.end(), std::mt19937(1));
}

absl::Status QueryRun::Run(Totals totals, const RunLimits& limits) {
  const absl::Time end = absl::Now() + limits.at_least;
  for (uint32_t pass = 0; pass < limits.passes || absl::Now() < end; ++pass) {
    for (const size_t index : order_) RETURN_IF_ERROR(Ask(index, totals));
  }
  return absl::OkStatus();
}

absl::Status QueryRun::Ask(size_t index, Totals totals) {
  const auto start = std::chrono::steady_clock::now();
  const v1::LeafSearchRequest request = RequestOf(queries_[index], totals);
  ASSIGN_OR_RETURN(const v1::ShardResult result, shard_.Search(request));
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  QueryOutcome& outcome = outcomes_[index];
  (totals == Totals::kExact ? outcome.count_us : outcome.top_us).push_back(took.count());
  if (totals == Totals::kExact) {
    outcome.count = result.total();
  } else if (outcome.hits.empty()) {
    outcome.hits = HitsOf(result);
  }
  return absl::OkStatus();
}

}  // namespace tintinh::bench
