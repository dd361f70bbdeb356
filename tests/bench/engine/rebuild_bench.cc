// How fast a lost replica is there again: articles a second from the log alone, bytes a second from another's copy; and
// how fast articles get into the log. On real brokers, which with_brokers.py starts:
//
//   python3 tests/integration/kafka/with_brokers.py rebuild_bench TOK.jsonl DIR [ARTICLES] [SHARDS]
//
// default 500,000 and 4; DIR must not exist.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/kafka_log/kafka_options.h"
#include "common/kafka_log/kafka_topic.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "services/indexer/checkpoint/bootstrap.h"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/indexer/layout/data_layout.h"
#include "tests/bench/engine/article_feed.h"

namespace tintinh::bench {
namespace {

constexpr size_t kBatch = 64;
constexpr size_t kWriters = 4;
constexpr absl::Time kNever = absl::InfiniteFuture();

using Timer = std::chrono::steady_clock;

double Seconds(Timer::time_point since) { return std::chrono::duration<double>(Timer::now() - since).count(); }

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

struct Run {
  std::string corpus;
  std::string directory;
  size_t articles = 500'000;
  uint32_t shards = 4;
};

config::v1::IndexerConfig ConfigOf(const Run& run, const std::string& name) {
  config::v1::IndexerConfig config;
  config.set_data_directory(absl::StrCat(run.directory, "/", name));
  config.set_shards(run.shards);
  config.set_memory_segment_bytes(64 << 20);
  config.set_block_cache_bytes(256 << 20);
  config.set_max_queued_appends(1024);
  config.set_near_duplicate_distance(6);
  const std::vector<std::string> brokers = absl::StrSplit(std::getenv("TINTINH_KAFKA_BROKERS"), ',');
  config.mutable_kafka()->mutable_brokers()->Assign(brokers.begin(), brokers.end());
  config.mutable_kafka()->set_topic("rebuild");
  config.mutable_kafka()->mutable_append_timeout()->set_seconds(30);
  config.mutable_kafka()->mutable_read_timeout()->set_seconds(10);
  return config;
}

std::unique_ptr<indexer::Indexer> Open(const config::v1::IndexerConfig& config, Metrics& metrics) {
  static const SystemClock clock;
  auto indexer = OrDie(indexer::Indexer::Open(config, clock, metrics));
  Check(indexer->Start());
  return indexer;
}

void PutAll(indexer::Indexer& indexer, ArticleFeed& feed, size_t articles) {
  for (size_t done = 0; done < articles; done += kBatch) {
    v1::PutArticlesRequest request;
    for (size_t i = 0; i < std::min(kBatch, articles - done); ++i) *request.add_articles() = feed.Next();
    absl::Status status = indexer.Put(request, kNever).status();
    // As a normalizer does where the index falls behind.
    while (absl::IsResourceExhausted(status)) {
      Check(indexer.Flush(kNever));
      status = indexer.Put(request, kNever).status();
    }
    Check(status);
  }
}

uint64_t DiskBytes(indexer::Indexer& indexer) {
  uint64_t bytes = 0;
  const v1::GetIndexStatusResponse status = OrDie(indexer.Status(kNever));
  for (const v1::ShardStatus& shard : status.shards()) bytes += shard.disk_bytes();
  return bytes;
}

void Fill(const Run& run, indexer::Indexer& indexer) {
  const auto feed = OrDie(ArticleFeed::Open(run.corpus));
  const Timer::time_point start = Timer::now();
  std::vector<std::thread> writers;
  for (size_t i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] { PutAll(indexer, *feed, run.articles / kWriters); });
  }
  for (std::thread& writer : writers) writer.join();
  const double seconds = Seconds(start);
  Check(indexer.Flush(kNever));
  std::printf("put          %9.0f articles/s   on three brokers, indexed %.1f s later, %.2f GB\n",
              static_cast<double>(run.articles) / seconds, Seconds(start) - seconds,
              static_cast<double>(DiskBytes(indexer)) / 1e9);
}

void Replay(const Run& run, Metrics& metrics) {
  const Timer::time_point start = Timer::now();
  const auto indexer = Open(ConfigOf(run, "replayed"), metrics);
  std::printf("log alone    %9.0f articles/s\n", static_cast<double>(run.articles) / Seconds(start));
  Check(indexer->Drain());
}

void Copy(const Run& run, indexer::Indexer& source) {
  indexer::IndexerService service(source);
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const config::v1::IndexerConfig config = ConfigOf(run, "copied");
  Check(indexer::PrepareDataDirectory(config.data_directory(), OrDie(indexer::LayoutOf(config))));
  const auto channel = grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  const Timer::time_point start = Timer::now();
  indexer::BootstrapPlan plan{config.data_directory(), run.shards};
  for (uint32_t shard = 0; shard < run.shards; ++shard) plan.held.push_back(shard);
  Check(indexer::FetchMissingShards(plan, channel));
  std::printf("copy         %9.0f MB/s\n", static_cast<double>(DiskBytes(source)) / 1e6 / Seconds(start));
  server->Shutdown();
}

int Main(const Run& run) {
  Check(SetLogLevel("error"));
  Metrics metrics, others;
  const config::v1::IndexerConfig config = ConfigOf(run, "first");
  kafka_log::TopicPlan plan;
  plan.partitions = run.shards;
  Check(kafka_log::CreateTopic(OrDie(kafka_log::OptionsFrom(config.kafka())), plan));
  const auto indexer = Open(config, metrics);
  Fill(run, *indexer);
  Copy(run, *indexer);
  Replay(run, others);
  return 0;
}

}  // namespace
}  // namespace tintinh::bench

int main(int argc, char** argv) {
  if (argc < 3 || std::getenv("TINTINH_KAFKA_BROKERS") == nullptr || std::filesystem::exists(argv[2])) {
    std::fprintf(stderr,
                 "usage: with_brokers.py rebuild_bench TOK.jsonl DIR [ARTICLES] [SHARDS]; DIR must not exist\n");
    return 2;
  }
  tintinh::bench::Run run{argv[1], argv[2]};
  if (argc > 3) run.articles = std::strtoull(argv[3], nullptr, 10);
  if (argc > 4) run.shards = static_cast<uint32_t>(std::strtoul(argv[4], nullptr, 10));
  return tintinh::bench::Main(run);
}
