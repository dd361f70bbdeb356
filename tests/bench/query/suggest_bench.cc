// How long completing what is being typed takes: a root over an indexer in this process, on in-process channels.
// Readers type the first words of a title, or words from its middle, letter by letter, with marks and without; each
// letter is a call.
//
//   suggest_bench CORPUS.jsonl DIR [--articles 100000] [--shards 4] [--sequences 500]
//   suggest_bench CORPUS.jsonl DIR --show "xay nong thon m"      what is suggested, and what is taken to be meant
//
// CORPUS.jsonl has {"title","body"} lines and is used again when it is used up. DIR keeps the index: a second run with
// the same DIR measures without filling it.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "common/server/server.h"
#include "common/text/normal_form.h"
#include "common/text/utf8.h"
#include "common/text/words.h"
#include "common/time/clock.h"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/query/query.h"
#include "tests/bench/cluster/made_articles.h"

namespace tintinh::bench {
namespace {

constexpr uint64_t kArticlesPerPut = 64;
constexpr int kWarmUp = 20;  // sequences

struct Flags {
  std::string corpus;
  std::string directory;
  uint64_t articles = 100'000;
  uint32_t shards = 4;
  int sequences = 500;
  std::vector<std::string> show;
};

void OrDie(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

template <typename Value>
Value OrDie(absl::StatusOr<Value> value) {
  OrDie(value.status());
  return *std::move(value);
}

config::v1::IndexerConfig ConfigOf(const Flags& flags) {
  config::v1::IndexerConfig config;
  config.set_data_directory(flags.directory);
  config.set_shards(flags.shards);
  config.set_memory_segment_bytes(64 << 20);
  config.set_block_cache_bytes(256 << 20);
  config.set_max_queued_appends(1024);
  return config;
}

// An indexer with a root before it.
class Engine {
 public:
  explicit Engine(const Flags& flags) : indexer_(OrDie(indexer::Indexer::Open(ConfigOf(flags), clock_, metrics_))) {
    OrDie(indexer_->Start());
    service_ = std::make_unique<indexer::IndexerService>(*indexer_);
    server_ = OrDie(Server::StartInProcess({service_.get()}));
    stub_ = v1::IndexerService::NewStub(server_->InProcessChannel());
    query_ = std::make_unique<query::Query>(query::QueryOptions(), std::vector<query::IndexerStub*>{stub_.get()},
                                            clock_, metrics_);
  }

  void Fill(const MadeArticles& articles, uint64_t count) {
    for (uint64_t number = 0; number < count;) {
      v1::PutArticlesRequest request;
      for (uint64_t i = 0; i < kArticlesPerPut && number < count; ++i)
        *request.add_articles() = articles.Article(number++);
      OrDie(indexer_->Put(request, absl::InfiniteFuture()));
    }
    OrDie(indexer_->Flush(absl::InfiniteFuture()));
  }

  std::string Meant(const std::string& typed) {
    v1::DidYouMeanRequest request;
    request.set_query(typed);
    return OrDie(query_->DidYouMean(request, absl::InfiniteFuture())).query();
  }

  v1::SuggestResponse Suggest(const std::string& typed) {
    v1::SuggestRequest request;
    request.set_prefix(typed);
    return OrDie(query_->Suggest(request, absl::InfiniteFuture()));
  }

 private:
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<indexer::Indexer> indexer_;
  std::unique_ptr<indexer::IndexerService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
  std::unique_ptr<query::Query> query_;
};

// Two to six words of a title that stand side by side.
std::string TextOf(const MadeArticles& articles, uint64_t count, std::mt19937_64& random) {
  while (true) {
    const std::string title = articles.Article(random() % count).title();
    const text::WordList list = text::ScanWords(title);
    if (list.words.size() < 2) continue;
    const size_t words = std::min<size_t>(list.words.size(), 2 + random() % 5);
    const size_t first = random() % 2 == 0 ? 0 : random() % (list.words.size() - words + 1);
    const uint32_t begin = list.words[first].begin;
    return title.substr(begin, list.words[first + words - 1].end - begin);
  }
}

struct Measured {
  std::vector<double> first_us;  // calls of the first letter of a text
  std::vector<double> later_us;
  double first_cpu_us = 0;  // of the whole process
  double later_cpu_us = 0;
  int calls = 0;
  int answered = 0;  // calls with a suggestion
  int texts = 0;
  int completed = 0;  // texts that a phrase or title was suggested for before their last letter
};

double CpuMicros() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto micros = [](const timeval& time) {
    return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
  };
  return micros(usage.ru_utime) + micros(usage.ru_stime);
}

// Whether the text stands in one of the suggestions, whatever its marks.
bool Completes(const v1::SuggestResponse& response, const std::string& text) {
  const std::string wanted = text::Fold(text);
  return std::any_of(response.items().begin(), response.items().end(), [&wanted](const v1::Suggestion& item) {
    return text::Fold(item.text()).find(wanted) != std::string::npos;
  });
}

void Type(Engine& engine, const std::string& text, Measured& measured) {
  const char* const limit = text.data() + text.size();
  bool completed = false;
  bool first = true;
  for (const char* at = text.data(); at != limit; first = false) {
    at += text::DecodeUtf8(at, limit).size;
    const std::string typed(text.data(), at);
    const double cpu = CpuMicros();
    const auto begin = std::chrono::steady_clock::now();
    const v1::SuggestResponse response = engine.Suggest(typed);
    const double took = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
    (first ? measured.first_us : measured.later_us).push_back(took);
    (first ? measured.first_cpu_us : measured.later_cpu_us) += CpuMicros() - cpu;
    ++measured.calls;
    measured.answered += response.items().empty() ? 0 : 1;
    completed = completed || (at != limit && Completes(response, text));
  }
  ++measured.texts;
  measured.completed += completed ? 1 : 0;
}

double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())))] / 1e3;
}

