// A log that goes wrong the ways logs do, by a seed; what is under it stays whole.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_APPLY_FAULTY_LOG_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_APPLY_FAULTY_LOG_H_

#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "common/article_log/article_log.h"

namespace tintinh::indexer {

class FaultyLog final : public article_log::ArticleLog {
 public:
  enum class Fault { kNone, kDuplicate, kRewind, kStall };

  FaultyLog(article_log::ArticleLog& whole, uint32_t seed) : whole_(whole), random_(seed) {}

  absl::StatusOr<std::vector<uint64_t>> Append(uint32_t shard,
                                               absl::Span<const article_log::LogPayload> payloads) override {
    return whole_.Append(shard, payloads);
  }
  absl::StatusOr<article_log::LogBounds> Bounds(uint32_t shard) const override { return whole_.Bounds(shard); }
  absl::Status Trim(uint32_t /*shard*/, uint64_t /*up_to*/) override { return absl::OkStatus(); }

  // Small reads, so that many of them go wrong.
  absl::StatusOr<article_log::TailResult> Tail(uint32_t shard, uint64_t after,
                                               const article_log::TailLimits& /*limits*/) const override {
    const article_log::TailLimits few{.records = 1 + random_() % 8};
    switch (static_cast<Fault>(random_() % 4)) {
      case Fault::kStall:
        ++faults_;
        return absl::UnavailableError("the brokers are silent");
      case Fault::kRewind:
        ++faults_;
        return whole_.Tail(shard, after - std::min<uint64_t>(after, random_() % 20), few);
      case Fault::kDuplicate:
        ++faults_;
        return Doubled(whole_.Tail(shard, after, few));
      case Fault::kNone:
        break;
    }
    return whole_.Tail(shard, after, few);
  }

  size_t faults() const { return faults_; }

 private:
  static absl::StatusOr<article_log::TailResult> Doubled(absl::StatusOr<article_log::TailResult> tail) {
    if (!tail.ok() || tail->records.empty()) return tail;
    tail->records.push_back(tail->records.front());
    return tail;
  }

  article_log::ArticleLog& whole_;
  mutable std::mt19937 random_;  // of the applier's thread
  mutable std::atomic<size_t> faults_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_APPLY_FAULTY_LOG_H_
