// The load of tests/bench/cluster_table: puts articles to indexers, searches at a query root. Prints a JSON line.
//
//   cluster_load put ARTICLES INDEXER… [--corpus FILE] [--writers 4]
//   cluster_load search SECONDS QUERY [--corpus FILE] [--clients 8] [--articles N]
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "grpcpp/client_context.h"
#include "tests/bench/cluster/made_articles.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::bench {
namespace {

constexpr size_t kBatch = 64;
constexpr absl::Duration kPatience = absl::Minutes(1);

using Timer = std::chrono::steady_clock;

double Seconds(Timer::time_point since) { return std::chrono::duration<double>(Timer::now() - since).count(); }

struct Flags {
  std::string corpus;
  uint64_t articles = 0;
  std::vector<std::string> indexers;
  size_t writers = 4;
  std::string query;
  double seconds = 10;
  size_t clients = 1;
};

[[noreturn]] void Fail(const std::string& what, const grpc::Status& status) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), status.error_message().c_str());
  std::exit(1);
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target) {
  config::v1::PeerConfig peer;
  peer.set_target(target);
  return *Connect(peer);
}

double CpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// As a normalizer does: a batch that is refused because queues are full is put again once the index has caught up.
void PutBatch(v1::IndexerService::Stub& indexer, const v1::PutArticlesRequest& request) {
  for (;;) {
    grpc::ClientContext context;
    PrepareContext(context, kPatience);
    v1::PutArticlesResponse response;
    const grpc::Status status = indexer.PutArticles(&context, request, &response);
    if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      grpc::ClientContext flush;
      PrepareContext(flush, kPatience);
      v1::FlushResponse flushed;
      if (const grpc::Status failed = indexer.Flush(&flush, {}, &flushed); !failed.ok()) Fail("flush", failed);
      continue;
    }
    if (!status.ok()) Fail("put", status);
    const bool stored =
        std::all_of(response.results().begin(), response.results().end(),
                    [](const v1::PutResult& result) { return result.outcome() == v1::PUT_OUTCOME_STORED; });
    if (!stored) Fail("put", grpc::Status(grpc::StatusCode::INTERNAL, "an article was not stored"));
    return;
  }
}

// Every article has one indexer: article `number` goes to number modulo indexers, of which an indexer's own choice of a
// shard, by the first bits of the id, knows nothing.
class Putter {
 public:
  explicit Putter(const Flags& flags) : flags_(flags), articles_(flags.corpus) {
    for (const std::string& indexer : flags.indexers) {
      stubs_.push_back(v1::IndexerService::NewStub(ChannelTo(indexer)));
    }
    if (flags.writers % stubs_.size() == 0) return;
    std::fprintf(stderr, "%zu writers cannot be shared evenly among %zu indexers\n", flags.writers, stubs_.size());
    std::exit(2);
  }

  void Run() {
    const Timer::time_point begin = Timer::now();
    std::vector<std::thread> writers;
    for (size_t i = 0; i < flags_.writers; ++i) {
      writers.emplace_back([this, i] { PutShareOf(i); });
    }
    for (std::thread& writer : writers) writer.join();
    const double put = Seconds(begin);
    for (const auto& stub : stubs_) Flush(*stub);
    std::printf("{\"articles\":%llu,\"put_s\":%.3f,\"flushed_s\":%.3f,\"cpu_s\":%.3f}\n",
                static_cast<unsigned long long>(flags_.articles), put, Seconds(begin), CpuSeconds());
  }

 private:
  void PutShareOf(size_t writer) {
    const size_t target = writer % stubs_.size();
    const size_t step = stubs_.size();
    for (uint64_t number = target; number < flags_.articles;) {
      // Writers of one indexer take turns in batches.
      number = next_[target].fetch_add(kBatch) * step + target;
      v1::PutArticlesRequest request;
      for (size_t i = 0; i < kBatch && number < flags_.articles; ++i, number += step) {
        *request.add_articles() = articles_.Article(number);
      }
      if (request.articles_size() > 0) PutBatch(*stubs_[target], request);
    }
  }

  static void Flush(v1::IndexerService::Stub& stub) {
    grpc::ClientContext context;
    PrepareContext(context, kPatience);
    v1::FlushResponse response;
    if (const grpc::Status status = stub.Flush(&context, {}, &response); !status.ok()) Fail("flush", status);
  }

