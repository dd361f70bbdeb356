#include "services/indexer/router/unapplied_versions.h"

#include <utility>

namespace tintinh::indexer {

void UnappliedVersions::Add(absl::string_view article_id, LoggedVersion version) {
  MutexLock lock(mu_);
  if (version.position > applied_) versions_[article_id] = std::move(version);
}

void UnappliedVersions::Applied(uint64_t position, absl::string_view article_id) {
  MutexLock lock(mu_);
  applied_ = position;
  const auto it = versions_.find(article_id);
  if (it != versions_.end() && it->second.position <= position) versions_.erase(it);
}

std::optional<LoggedVersion> UnappliedVersions::Find(absl::string_view article_id) const {
  MutexLock lock(mu_);
  const auto it = versions_.find(article_id);
  if (it == versions_.end()) return std::nullopt;
  return it->second;
}

std::vector<NearArticle> UnappliedVersions::FindNear(uint64_t simhash, uint32_t max_distance) const {
  MutexLock lock(mu_);
  std::vector<NearArticle> near;
  for (const auto& [article_id, version] : versions_) {
    const uint32_t distance = SimhashDistance(simhash, version.simhash);
    if (!version.content_hash.empty() && distance <= max_distance)
      near.push_back({article_id, version.cluster, distance});
  }
  return near;
}

size_t UnappliedVersions::size() const {
  MutexLock lock(mu_);
  return versions_.size();
}

}  // namespace tintinh::indexer
