#include "services/indexer/router/duplicate_cluster.h"

#include <bit>
#include <tuple>

namespace tintinh::indexer {
namespace {

const std::string& ClusterOf(const NearArticle& article) {
  return article.cluster.empty() ? article.article_id : article.cluster;
}

bool IsBetter(const NearArticle& candidate, const NearArticle& best) {
  return std::tie(candidate.distance, ClusterOf(candidate)) < std::tie(best.distance, ClusterOf(best));
}

}  // namespace

std::string ChooseCluster(absl::string_view article_id, const std::vector<NearArticle>& near) {
  const NearArticle* best = nullptr;
  for (const NearArticle& candidate : near) {
    if (candidate.article_id == article_id) continue;
    if (candidate.cluster == article_id) return "";
    if (best == nullptr || IsBetter(candidate, *best)) best = &candidate;
  }
  return best == nullptr ? "" : ClusterOf(*best);
}

uint32_t SimhashDistance(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0) return 64;
  return static_cast<uint32_t>(std::popcount(a ^ b));
}

}  // namespace tintinh::indexer
