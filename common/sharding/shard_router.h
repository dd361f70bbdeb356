// Which of several indexers has an article's shard.
#ifndef TINTINH_COMMON_SHARDING_SHARD_ROUTER_H_
#define TINTINH_COMMON_SHARDING_SHARD_ROUTER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh {

// Learns from the indexers themselves, when it is first asked and whenever a shard's holder is not known. A single
// indexer has every shard and is not asked. Thread-safe.
class ShardRouter {
 public:
  using Stub = v1::IndexerService::StubInterface;

  // The stubs outlive this. REQUIRES: at least one.
  explicit ShardRouter(std::vector<Stub*> indexers) : indexers_(std::move(indexers)) {}

  const std::vector<Stub*>& indexers() const { return indexers_; }

  // An index into indexers(). UNAVAILABLE: none that answers has the shard, and why; FAILED_PRECONDITION: the indexers
  // are not of one index. An indexer that does not answer costs `patience` once, and keeps the shards known of it.
  absl::StatusOr<size_t> HolderOf(absl::string_view article_id, absl::Duration patience);

  // What is known is asked for anew: an indexer said that a shard is not there any more.
  void Forget();

 private:
  absl::Status Learn(absl::Duration patience) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Add(size_t indexer, const v1::GetIndexStatusResponse& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const std::vector<Stub*> indexers_;
  Mutex mu_;
  uint32_t shard_count_ ABSL_GUARDED_BY(mu_) = 0;  // of the whole index; 0: not known
  std::map<uint32_t, size_t> holders_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh

#endif  // TINTINH_COMMON_SHARDING_SHARD_ROUTER_H_
