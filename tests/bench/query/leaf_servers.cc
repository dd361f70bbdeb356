#include "tests/bench/query/leaf_servers.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/sync/mutex.h"
#include "grpcpp/alarm.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "grpcpp/support/server_callback.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::bench {
namespace {

constexpr int kHits = 10;
constexpr int kParagraphs = 8;  // with the text below an article of 3.5 kB, the mean of real news

constexpr char kParagraph[] =
    "Sau đợt mưa lũ kéo dài, tỉnh đã hỗ trợ người dân vùng cao khôi phục sản xuất, sửa đường giao thông liên xã và bảo "
    "đảm nước sạch; ngành nông nghiệp cấp giống lúa, giống ngô cho các hộ bị thiệt hại. Lãnh đạo huyện cho biết việc "
    "dạy và học ở các điểm trường đã trở lại bình thường từ đầu tuần này.";

// Answers once the time has passed, or at once when nobody waits any more.
class LateAnswer final : public grpc::ServerUnaryReactor {
 public:
  explicit LateAnswer(double seconds) {
    const auto wait = std::chrono::microseconds(static_cast<int64_t>(seconds * 1e6));
    alarm_.Set(std::chrono::system_clock::now() + wait, [this](bool) { Finish(grpc::Status::OK); });
  }
  void OnCancel() override { alarm_.Cancel(); }
  void OnDone() override { delete this; }

 private:
  grpc::Alarm alarm_;
};

class Leaf final : public v1::IndexerService::CallbackService {
 public:
  Leaf(uint32_t shard, uint32_t replica, const LeafBehaviour& behaviour)
      : shard_(shard), behaviour_(behaviour), random_(shard * 16 + replica) {}