void Print(const char* name, const Measured& measured) {
  std::vector<double> all = measured.first_us;
  all.insert(all.end(), measured.later_us.begin(), measured.later_us.end());
  const auto share = [](int part, int whole) { return 100.0 * part / whole; };
  std::printf("%-14s %6d %7.2f %7.2f %7.2f %7.2f | %7.2f %7.2f %7.2f | %7.1f%% %8.1f%%\n", name, measured.calls,
              Quantile(all, 0.5), Quantile(all, 0.99), Quantile(all, 1),
              (measured.first_cpu_us + measured.later_cpu_us) / measured.calls / 1e3, Quantile(measured.first_us, 0.5),
              Quantile(measured.first_us, 0.99), measured.first_cpu_us / measured.texts / 1e3,
              share(measured.answered, measured.calls), share(measured.completed, measured.texts));
}

void Show(Engine& engine, const std::string& typed) {
  std::printf("%s\n", typed.c_str());
  const v1::SuggestResponse response = engine.Suggest(typed);
  for (const v1::Suggestion& item : response.items()) {
    std::printf("  %-24s %s %s %u\n", v1::SuggestionKind_Name(item.kind()).c_str(), item.text().c_str(),
                item.detail().c_str(), item.titles());
  }
  std::printf("  meant: %s\n", engine.Meant(typed).c_str());
}

int Main(const Flags& flags) {
  const bool filled = std::filesystem::exists(flags.directory + "/LAYOUT");
  const MadeArticles articles(flags.corpus);
  Engine engine(flags);
  if (!filled) engine.Fill(articles, flags.articles);
  for (const std::string& typed : flags.show) Show(engine, typed);
  if (!flags.show.empty()) return 0;
  std::mt19937_64 random(5);
  Measured warm_up, marked, unmarked;
  for (int i = 0; i < kWarmUp; ++i) Type(engine, TextOf(articles, flags.articles, random), warm_up);
  for (int i = 0; i < flags.sequences; ++i) {
    const std::string text = TextOf(articles, flags.articles, random);
    Type(engine, text, marked);
    Type(engine, text::Fold(text), unmarked);
  }
  std::printf("%-14s %6s %7s %7s %7s %7s | %7s %7s %7s | %8s %9s\n", "typed", "calls", "p50 ms", "p99 ms", "max ms",
              "cpu ms", "1st p50", "1st p99", "1st cpu", "answered", "completed");
  Print("with marks", marked);
  Print("without marks", unmarked);
  return 0;
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) {
  tintinh::bench::Flags flags;
  CLI::App app{"The time that completing what is being typed takes."};
  app.add_option("corpus", flags.corpus, "lines of {title, body}")->required()->check(CLI::ExistingFile);
  app.add_option("directory", flags.directory, "of the index")->required();
  app.add_option("--articles", flags.articles)->check(CLI::Range(1, 100'000'000));
  app.add_option("--shards", flags.shards)->check(CLI::Range(1, 256));
  app.add_option("--sequences", flags.sequences, "texts that are typed")->check(CLI::Range(1, 1'000'000));
  app.add_option("--show", flags.show, "texts to complete, instead of measuring");
  CLI11_PARSE(app, argc, argv);
  return tintinh::bench::Main(flags);
}
