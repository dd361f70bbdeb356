// The index engine over a corpus of tokens and a mix of queries, in the calling form of the peers it is compared with:
// see README.md.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "tests/bench/engine/bench_shard.h"
#include "tests/bench/engine/indexing.h"
#include "tests/bench/engine/query_file.h"
#include "tests/bench/engine/query_report.h"
#include "tests/bench/engine/query_run.h"
#include "tests/bench/engine/shard_writer.h"
#include "tests/support/process_memory.h"

namespace tintinh::bench {
namespace {

constexpr uint64_t kMebibyte = 1 << 20;
constexpr uint64_t kServedMemoryBytes = 64 * kMebibyte;  // an indexer's default

double Round(double value) { return std::round(value * 1000) / 1000; }

void Print(const nlohmann::ordered_json& line) { std::cout << line.dump() << std::endl; }

void AddAnalyzerOption(CLI::App& command, std::string& analyzer) {
  command.add_option("--analyzer", analyzer, "none: words are keys as they are")
      ->check(CLI::IsMember({"none", "vietnamese"}));
}

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
  AddAnalyzerOption(command, arguments.analyzer);
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
         {"secs_compacted", Round(report.seconds_compacted)},
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
  std::string analyzer = "none";
  uint32_t passes = 5;
  double warm_seconds = 2;
  uint64_t cache_mb = 1024;
  double writes = 0;
  std::string articles;
  double write_seconds = 20;
};

void AddQueryCommand(CLI::App& app, QueryArguments& arguments) {
  CLI::App& command = *app.add_subcommand("query", "asks the query mix, one query at a time");
  command.add_option("directory", arguments.directory)->required();
  command.add_option("queries", arguments.queries)->required();
  command.add_option("out", arguments.out, "outcome of each query")->required();
  AddAnalyzerOption(command, arguments.analyzer);
  command.add_option("passes", arguments.passes)->check(CLI::PositiveNumber);
  command.add_option("--warm", arguments.warm_seconds, "seconds of passes that do not count");
  command.add_option("--cache-mb", arguments.cache_mb, "block cache");
  CLI::Option* const articles =
      command.add_option("--articles", arguments.articles, "tokens that --writes makes articles of");
  command.add_option("--writes", arguments.writes, "then once more, while this many articles a second are put")
      ->needs(articles);
  command.add_option("--write-seconds", arguments.write_seconds, "how long that goes on");
}

absl::Status WarmUp(const indexer::Shard& shard, const std::vector<BenchQuery>& queries, double seconds) {
  QueryRun warm_up(shard, queries);
  const RunLimits half = {.at_least = absl::Seconds(seconds / 2)};
  RETURN_IF_ERROR(warm_up.Run(Totals::kLowerBound, half));
  return warm_up.Run(Totals::kExact, half);
}

void PrintFigures(const indexer::Shard& shard, const std::vector<BenchQuery>& queries, const QueryRun& run,
                  const nlohmann::ordered_json& more) {
  v1::ShardStatus status;
  shard.FillStatus(&status);
  for (const nlohmann::ordered_json& figures : Summarize(queries, run.outcomes())) {
    nlohmann::ordered_json line = {
        {"engine", "tintinh"}, {"op", "query"}, {"docs", status.articles()}, {"segments", status.segments()}};
    line.update(more);
    line.update(figures);
    Print(line);
  }
}

// In a copy of the shard, which is removed afterwards.
absl::Status QueryUnderWrites(const QueryArguments& arguments, kv::Database& database,
                              const std::vector<BenchQuery>& queries) {
  const std::string directory = database.directory() + ".writing";
  RETURN_IF_ERROR(database.Checkpoint(directory));
  const auto remove = absl::MakeCleanup([&directory] { std::filesystem::remove_all(directory); });
  ASSIGN_OR_RETURN(const BenchShard open, OpenShard(directory, arguments.cache_mb * kMebibyte, kServedMemoryBytes));
  RETURN_IF_ERROR(WarmUp(*open.shard, queries, arguments.warm_seconds));
  ASSIGN_OR_RETURN(const std::unique_ptr<ShardWriter> writer,
                   ShardWriter::Start(*open.shard, arguments.articles, arguments.writes));
  QueryRun run(*open.shard, queries);
  RETURN_IF_ERROR(run.Run(Totals::kLowerBound, {.at_least = absl::Seconds(arguments.write_seconds)}));
  RETURN_IF_ERROR(writer->Stop());
  PrintFigures(*open.shard, queries, run, {{"writes_per_s", Round(writer->articles_per_second())}});
  return absl::OkStatus();
}

absl::Status Query(const QueryArguments& arguments) {
  ASSIGN_OR_RETURN(
      const std::vector<BenchQuery> queries,
      ReadQueries(arguments.queries, arguments.analyzer == "vietnamese" ? Keys::kAnalyzed : Keys::kAsTheyAre));
  ASSIGN_OR_RETURN(BenchShard open, OpenShard(arguments.directory, arguments.cache_mb * kMebibyte, kMebibyte));
  RETURN_IF_ERROR(WarmUp(*open.shard, queries, arguments.warm_seconds));
  QueryRun run(*open.shard, queries);
  RETURN_IF_ERROR(run.Run(Totals::kLowerBound, {.passes = arguments.passes}));
  RETURN_IF_ERROR(run.Run(Totals::kExact, {.passes = arguments.passes}));
  RETURN_IF_ERROR(WriteOutcomes(arguments.out, queries, run.outcomes()));
  PrintFigures(*open.shard, queries, run, {{"passes", arguments.passes}});
  return arguments.writes > 0 ? QueryUnderWrites(arguments, *open.database, queries) : absl::OkStatus();
}

struct OpenArguments {
  std::string directory;
};

void AddOpenCommand(CLI::App& app, OpenArguments& arguments) {
  app.add_subcommand("open", "opens a shard in this new process: time and memory")
      ->add_option("directory", arguments.directory)
      ->required();
}

// With a block cache of next to nothing, so that what is resident afterwards is what a shard holds beside it.
absl::Status Open(const OpenArguments& arguments) {
  const uint64_t before = ResidentBytes();
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(const BenchShard open, OpenShard(arguments.directory, kMebibyte, kMebibyte));
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  const uint64_t resident = ResidentBytes() - before;
  v1::ShardStatus status;
  open.shard->FillStatus(&status);
  Print({{"engine", "tintinh"},
         {"op", "open"},
         {"docs", status.articles()},
         {"segments", status.segments()},
         {"secs", Round(seconds)},
         {"rss", resident},
         {"rss_per_doc",
          Round(static_cast<double>(resident) / static_cast<double>(std::max<uint64_t>(1, status.articles())))},
         {"peak_rss", PeakResidentBytes()}});
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  CLI::App app("the index engine over a corpus of tokens and a mix of queries");
  app.require_subcommand(1);
  IndexArguments index;
  QueryArguments query;
  AddIndexCommand(app, index);
  AddQueryCommand(app, query);
  OpenArguments open;
  AddOpenCommand(app, open);
  CLI11_PARSE(app, argc, argv);
  const absl::Status done = app.got_subcommand("index")   ? Index(index)
                            : app.got_subcommand("query") ? Query(query)
                                                          : Open(open);
  if (done.ok()) return 0;
  std::cerr << done << std::endl;
  return 1;
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) { return tintinh::bench::Main(argc, argv); }
