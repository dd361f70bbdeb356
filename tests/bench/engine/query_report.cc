#include "tests/bench/engine/query_report.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tintinh::bench {
namespace {

double Round(double value) { return std::round(value * 10) / 10; }

// The value at `share` of the sorted values, 0 of none.
double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto at = static_cast<size_t>(share * static_cast<double>(values.size()));
  return values[std::min(at, values.size() - 1)];
}

double Median(const std::vector<double>& values) { return Quantile(values, 0.5); }
double Sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double PerSecond(size_t count, double microseconds) {
  return microseconds > 0 ? Round(1e6 * static_cast<double>(count) / microseconds) : 0;
}

using Samples = std::vector<const std::vector<double>*>;  // by query, by pass

void AddFigures(const Samples& samples, const std::string& prefix, nlohmann::ordered_json& line) {
  std::vector<double> medians;
  double total = 0;
  double slowest = 0;
  size_t asked = 0;
  for (const std::vector<double>* passes : samples) {
    medians.push_back(Median(*passes));
    total += Sum(*passes);
    asked += passes->size();
    slowest = std::max(slowest, Quantile(*passes, 1));
  }
  if (asked == 0) return;
  line[prefix + "qps"] = PerSecond(medians.size(), Sum(medians));
  line[prefix + "p50_us"] = Round(Quantile(medians, 0.5));
  line[prefix + "p95_us"] = Round(Quantile(medians, 0.95));
  line[prefix + "p99_us"] = Round(Quantile(medians, 0.99));
  line[prefix + "qps_wall"] = PerSecond(asked, total);
  line[prefix + "max_us"] = Round(slowest);
}

nlohmann::ordered_json SummarizeGroup(const std::string& group, const std::vector<BenchQuery>& queries,
                                      const std::vector<QueryOutcome>& outcomes) {
  Samples top;
  Samples count;
  for (size_t i = 0; i < queries.size(); ++i) {
    if (group != "ALL" && queries[i].group() != group) continue;
    top.push_back(&outcomes[i].top_us);
    count.push_back(&outcomes[i].count_us);
  }
  nlohmann::ordered_json line = {{"mode", group}, {"queries", top.size()}};
  AddFigures(top, "", line);
  AddFigures(count, "count_", line);
  return line;
}

}  // namespace

std::vector<nlohmann::ordered_json> Summarize(const std::vector<BenchQuery>& queries,
                                              const std::vector<QueryOutcome>& outcomes) {
  std::vector<nlohmann::ordered_json> lines;
  for (const char* group : {"TERM", "AND", "OR", "PHRASE", "ALL"}) {
    nlohmann::ordered_json line = SummarizeGroup(group, queries, outcomes);
    if (line["queries"] > 0) lines.push_back(std::move(line));
  }
  return lines;
}

absl::Status WriteOutcomes(const std::string& path, const std::vector<BenchQuery>& queries,
                           const std::vector<QueryOutcome>& outcomes) {
  std::ofstream file(path);
  for (size_t i = 0; i < queries.size(); ++i) {
    file << absl::StrFormat("%s\t%s\t%d\t%.1f\t%.1f\t%s\n", queries[i].mode, queries[i].text, outcomes[i].count,
                            Median(outcomes[i].top_us), Median(outcomes[i].count_us), outcomes[i].hits);
  }
  file.close();
  return file.good() ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", path));
}

}  // namespace tintinh::bench