  const Flags& flags_;
  const MadeArticles articles_;
  std::vector<std::unique_ptr<v1::IndexerService::Stub>> stubs_;
  std::atomic<uint64_t> next_[256] = {};
};

class Searcher {
 public:
  explicit Searcher(const Flags& flags)
      : flags_(flags), stub_(v1::QueryService::NewStub(ChannelTo(flags.query))), times_(flags.clients) {
    const MadeArticles articles(flags.corpus);
    for (uint64_t i = 0; i < kTexts; ++i) texts_.push_back(articles.SearchText(i * 7'919 % flags.articles));
  }

  void Run() {
    for (size_t i = 0; i < kWarmUp; ++i) Search(i);
    const double cpu = CpuSeconds();
    const Timer::time_point begin = Timer::now();
    std::vector<std::thread> clients;
    for (size_t i = 0; i < flags_.clients; ++i) {
      clients.emplace_back([this, i, begin] {
        while (Seconds(begin) < flags_.seconds) times_[i].push_back(Search(next_.fetch_add(1)));
      });
    }
    for (std::thread& client : clients) client.join();
    Print(Seconds(begin), CpuSeconds() - cpu);
  }

 private:
  static constexpr uint64_t kTexts = 2'000;
  static constexpr size_t kWarmUp = 500;

  double Search(uint64_t number) {
    grpc::ClientContext context;
    PrepareContext(context, kPatience);
    v1::SearchRequest request;
    request.set_query(texts_[number % kTexts]);
    v1::SearchResponse response;
    const Timer::time_point begin = Timer::now();
    const grpc::Status status = stub_->Search(&context, request, &response);
    if (!status.ok()) Fail("search", status);
    if (response.shards_answered() < response.shards_asked()) {
      Fail("search", grpc::Status(grpc::StatusCode::INTERNAL, "a shard did not answer"));
    }
    hits_ += static_cast<uint64_t>(response.hits_size());
    return Seconds(begin);
  }

  void Print(double seconds, double cpu) {
    std::vector<double> all;
    for (const std::vector<double>& times : times_) all.insert(all.end(), times.begin(), times.end());
    std::sort(all.begin(), all.end());
    double sum = 0, squares = 0;
    for (const double time : all) {
      sum += time;
      squares += time * time;
    }
    const auto count = static_cast<double>(all.size());
    const auto rank = [&](double share) { return 1e3 * all[static_cast<size_t>(share * (count - 1))]; };
    const double mean = sum / count;
    std::printf(
        "{\"searches\":%zu,\"per_s\":%.2f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"mean_ms\":%.3f,\"variation\":%.3f,"
        "\"hits\":%.2f,\"cpu_ms\":%.4f}\n",
        all.size(), count / seconds, rank(0.5), rank(0.99), 1e3 * mean, std::sqrt(squares / count - mean * mean) / mean,
        static_cast<double>(hits_) / (count + kWarmUp), 1e3 * cpu / count);
  }

  const Flags& flags_;
  std::unique_ptr<v1::QueryService::Stub> stub_;
  std::vector<std::string> texts_;
  std::vector<std::vector<double>> times_;
  std::atomic<uint64_t> next_ = 0;
  std::atomic<uint64_t> hits_ = 0;
};

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) {
  tintinh::bench::Flags flags;
  CLI::App app{"Puts articles and searches."};
  app.require_subcommand(1);
  CLI::App& put = *app.add_subcommand("put")->callback([&] { tintinh::bench::Putter(flags).Run(); });
  put.add_option("articles", flags.articles)->required();
  put.add_option("indexers", flags.indexers)->required();
  put.add_option("--writers", flags.writers, "as many for each indexer as for any other")->check(CLI::Range(1, 256));
  CLI::App& search = *app.add_subcommand("search")->callback([&] { tintinh::bench::Searcher(flags).Run(); });
  search.add_option("seconds", flags.seconds)->required();
  search.add_option("query", flags.query)->required();
  search.add_option("--clients", flags.clients)->check(CLI::Range(1, 1'000));
  search.add_option("--articles", flags.articles, "that were put")->required();
  for (CLI::App* command : {&put, &search}) command->add_option("--corpus", flags.corpus);
  CLI11_PARSE(app, argc, argv);
  return 0;
}
