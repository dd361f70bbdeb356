// A thread that puts articles into an indexer at a fixed rate.
#ifndef TINTINH_TESTS_BENCH_ENGINE_INDEXER_LOAD_H_
#define TINTINH_TESTS_BENCH_ENGINE_INDEXER_LOAD_H_

#include <cstdint>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "services/indexer/indexer.h"
#include "tests/bench/engine/article_feed.h"
#include "tests/bench/engine/pacer.h"

namespace tintinh::bench {

// In batches, each acknowledged before the next. A batch refused because queues are full is not put again: it counts
// against the rate.
class IndexerLoad {
 public:
  // Both must outlive this.
  IndexerLoad(indexer::Indexer& indexer, ArticleFeed& feed, double articles_per_second);
  ~IndexerLoad();

  // The first failure other than a refusal. Call once; the figures afterwards.
  absl::Status Stop();
  double articles_per_second() const;  // acknowledged
  uint64_t refused() const { return refused_; }

 private:
  static constexpr uint32_t kBatch = 20;

  void Run();
  absl::Status PutBatch();

  indexer::Indexer& indexer_;
  ArticleFeed& feed_;
  const absl::Time start_;
  Pacer pacer_;
  // Of the thread until it has ended.
  uint64_t acknowledged_ = 0;
  uint64_t refused_ = 0;
  absl::Time end_;
  absl::Status status_;
  std::thread thread_;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_INDEXER_LOAD_H_
