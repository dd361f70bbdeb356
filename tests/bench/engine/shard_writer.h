// A thread that puts new articles into a shard at a fixed rate, while others search it.
#ifndef TINTINH_TESTS_BENCH_ENGINE_SHARD_WRITER_H_
#define TINTINH_TESTS_BENCH_ENGINE_SHARD_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/indexer/shard/shard.h"
#include "tests/bench/engine/pacer.h"

namespace tintinh::bench {

// Texts are taken from a corpus of tokens, over and over; each article is analysed, stored, flushed and merged as any
// other.
class ShardWriter {
 public:
  // `shard` must outlive this.
  static absl::StatusOr<std::unique_ptr<ShardWriter>> Start(indexer::Shard& shard, const std::string& corpus,
                                                            double articles_per_second);
  ~ShardWriter();

  // The first failure, if any. Call once; articles_per_second() afterwards.
  absl::Status Stop();
  double articles_per_second() const;  // reached

 private:
  ShardWriter(indexer::Shard& shard, std::vector<std::string> texts, double articles_per_second);
  void Write();

  indexer::Shard& shard_;
  const std::vector<std::string> texts_;
  const absl::Time start_;
  Pacer pacer_;
  // Of the thread until it has ended.
  uint64_t written_ = 0;
  absl::Time end_;
  absl::Status status_;
  std::thread thread_;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_SHARD_WRITER_H_