  grpc::ServerUnaryReactor* LeafStatistics(grpc::CallbackServerContext* context,
                                           const v1::LeafStatisticsRequest* request,
                                           v1::LeafStatisticsResponse* response) override {
    v1::CollectionStatistics& statistics = *response->mutable_statistics();
    statistics.set_document_count(500'000);
    for (const v1::TermKey& term : request->terms()) {
      statistics.add_document_frequencies(20'000 + term.key().size() * 100);
    }
    for (const v1::Part part : {v1::PART_TITLE, v1::PART_BODY, v1::PART_CAPTION}) {
      for (const v1::KeyKind kind : {v1::KEY_KIND_EXACT, v1::KEY_KIND_FOLDED, v1::KEY_KIND_PAIR}) {
        v1::FieldStatistics& field = *statistics.add_fields();
        field.set_part(part);
        field.set_kind(kind);
        field.set_document_count(500'000);
        field.set_total_length(200'000'000);
      }
    }
    return AtOnce(context);
  }

  grpc::ServerUnaryReactor* LeafSearch(grpc::CallbackServerContext* context, const v1::LeafSearchRequest* request,
                                       v1::LeafSearchResponse* response) override {
    v1::ShardResult& shard = *response->add_shards();
    shard.set_shard(shard_);
    shard.set_total(4'870);
    shard.set_applied_position(1'000'000);
    const bool slow = AddHits(std::min<uint32_t>(request->limit(), kHits), shard);
    return slow ? new LateAnswer(behaviour_.slow_seconds) : AtOnce(context);
  }

  grpc::ServerUnaryReactor* GetArticles(grpc::CallbackServerContext* context, const v1::GetArticlesRequest* request,
                                        v1::GetArticlesResponse* response) override {
    for (const std::string& id : request->article_ids()) {
      v1::Article& article = *response->add_articles();
      article.set_article_id(id);
      article.set_url(absl::StrCat("https://bao.example/", id));
      article.set_site("baomau");
      article.set_title("Hỗ trợ người dân vùng cao sau mưa lũ");
      for (int i = 0; i < kParagraphs; ++i) {
        article.add_paragraphs()->set_kind(v1::PARAGRAPH_KIND_TEXT);
        article.mutable_paragraphs(i)->set_text(kParagraph);
      }
    }
    return AtOnce(context);
  }

 private:
  static grpc::ServerUnaryReactor* AtOnce(grpc::CallbackServerContext* context) {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();  // a new one for every time it is asked for
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  // Best first, with scores that mix those of all leaves. Returns whether the call is a slow one.
  bool AddHits(uint32_t count, v1::ShardResult& shard) {
    MutexLock lock(mu_);
    double score = 40;
    for (uint32_t i = 0; i < count; ++i) {
      v1::LeafHit& hit = *shard.add_hits();
      hit.set_article_id(absl::StrCat(absl::Hex(random_(), absl::kZeroPad16), absl::Hex(random_(), absl::kZeroPad16)));
      score *= std::uniform_real_distribution<double>(0.8, 1)(random_);
      hit.set_score(score);
      hit.set_published_us(1'609'459'200'000'000);
    }
    return std::bernoulli_distribution(behaviour_.slow_share)(random_);
  }

  const uint32_t shard_;
  const LeafBehaviour behaviour_;
  Mutex mu_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mu_);
};

struct RunningLeaf {
  std::unique_ptr<Leaf> leaf;
  std::unique_ptr<grpc::Server> server;
};

RunningLeaf Serve(uint32_t shard, uint32_t replica, const LeafBehaviour& behaviour, int& port) {
  RunningLeaf running{std::make_unique<Leaf>(shard, replica, behaviour), nullptr};
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(running.leaf.get());
  running.server = builder.BuildAndStart();
  return running;
}

// Writes a line of ports for each leaf, serves until `stop` ends, and never returns.
[[noreturn]] void ServeAll(const LeafBehaviour& behaviour, int stop, FILE* ports) {
  grpc::EnableDefaultHealthCheckService(true);  // clients of several replicas ask for it
  std::vector<RunningLeaf> running;
  for (uint32_t shard = 0; shard < behaviour.leaves; ++shard) {
    for (uint32_t replica = 0; replica < behaviour.replicas; ++replica) {
      int port = 0;
      running.push_back(Serve(shard, replica, behaviour, port));
      std::fprintf(ports, "%d\n", port);
    }
  }
  std::fclose(ports);
  char byte = 0;
  while (::read(stop, &byte, 1) > 0) {
  }
  std::_Exit(0);
}

void Pipe(int (&ends)[2]) {
  if (::pipe(ends) == 0) return;
  std::perror("pipe");
  std::exit(1);
}

std::vector<std::string> ReadTargets(const LeafBehaviour& behaviour, FILE* ports) {
  std::vector<std::string> targets;
  for (size_t i = 0; i < behaviour.leaves * behaviour.replicas; ++i) {
    int port = 0;
    if (std::fscanf(ports, "%d", &port) != 1 || port == 0) {
      std::fprintf(stderr, "a leaf does not serve\n");
      std::exit(1);
    }
    const bool first = i % behaviour.replicas == 0;
    if (first) targets.emplace_back("ipv4:");
    absl::StrAppend(&targets.back(), first ? "" : ",", "127.0.0.1:", port);
  }
  return targets;
}

}  // namespace

LeafServers::LeafServers(const LeafBehaviour& behaviour) {
  int ports[2], stop[2];
  Pipe(ports);
  Pipe(stop);
  process_ = ::fork();
  if (process_ == 0) {
    ::close(ports[0]);
    ::close(stop[1]);
    ServeAll(behaviour, stop[0], ::fdopen(ports[1], "w"));
  }
  ::close(ports[1]);
  ::close(stop[0]);
  stop_ = stop[1];
  FILE* const lines = ::fdopen(ports[0], "r");
  targets_ = ReadTargets(behaviour, lines);
  std::fclose(lines);
}

double LeafServers::CpuMicros() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
  return 1e6 * static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e3;
}

LeafServers::~LeafServers() {
  ::close(stop_);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace tintinh::bench
