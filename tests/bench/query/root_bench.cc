// What a query root costs per shard that it asks: the core of the query service over gRPC on loopback, leaves in
// another process that answer at once with ten hits. Of each number of leaves: CPU time of the root per query, and what
// it grows by per leaf beyond the first; latency of one client after the other.
//
//   root_bench [--leaves 1,2,4,8,16,32,64] [--queries 1000] [--rounds 5] [--clients 1]
//   root_bench --leaves 4,16 --slow-share 0.01 --slow-ms 20 --hedge-ms 5      two replicas of each leaf, some calls
//   late
//
// Rounds go through all numbers of leaves in turn; medians over rounds are printed.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "common/rpc/channel.h"
#include "common/time/clock.h"
#include "services/query/query.h"
#include "tests/bench/query/leaf_servers.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::bench {
namespace {

struct Flags {
  std::vector<size_t> leaves = {1, 2, 4, 8, 16, 32, 64};
  int queries = 1000;
  int rounds = 5;
  int clients = 1;
  double slow_share = 0;
  double slow_ms = 20;
  double hedge_ms = 0;
};

constexpr int kWarmUp = 50;
constexpr const char* kTexts[] = {"mưa lũ vùng cao",
                                  "giống lúa cho người dân",
                                  "đường giao thông liên xã",
                                  "hỗ trợ sản xuất nông nghiệp sau mưa lũ",
                                  "nuoc sach",
                                  "điểm trường"};

struct Measured {
  double cpu_us = 0;     // of the root, per query
  double leaves_us = 0;  // of all leaves together
  double median_us = 0;
  double p99_us = 0;
};

double CpuMicros() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto micros = [](const timeval& time) {
    return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
  };
  return micros(usage.ru_utime) + micros(usage.ru_stime);
}

double Quantile(std::vector<double>& values, double share) {
  const size_t rank = std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

// A root with a channel to each leaf.
class Root {
 public:
  Root(const std::vector<std::string>& targets, size_t leaves, absl::Duration hedge_after) {
    std::vector<query::IndexerStub*> stubs;
    for (size_t i = 0; i < leaves; ++i) {
      config::v1::PeerConfig peer;
      peer.set_target(targets[i]);
      stubs_.push_back(v1::IndexerService::NewStub(*Connect(peer)));
      stubs.push_back(stubs_.back().get());
    }
    query::QueryOptions options;
    options.default_deadline = absl::Seconds(20);
    options.hedge_after = hedge_after;
    query_ = std::make_unique<query::Query>(options, stubs, clock_, metrics_);
  }

  // An answer that is not whole is no measurement.
  double MicrosOfSearch(int number) {
    v1::SearchRequest request;
    request.set_query(kTexts[static_cast<size_t>(number) % std::size(kTexts)]);
    const auto begin = std::chrono::steady_clock::now();
    const absl::StatusOr<v1::SearchResponse> response = query_->Search(request, absl::InfiniteFuture());
    const double took = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
    if (response.ok() && response->hits_size() == 10 && response->shards_answered() == stubs_.size()) return took;
    std::fprintf(stderr, "a search failed: %s\n", response.status().ToString().c_str());
    std::exit(1);
  }

 private:
  SystemClock clock_;
  Metrics metrics_;
  std::vector<std::unique_ptr<v1::IndexerService::Stub>> stubs_;
  std::unique_ptr<query::Query> query_;
};

Measured Measure(const LeafServers& servers, Root& root, const Flags& flags) {
  for (int i = 0; i < kWarmUp; ++i) root.MicrosOfSearch(i);
  std::vector<std::vector<double>> of_client(static_cast<size_t>(flags.clients));
  const double leaves = servers.CpuMicros();
  const double cpu = CpuMicros();
  std::vector<std::thread> clients;
  for (std::vector<double>& times : of_client) {
    clients.emplace_back([&] {
      for (int i = 0; i < flags.queries / flags.clients; ++i) times.push_back(root.MicrosOfSearch(i));
    });
  }
  for (std::thread& client : clients) client.join();
  const double used = CpuMicros() - cpu;
  const double used_by_leaves = servers.CpuMicros() - leaves;
  std::vector<double> all;
  for (const std::vector<double>& times : of_client) all.insert(all.end(), times.begin(), times.end());
  const auto queries = static_cast<double>(all.size());
  return {used / queries, used_by_leaves / queries, Quantile(all, 0.5), Quantile(all, 0.99)};
}

double MedianOf(const std::vector<Measured>& rounds, double Measured::*figure) {
  std::vector<double> values;
  for (const Measured& round : rounds) values.push_back(round.*figure);
  return Quantile(values, 0.5);
}

void Print(const Flags& flags, const std::vector<std::vector<Measured>>& measured) {
  std::printf("%6s %14s %16s %14s %8s %8s\n", "leaves", "root us/query", "us/further leaf", "leaf us/query", "p50 ms",
              "p99 ms");
  const double first = MedianOf(measured.front(), &Measured::cpu_us);
  for (size_t i = 0; i < flags.leaves.size(); ++i) {
    const double cpu = MedianOf(measured[i], &Measured::cpu_us);
    const auto further = static_cast<double>(flags.leaves[i]) - static_cast<double>(flags.leaves.front());
    std::printf("%6zu %14.0f %16.1f %14.0f %8.2f %8.2f\n", flags.leaves[i], cpu,
                further > 0 ? (cpu - first) / further : 0.0, MedianOf(measured[i], &Measured::leaves_us),
                MedianOf(measured[i], &Measured::median_us) / 1e3, MedianOf(measured[i], &Measured::p99_us) / 1e3);
  }
}

int Main(const Flags& flags) {
  LeafBehaviour behaviour;
  behaviour.leaves = *std::max_element(flags.leaves.begin(), flags.leaves.end());
  behaviour.replicas = flags.slow_share > 0 ? 2 : 1;
  behaviour.slow_share = flags.slow_share;
  behaviour.slow_seconds = flags.slow_ms / 1e3;
  const LeafServers servers(behaviour);
  const absl::Duration hedge_after = flags.hedge_ms > 0 ? absl::Milliseconds(flags.hedge_ms) : absl::InfiniteDuration();
  std::vector<std::unique_ptr<Root>> roots;
  for (const size_t leaves : flags.leaves)
    roots.push_back(std::make_unique<Root>(servers.targets(), leaves, hedge_after));
  std::vector<std::vector<Measured>> measured(flags.leaves.size());
  for (int round = 0; round < flags.rounds; ++round) {
    for (size_t i = 0; i < roots.size(); ++i) measured[i].push_back(Measure(servers, *roots[i], flags));
  }
  Print(flags, measured);
  return 0;
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) {
  tintinh::bench::Flags flags;
  CLI::App app{"The cost of a query root per shard."};
  app.add_option("--leaves", flags.leaves, "numbers of leaves, ascending")->delimiter(',')->check(CLI::Range(1, 256));
  app.add_option("--queries", flags.queries, "of each round")->check(CLI::Range(10, 10'000'000));
  app.add_option("--rounds", flags.rounds)->check(CLI::Range(1, 1000));
  app.add_option("--clients", flags.clients)->check(CLI::Range(1, 64));
  app.add_option("--slow-share", flags.slow_share, "of leaf searches")->check(CLI::Range(0.0, 1.0));
  app.add_option("--slow-ms", flags.slow_ms)->check(CLI::Range(0.0, 10'000.0));
  app.add_option("--hedge-ms", flags.hedge_ms, "0: never")->check(CLI::Range(0.0, 10'000.0));
  CLI11_PARSE(app, argc, argv);
  return tintinh::bench::Main(flags);
}
