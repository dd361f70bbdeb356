// Appends of 4 KiB payloads to the embedded article log, every one synced: batch size × threads.
#include <memory>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "common/article_log/embedded_article_log.h"
#include "common/kv/database.h"
#include "tests/support/temp_dir.h"

namespace tintinh::article_log {
namespace {

constexpr size_t kPayloadBytes = 4096;

struct OpenLog {
  testing::TempDir dir;
  std::unique_ptr<kv::Database> database;
  std::unique_ptr<EmbeddedArticleLog> log;
};

std::unique_ptr<OpenLog> MakeLog() {
  auto open = std::make_unique<OpenLog>();
  open->database =
      *kv::Database::Open({.directory = open->dir.path(), .column_families = {EmbeddedArticleLog::ColumnFamily()}});
  const EmbeddedLogShard shard{0, open->database.get()};
  open->log = *EmbeddedArticleLog::Open({shard}, {});
  return open;
}

class AppendBench : public benchmark::Fixture {
 public:
  void SetUp(const benchmark::State& state) override {
    if (state.thread_index() == 0) open_ = MakeLog();
  }
  void TearDown(const benchmark::State& state) override {
    if (state.thread_index() == 0) open_.reset();
  }

 protected:
  std::unique_ptr<OpenLog> open_;
};

BENCHMARK_DEFINE_F(AppendBench, Synced)(benchmark::State& state) {
  const auto batch = static_cast<size_t>(state.range(0));
  const std::vector<LogPayload> payloads(batch, LogPayload{"id", std::string(kPayloadBytes, 'x')});
  for (auto _ : state) {
    if (!open_->log->Append(0, payloads).ok()) state.SkipWithError("append failed");
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * batch));
}
BENCHMARK_REGISTER_F(AppendBench, Synced)->Arg(1)->Arg(64)->Threads(1)->Threads(8)->UseRealTime()->MinTime(1.0);

}  // namespace
}  // namespace tintinh::article_log

BENCHMARK_MAIN();
