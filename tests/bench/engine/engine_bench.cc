// The index engine over a corpus of tokens and a mix of queries, in the calling form of the peers it is compared with:
// see README.md.
#include <cmath>
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "common/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "tests/bench/engine/bench_shard.h"
#include "tests/bench/engine/indexing.h"
#include "tests/bench/engine/process_memory.h"
#include "tests/bench/engine/query_file.h"
#include "tests/bench/engine/query_report.h"
#include "tests/bench/engine/query_run.h"

namespace tintinh::bench {
namespace {

constexpr uint64_t kMebibyte = 1 << 20;

double Round(double value) { return std::round(value * 1000) / 1000; }

void Print(const nlohmann::ordered_json& line) { std::cout << line.dump() << std::endl; }

struct IndexArguments {
  std::string corpus;
  std::string directory;
  std::string fields = "exact,pair";
  std::string analyzer = "none";
  uint64_t memory_mb = 256;
};

void AddIndexCommand(CLI::App& app, IndexArguments& arguments) {
  CLI::App& command = *app.add_subcommand("index", "builds a shard in a new directory");
  command.add_option("corpus", arguments.corpus, "tokens, or raw articles with --analyzer vietnamese")->required();
  command.add_option("directory", arguments.directory)->required();
  command.add_option("--fields", arguments.fields)->check(CLI::IsMember({"exact", "pair", "exact,pair"}));
  command.add_option("--analyzer", arguments.analyzer)->check(CLI::IsMember({"none", "vietnamese"}));
  command.add_option("--memory-mb", arguments.memory_mb, "of the memory segment");
}

absl::Status Index(const IndexArguments& arguments) {
  const bool raw = arguments.analyzer == "vietnamese";
  const IndexOptions options = {.corpus = arguments.corpus,
                                .directory = arguments.directory,
                                .exact = arguments.fields != "pair",
                                .pair = arguments.fields != "exact",
                                .memory_bytes = arguments.memory_mb * kMebibyte};
  ASSIGN_OR_RETURN(const IndexReport report, raw ? IndexArticles(options) : IndexTokens(options));
  Print({{"engine", "tintinh"},
         {"op", "index"},
         {"fields", raw ? "all" : arguments.fields},
         {"docs", report.documents},
         {"secs_add", Round(report.seconds_adding)},
         {"secs", Round(report.seconds)},
         {"docs_per_s", std::round(static_cast<double>(report.documents) / report.seconds)},
         {"text_bytes", report.text_bytes},
         {"bytes", report.bytes},
         {"family_bytes", report.family_bytes},
         {"segments", report.segments},
         {"peak_rss", PeakResidentBytes()}});
  return absl::OkStatus();
}

struct QueryArguments {
  std::string directory;
  std::string queries;
  std::string out;
  uint32_t passes = 5;
  double warm_seconds = 2;
  uint64_t cache_mb = 1024;
};

void AddQueryCommand(CLI::App& app, QueryArguments& arguments) {
  CLI::App& command = *app.add_subcommand("query", "asks the query mix, one query at a time");
  command.add_option("directory", arguments.directory)->required();
  command.add_option("queries", arguments.queries)->required();
  command.add_option("out", arguments.out, "outcome of each query")->required();
  command.add_option("passes", arguments.passes)->check(CLI::PositiveNumber);
  command.add_option("--warm", arguments.warm_seconds, "seconds of passes that do not count");
  command.add_option("--cache-mb", arguments.cache_mb, "block cache");
}

absl::Status WarmUp(const indexer::Shard& shard, const std::vector<BenchQuery>& queries, double seconds) {
  QueryRun warm_up(shard, queries);
  const RunLimits half = {.at_least = absl::Seconds(seconds / 2)};
  RETURN_IF_ERROR(warm_up.Run(Totals::kLowerBound, half));
  return warm_up.Run(Totals::kExact, half);
}

absl::Status Query(const QueryArguments& arguments) {
  ASSIGN_OR_RETURN(const std::vector<BenchQuery> queries, ReadQueries(arguments.queries));
  ASSIGN_OR_RETURN(const BenchShard open, OpenShard(arguments.directory, arguments.cache_mb * kMebibyte, kMebibyte));
  RETURN_IF_ERROR(WarmUp(*open.shard, queries, arguments.warm_seconds));
  QueryRun run(*open.shard, queries);
  RETURN_IF_ERROR(run.Run(Totals::kLowerBound, {.passes = arguments.passes}));
  RETURN_IF_ERROR(run.Run(Totals::kExact, {.passes = arguments.passes}));
  RETURN_IF_ERROR(WriteOutcomes(arguments.out, queries, run.outcomes()));
  v1::ShardStatus status;
  open.shard->FillStatus(&status);
  for (const nlohmann::ordered_json& figures : Summarize(queries, run.outcomes())) {
    nlohmann::ordered_json line = {{"engine", "tintinh"},
                                   {"op", "query"},
                                   {"docs", status.articles()},
                                   {"segments", status.segments()},
                                   {"passes", arguments.passes}};
    line.update(figures);
    Print(line);
  }
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  CLI::App app("the index engine over a corpus of tokens and a mix of queries");
  app.require_subcommand(1);
  IndexArguments index;
  QueryArguments query;
  AddIndexCommand(app, index);
  AddQueryCommand(app, query);
  CLI11_PARSE(app, argc, argv);
  const absl::Status done = app.got_subcommand("index") ? Index(index) : Query(query);
  if (done.ok()) return 0;
  std::cerr << done << std::endl;
  return 1;
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) { return tintinh::bench::Main(argc, argv); }
