// What a root remembers of its indexers: how many shards each serves, and which were silent.
#ifndef TINTINH_SERVICES_QUERY_ROOT_SEARCH_SHARD_CENSUS_H_
#define TINTINH_SERVICES_QUERY_ROOT_SEARCH_SHARD_CENSUS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/sync/mutex.h"

namespace tintinh::query {

// Lets a root say how many shards are missing when an indexer is silent, and not wait for it long. Thread-safe.
class ShardCensus {
 public:
  explicit ShardCensus(size_t indexers) : shards_(indexers, 0), silent_(indexers, false) {}

  void Learn(size_t indexer, uint32_t shards);
  void Answered(size_t indexer);
  void Failed(size_t indexer);

  bool Knows(size_t indexer) const;
  // An indexer that never answered counts as one shard: at least that much is missing.
  uint32_t Shards(size_t indexer) const;

  // True from a failure to the next answer, unless every indexer is silent: then each is worth the wait.
  bool IsSilent(size_t indexer) const;

 private:
  mutable Mutex mu_;
  std::vector<uint32_t> shards_ ABSL_GUARDED_BY(mu_);  // 0: never heard of
  std::vector<bool> silent_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_ROOT_SEARCH_SHARD_CENSUS_H_
