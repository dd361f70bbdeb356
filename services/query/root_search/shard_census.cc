#include "services/query/root_search/shard_census.h"

#include <algorithm>

namespace tintinh::query {

void ShardCensus::Learn(size_t indexer, uint32_t shards) {
  MutexLock lock(mu_);
  shards_[indexer] = shards;
}

void ShardCensus::Answered(size_t indexer) {
  MutexLock lock(mu_);
  silent_[indexer] = false;
}

void ShardCensus::Failed(size_t indexer) {
  MutexLock lock(mu_);
  silent_[indexer] = true;
}

bool ShardCensus::Knows(size_t indexer) const {
  MutexLock lock(mu_);
  return shards_[indexer] > 0;
}

uint32_t ShardCensus::Shards(size_t indexer) const {
  MutexLock lock(mu_);
  return std::max<uint32_t>(1, shards_[indexer]);
}

bool ShardCensus::IsSilent(size_t indexer) const {
  MutexLock lock(mu_);
  const bool all = std::find(silent_.begin(), silent_.end(), false) == silent_.end();
  return silent_[indexer] && !all;
}

}  // namespace tintinh::query
