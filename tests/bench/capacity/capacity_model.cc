// The capacity model of deploy/CAPACITY.md.
//
//   capacity_model table                  machines for 10^6, 10^8, 10^10 articles and 10, 10^3, 10^5 queries a second
//   capacity_model plan --articles 3e7 --queries 50 [--hot-share 0.2] [--memory-gb 64] [--price 120] …
//   capacity_model search --leaves 16 --replicas 2 --machines 32 --per-second 2000 --leaf-ms 2 --variation 1 …
//   capacity_model losses --leaves 16 --replicas 2 --machines 32 --leaf-gb 150 --leaf-articles 4e7 …
//
// The same flags give the same output. With --measured-… `search` prints what was measured and the ratio beside it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "tests/bench/capacity/loss_sim.h"
#include "tests/bench/capacity/search_sim.h"
#include "tests/bench/capacity/sizing.h"

namespace tintinh::capacity {
namespace {

struct PlaceFlags {
  size_t leaves = 1;
  size_t replicas = 1;
  size_t machines = 1;
  size_t racks = 1;
};

struct PlanFlags {
  Constants constants;
  MachineKind kind;
  Need need;
};

struct SearchFlags {
  PlaceFlags place;
  SearchScenario scenario;
  double statistics_ms = 0.1;
  double leaf_ms = 1;
  double articles_ms = 0.1;
  double variation = 1;
  std::string leaf_times;
  double hedge_ms = 0;
  double measured_per_second = 0;
  double measured_p50_ms = 0;
  double measured_p99_ms = 0;
};

void Add(CLI::App& app, PlaceFlags& flags) {
  app.add_option("--leaves", flags.leaves, "indexers with articles of their own")->check(CLI::Range(1, 10'000));
  app.add_option("--replicas", flags.replicas, "of each leaf")->check(CLI::Range(1, 100));
  app.add_option("--machines", flags.machines, "that hold them")->check(CLI::Range(1, 100'000));
  app.add_option("--racks", flags.racks, "that hold the machines in turn")->check(CLI::Range(1, 100'000));
}

void Add(CLI::App& app, PlanFlags& flags) {
  app.add_option("--leaf-seconds", flags.constants.leaf_seconds, "processor time of a search at its indexer");
  app.add_option("--leaf-articles", flags.constants.leaf_articles, "of the shard where that was measured");
  app.add_option("--call-seconds", flags.constants.call_seconds, "of it, what articles do not add to");
  app.add_option("--growth", flags.constants.growth, "exponent of articles");
  app.add_option("--root-seconds", flags.constants.root_seconds);
  app.add_option("--root-leaf-seconds", flags.constants.root_leaf_seconds);
  app.add_option("--disk-bytes", flags.constants.disk_bytes, "of an article");
  app.add_option("--warm-bytes", flags.constants.warm_bytes);
  app.add_option("--resident-bytes", flags.constants.resident_bytes);
  app.add_option("--log-bytes", flags.constants.log_bytes);
  app.add_option("--hot-share", flags.need.hot_share, "of what searches read, in memory")->check(CLI::Range(0.0, 1.0));
  app.add_option("--least-replicas", flags.need.least_replicas)->check(CLI::Range(1, 10));
  app.add_option("--cores", flags.kind.cores);
  app.add_option_function<double>("--memory-gb", [&flags](double gb) { flags.kind.memory_bytes = gb * 1e9; });
  app.add_option_function<double>("--disk-gb", [&flags](double gb) { flags.kind.disk_bytes = gb * 1e9; });
  app.add_option("--price", flags.kind.price, "of a machine, a month");
}

void Add(CLI::App& app, SearchFlags& flags) {
  Add(app, flags.place);
  SearchScenario& scenario = flags.scenario;
  app.add_option("--cores", scenario.cores, "of a machine")->check(CLI::Range(1, 1'000));
  app.add_option("--roots", scenario.roots)->check(CLI::Range(1, 10'000));
  app.add_flag("!--roots-apart", scenario.roots_beside_leaves, "on machines of their own");
  app.add_option("--statistics-ms", flags.statistics_ms, "processor time of a leaf's call for frequencies");
  app.add_option("--leaf-ms", flags.leaf_ms, "… for hits");
  app.add_option("--articles-ms", flags.articles_ms, "… for articles");
  app.add_option("--article-calls", scenario.article_calls, "of a query");
  app.add_option("--variation", flags.variation, "standard deviation / mean of those times");
  app.add_option("--leaf-times", flags.leaf_times, "file of measured times for hits, ms; instead of --leaf-ms")
      ->check(CLI::ExistingFile);
  app.add_option_function<double>("--root-ms", [&](double ms) { scenario.root_fixed = ms / 1e3; });
  app.add_option_function<double>("--root-leaf-ms", [&](double ms) { scenario.root_per_leaf = ms / 1e3; });
  app.add_option_function<double>("--client-ms", [&](double ms) { scenario.client = ms / 1e3; });
  app.add_option_function<double>(
      "--wire-ms", [&](double ms) { scenario.wire = ms / 1e3; }, "of a message, one way");
  app.add_option("--slow-share", scenario.slow_share, "of calls for hits");
  app.add_option_function<double>("--slow-ms", [&](double ms) { scenario.slow_seconds = ms / 1e3; });
  app.add_option("--hedge-ms", flags.hedge_ms, "0: never");
  app.add_option("--per-second", scenario.queries_per_second, "0: --clients ask one after the other");
  app.add_option("--clients", scenario.clients)->check(CLI::Range(1, 1'000'000));
  app.add_option("--queries", scenario.queries)->check(CLI::Range(100, 100'000'000));
  app.add_option("--seed", scenario.seed);
  app.add_option("--measured-per-second", flags.measured_per_second);
  app.add_option("--measured-p50-ms", flags.measured_p50_ms);
  app.add_option("--measured-p99-ms", flags.measured_p99_ms);
}

void Add(CLI::App& app, PlaceFlags& place, LossScenario& scenario) {
  Add(app, place);
  app.add_option("--leaf-articles", scenario.leaf_articles);
  app.add_option_function<double>("--leaf-gb", [&](double gb) { scenario.leaf_bytes = gb * 1e9; });
  app.add_option("--puts", scenario.puts_per_second, "a second, of a leaf");
  app.add_option_function<double>(
      "--copy-mb", [&](double mb) { scenario.copy_bytes_per_second = mb * 1e6; }, "a second");
  app.add_option_function<double>("--network-mb", [&](double mb) { scenario.machine_bytes_per_second = mb * 1e6; });
  app.add_option("--replay", scenario.replay_per_second, "articles a second from the log");
  app.add_option_function<double>("--machine-days", [&](double days) { scenario.machine_life = days * kDay; });
  app.add_option("--notice", scenario.notice, "seconds until a successor begins");
  app.add_option_function<double>("--process-days", [&](double days) { scenario.process_life = days * kDay; });
  app.add_option("--restart", scenario.restart, "seconds that a restart takes");
  app.add_option_function<double>(
      "--rack-days", [&](double days) { scenario.rack_life = days * kDay; }, "between outages of a rack; 0: none");
  app.add_option("--rack-away", scenario.rack_away, "seconds that an outage takes");
  app.add_option("--years", scenario.years);
  app.add_option("--seed", scenario.seed);
}

void PrintPlan(const PlanFlags& flags) {
  const Plan plan = MakePlan(flags.constants, flags.kind, flags.need);
  std::printf("%8.0e %8.0e %7zu %7zu %9zu %7zu %8zu %9zu %10.1f %9.0f %9.0f %8.2f %8.2f %9.0f %11.0f\n",
              flags.need.articles, flags.need.queries_per_second, plan.leaves, plan.shards_per_leaf, plan.replicas,
              plan.roots, plan.brokers, plan.machines(), plan.leaf_cores, plan.leaf_memory / 1e9, plan.leaf_disk / 1e9,
              1e3 * plan.leaf_seconds, 1e3 * plan.root_seconds, plan.copy_seconds,
              static_cast<double>(plan.machines()) * flags.kind.price);
}

void PrintPlanHead() {
  std::printf("%8s %8s %7s %7s %9s %7s %8s %9s %10s %9s %9s %8s %8s %9s %11s\n", "articles", "q/s", "leaves", "shards",
              "replicas", "roots", "brokers", "machines", "busy cores", "memory GB", "disk GB", "leaf ms", "root ms",
              "copy s", "a month");
}

void PrintTable(PlanFlags flags) {
  PrintPlanHead();
  for (const double articles : {1e6, 1e8, 1e10}) {
    for (const double queries : {10.0, 1e3, 1e5}) {
      flags.need.articles = articles;
      flags.need.queries_per_second = queries;
      PrintPlan(flags);
    }
  }
}

void PrintBeside(const char* what, double simulated, double measured) {
  std::printf("%-12s %10.2f", what, simulated);
  if (measured > 0) std::printf("   measured %10.2f   simulated / measured %5.2f", measured, simulated / measured);
  std::printf("\n");
}

Placement PlacementOf(const PlaceFlags& place) {
  if (place.replicas <= place.machines && place.racks <= place.machines) {
    return Placement(place.leaves, place.replicas, place.machines, place.racks);
  }
  std::fprintf(stderr, "%zu machines are fewer than replicas or racks\n", place.machines);
  std::exit(2);
}

std::vector<double> ReadTimes(const std::string& path) {
  std::ifstream file(path);
  std::vector<double> seconds;
  for (double ms = 0; file >> ms;) seconds.push_back(ms / 1e3);
  if (file.eof() && !seconds.empty()) return seconds;
  std::fprintf(stderr, "%s: line %zu is no time\n", path.c_str(), seconds.size() + 1);
  std::exit(1);
}

void Simulate(SearchFlags flags) {
  SearchScenario& scenario = flags.scenario;
  scenario.placement = PlacementOf(flags.place);
  scenario.leaf = {ServiceTime{flags.statistics_ms / 1e3, flags.variation},
                   ServiceTime{flags.leaf_ms / 1e3, flags.variation},
                   ServiceTime{flags.articles_ms / 1e3, flags.variation}};
  if (!flags.leaf_times.empty()) scenario.leaf[kHitRound].measured = ReadTimes(flags.leaf_times);
  if (flags.hedge_ms > 0) scenario.hedge_after = flags.hedge_ms / 1e3;
  const SearchOutcome outcome = RunSearches(scenario);
  PrintBeside("searches/s", outcome.per_second, flags.measured_per_second);
  PrintBeside("p50 ms", 1e3 * outcome.median, flags.measured_p50_ms);
  PrintBeside("p99 ms", 1e3 * outcome.p99, flags.measured_p99_ms);
  PrintBeside("p99.9 ms", 1e3 * outcome.p999, 0);
  std::printf("leaves busy  %9.1f%%\nroots busy   %9.1f%%\nasked again  %9.2f%%\n", 100 * outcome.leaf_busy,
              100 * outcome.root_busy, 100 * outcome.hedged);
}

void Simulate(const PlaceFlags& place, LossScenario scenario) {
  scenario.placement = PlacementOf(place);
  const LossOutcome outcome = RunLosses(scenario);
  std::printf("replicas on the fullest machine   %zu\n", scenario.placement.Fullest());
  std::printf("machines lost a year              %.2f\n", static_cast<double>(outcome.machines_lost) / scenario.years);
  std::printf("replicas rebuilt by copy, by log  %zu, %zu\n", outcome.rebuilt_by_copy, outcome.rebuilt_by_log);
  std::printf("loss to served, median, longest   %.0f s, %.0f s\n", outcome.rebuild_median, outcome.rebuild_longest);
  std::printf("a leaf without a replica          %.3g of the time\n", outcome.leaf_down);
  std::printf("answers that lack a leaf          %.3g of the time, %.1f s a year\n", outcome.some_leaf_down,
              outcome.some_leaf_down * kYear);
}

}  // namespace
}  // namespace tintinh::capacity

int main(int argc, char** argv) {
  using namespace tintinh::capacity;  // NOLINT(google-build-using-namespace): a program's main
  CLI::App app{"The capacity model of deploy/CAPACITY.md."};
  app.require_subcommand(1);
  PlanFlags table, one;
  SearchFlags search;
  PlaceFlags place;
  LossScenario losses;
  Add(*app.add_subcommand("table")->callback([&] { PrintTable(table); }), table);
  CLI::App& plan = *app.add_subcommand("plan")->callback([&] {
    PrintPlanHead();
    PrintPlan(one);
  });
  Add(plan, one);
  plan.add_option("--articles", one.need.articles)->required();
  plan.add_option("--queries", one.need.queries_per_second, "a second")->required();
  Add(*app.add_subcommand("search")->callback([&] { Simulate(search); }), search);
  Add(*app.add_subcommand("losses")->callback([&] { Simulate(place, losses); }), place, losses);
  CLI11_PARSE(app, argc, argv);
  return 0;
}
