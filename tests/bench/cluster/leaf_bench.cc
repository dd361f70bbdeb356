// Processor time that an indexer takes for each call of a search: frequencies, hits, articles. The requests are those
// that a query root makes of typed texts; one call at a time, and the indexer's own clock is read before and after
// each.
//
//   leaf_bench TARGET PID --articles N [--corpus FILE] [--searches 1000] [--shown 10] [--samples FILE]
//
// TARGET is one indexer of the process PID, filled by cluster_load. `shown` is how many of a page's hits are this
// indexer's. Prints a JSON line; `samples` takes the milliseconds of the calls for hits, one a line.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "grpcpp/client_context.h"
#include "services/query/root_search/statistics.h"
#include "services/query/search_plan.h"
#include "tests/bench/cluster/made_articles.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::bench {
namespace {

constexpr int kArticlesPerCall = 4;  // as a root asks
constexpr size_t kWarmUp = 200;

struct Flags {
  std::string target;
  pid_t process = 0;
  std::string corpus;
  uint64_t articles = 0;
  size_t searches = 1'000;
  int shown = 10;
  std::string samples;
};

[[noreturn]] void Fail(const char* what, const std::string& why) {
  std::fprintf(stderr, "%s: %s\n", what, why.c_str());
  std::exit(1);
}

class Leaf {
 public:
  explicit Leaf(const Flags& flags) : shown_(flags.shown) {
    config::v1::PeerConfig peer;
    peer.set_target(flags.target);
    stub_ = v1::IndexerService::NewStub(*Connect(peer));
    if (::clock_getcpuclockid(flags.process, &clock_) != 0) Fail("PID", "there is no such process");
  }

  void Search(const std::string& text) {
    v1::SearchRequest typed;
    typed.set_query(text);
    const auto plan = query::PlanSearch(typed);
    if (!plan.ok()) Fail("a search", plan.status().ToString());
    const std::vector<v1::TermKey> terms = query::CollectTerms(plan->root.query);
    const v1::CollectionStatistics statistics = Frequencies(terms);
    const v1::LeafSearchResponse found = Hits(plan->root, terms, statistics);
    if (found.shards().empty()) Fail("a search", "no shard answered");
    Articles(found.shards(0));
  }

  std::vector<double> frequencies_ms, hits_ms, articles_ms;

 private:
  template <typename Request, typename Response>
  Response Call(grpc::Status (v1::IndexerService::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, std::vector<double>& times) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Minutes(1));
    Response response;
    const double begin = CpuMillis();
    const grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    times.push_back(CpuMillis() - begin);
    if (!status.ok()) Fail("a call", status.error_message());
    return response;
  }

  v1::CollectionStatistics Frequencies(const std::vector<v1::TermKey>& terms) {
    v1::LeafStatisticsRequest request;
    request.mutable_terms()->Assign(terms.begin(), terms.end());
    v1::CollectionStatistics statistics =
        Call(&v1::IndexerService::Stub::LeafStatistics, request, frequencies_ms).statistics();
    query::ShareAmongParts(terms, statistics);
    return statistics;
  }

  v1::LeafSearchResponse Hits(const query::RootRequest& root, const std::vector<v1::TermKey>& terms,
                              const v1::CollectionStatistics& statistics) {
    v1::LeafSearchRequest request;
    *request.mutable_query() = root.query;
    *request.mutable_filter() = root.filter;
    request.set_sort(root.sort);
    request.set_limit(root.limit);
    request.set_exact_total(root.exact_total);
    request.mutable_statistics_terms()->Assign(terms.begin(), terms.end());
    *request.mutable_statistics() = statistics;
    return Call(&v1::IndexerService::Stub::LeafSearch, request, hits_ms);
  }

  void Articles(const v1::ShardResult& shard) {
    const int shown = std::min(shown_, shard.hits_size());
    for (int first = 0; first < shown; first += kArticlesPerCall) {
      v1::GetArticlesRequest request;
      for (int i = first; i < std::min(first + kArticlesPerCall, shown); ++i) {
        request.add_article_ids(shard.hits(i).article_id());
      }
      Call(&v1::IndexerService::Stub::GetArticles, request, articles_ms);
    }
  }

  double CpuMillis() const {
    timespec used{};
    ::clock_gettime(clock_, &used);
    return 1e3 * static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e6;
  }

  const int shown_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
  clockid_t clock_{};
};

double Mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double Variation(const std::vector<double>& values) {
  const double mean = Mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return values.empty() ? 0 : std::sqrt(squares / static_cast<double>(values.size())) / mean;
}

void Print(const char* call, std::vector<double> values, size_t searches) {
  std::sort(values.begin(), values.end());
  const auto rank = [&](double share) {
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
  };
  std::printf("\"%s\":{\"calls\":%.2f,\"mean_ms\":%.4f,\"variation\":%.3f,\"p50_ms\":%.4f,\"p99_ms\":%.4f}", call,
              static_cast<double>(values.size()) / static_cast<double>(searches), Mean(values), Variation(values),
              rank(0.5), rank(0.99));
}

void Write(const std::string& path, const std::vector<double>& values) {
  FILE* const file = std::fopen(path.c_str(), "w");
  if (file == nullptr) Fail(path.c_str(), "cannot be written");
  for (const double value : values) std::fprintf(file, "%.5f\n", value);
  std::fclose(file);
}

void Main(const Flags& flags) {
  const MadeArticles articles(flags.corpus);
  Leaf leaf(flags);
  for (size_t i = 0; i < kWarmUp + flags.searches; ++i) {
    if (i == kWarmUp) leaf.frequencies_ms = leaf.hits_ms = leaf.articles_ms = {};
    leaf.Search(articles.SearchText(i * 7'919 % flags.articles));
  }
  if (leaf.articles_ms.empty()) Fail("searches", "nothing was found");
  std::printf("{\"articles\":%llu,", static_cast<unsigned long long>(flags.articles));
  Print("frequencies", leaf.frequencies_ms, flags.searches);
  std::printf(",");
  Print("hits", leaf.hits_ms, flags.searches);
  std::printf(",");
  Print("of_articles", leaf.articles_ms, flags.searches);
  std::printf("}\n");
  if (!flags.samples.empty()) Write(flags.samples, leaf.hits_ms);
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) {
  tintinh::bench::Flags flags;
  CLI::App app{"Processor time of an indexer for each call of a search."};
  app.add_option("target", flags.target)->required();
  app.add_option("process", flags.process, "the indexer's id")->required();
  app.add_option("--articles", flags.articles, "that were put")->required()->check(CLI::PositiveNumber);
  app.add_option("--corpus", flags.corpus);
  app.add_option("--searches", flags.searches)->check(CLI::Range(1, 10'000'000));
  app.add_option("--shown", flags.shown, "of a page's hits")->check(CLI::Range(1, 100));
  app.add_option("--samples", flags.samples);
  CLI11_PARSE(app, argc, argv);
  tintinh::bench::Main(flags);
  return 0;
}
