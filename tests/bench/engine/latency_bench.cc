// How long after its acknowledgement an article is found: first in an idle indexer, then in one that takes in articles
// at a fixed rate. Prints a JSON line for each.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/status/status_macros.h"
#include "common/text/syllable.h"
#include "common/time/clock.h"
#include "nlohmann/json.hpp"
#include "services/indexer/indexer.h"
#include "tests/bench/engine/article_feed.h"
#include "tests/bench/engine/indexer_load.h"
#include "tests/bench/engine/pacer.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::bench {
namespace {

constexpr double kProbesPerSecond = 20;

struct Arguments {
  std::string corpus;
  std::string directory;
  double rate = 2'000;
  double seconds = 20;
};

config::v1::IndexerConfig ConfigOf(const std::string& directory) {
  config::v1::IndexerConfig config;
  config.set_data_directory(directory);
  config.set_shards(2);
  config.set_memory_segment_bytes(64 << 20);
  config.set_block_cache_bytes(256 << 20);
  config.set_max_queued_appends(1024);
  config.set_near_duplicate_distance(6);
  return config;
}

v1::LeafSearchRequest SearchOf(const std::string& word, const v1::PutResult& put) {
  v1::LeafSearchRequest request;
  v1::TermQuery& term = *request.mutable_query()->mutable_term();
  term.set_part(v1::PART_BODY);
  term.set_kind(v1::KEY_KIND_EXACT);
  term.set_key(text::ExactKeyOf(word));
  term.set_weight(1);
  request.set_limit(1);
  request.add_shards(put.shard());
  v1::ShardPosition& position = *request.add_minimum_positions();
  position.set_shard(put.shard());
  position.set_log_position(put.log_position());
  return request;
}

// Puts articles with a word of their own and looks for them by it.
class Prober {
 public:
  Prober(indexer::Indexer& indexer, ArticleFeed& feed) : indexer_(indexer), feed_(feed) {}

  absl::Status Run(double seconds) {
    milliseconds_.clear();
    Pacer pacer(kProbesPerSecond);
    const absl::Time end = absl::Now() + absl::Seconds(seconds);
    while (absl::Now() < end && pacer.AwaitTurn()) RETURN_IF_ERROR(Probe());
    std::sort(milliseconds_.begin(), milliseconds_.end());
    return absl::OkStatus();
  }

  size_t probes() const { return milliseconds_.size(); }
  double Quantile(double share) const {
    const auto at = static_cast<size_t>(share * static_cast<double>(milliseconds_.size()));
    return std::round(1000 * milliseconds_[std::min(at, milliseconds_.size() - 1)]) / 1000;
  }

 private:
  absl::Status Probe() {
    const std::string word = absl::StrCat("dotham", ++words_);
    v1::PutArticlesRequest put;
    *put.add_articles() = feed_.Next(word);
    ASSIGN_OR_RETURN(const v1::PutArticlesResponse response, indexer_.Put(put, absl::InfiniteFuture()));
    const absl::Time acknowledged = absl::Now();
    if (response.results(0).outcome() == v1::PUT_OUTCOME_FAILED) {
      return absl::UnavailableError(response.results(0).error());
    }
    const v1::LeafSearchRequest search = SearchOf(word, response.results(0));
    ASSIGN_OR_RETURN(const v1::LeafSearchResponse found, indexer_.Search(search, acknowledged + absl::Minutes(2)));
    milliseconds_.push_back(absl::ToDoubleMilliseconds(absl::Now() - acknowledged));
    if (found.shards(0).hits_size() == 1) return absl::OkStatus();
    return absl::InternalError(absl::StrCat("no article has ", word));
  }

  indexer::Indexer& indexer_;
  ArticleFeed& feed_;
  uint64_t words_ = 0;
  std::vector<double> milliseconds_;
};

void Print(const Prober& prober, nlohmann::ordered_json line) {
  line.update({{"probes", prober.probes()},
               {"p50_ms", prober.Quantile(0.5)},
               {"p95_ms", prober.Quantile(0.95)},
               {"p99_ms", prober.Quantile(0.99)},
               {"max_ms", prober.Quantile(1)}});
  std::cout << line.dump() << std::endl;
}

absl::Status Measure(const Arguments& arguments, indexer::Indexer& indexer, ArticleFeed& feed) {
  Prober prober(indexer, feed);
  RETURN_IF_ERROR(prober.Run(arguments.seconds));
  Print(prober, {{"engine", "tintinh"}, {"op", "searchable"}, {"load", "idle"}});
  IndexerLoad load(indexer, feed, arguments.rate);
  RETURN_IF_ERROR(prober.Run(arguments.seconds));
  RETURN_IF_ERROR(load.Stop());
  Print(prober, {{"engine", "tintinh"},
                 {"op", "searchable"},
                 {"load", absl::StrCat(arguments.rate, " articles/s")},
                 {"acknowledged_per_s", std::round(load.articles_per_second())},
                 {"refused", load.refused()}});
  return absl::OkStatus();
}

absl::Status Run(const Arguments& arguments) {
  RETURN_IF_ERROR(SetLogLevel("warn"));  // there is a line an article
  const SystemClock clock;
  Metrics metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<ArticleFeed> feed, ArticleFeed::Open(arguments.corpus));
  ASSIGN_OR_RETURN(const std::unique_ptr<indexer::Indexer> indexer,
                   indexer::Indexer::Open(ConfigOf(arguments.directory), clock, metrics));
  RETURN_IF_ERROR(indexer->Start());
  return Measure(arguments, *indexer, *feed);
}

int Main(int argc, char** argv) {
  CLI::App app("how long after its acknowledgement an article is found");
  Arguments arguments;
  app.add_option("corpus", arguments.corpus, "tokens that articles are made of")->required();
  app.add_option("directory", arguments.directory, "of a new indexer")->required();
  app.add_option("--rate", arguments.rate, "articles a second");
  app.add_option("--seconds", arguments.seconds, "of each of the two");
  CLI11_PARSE(app, argc, argv);
  const absl::Status done = Run(arguments);
  if (done.ok()) return 0;
  std::cerr << done << std::endl;
  return 1;
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) { return tintinh::bench::Main(argc, argv); }
