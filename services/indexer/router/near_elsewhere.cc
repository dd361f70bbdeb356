#include "services/indexer/router/near_elsewhere.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace tintinh::indexer {
namespace {

constexpr size_t kMost = 64;

}  // namespace

absl::flat_hash_map<uint64_t, std::vector<NearArticle>> NearElsewhere(const v1::PutArticlesRequest& request,
                                                                      uint32_t distance) {
  absl::flat_hash_map<uint64_t, std::vector<NearArticle>> near;
  for (int i = 0; i < request.near_size(); ++i) {
    for (const v1::NearDuplicate& article : request.near(i).articles()) {
      if (article.distance() > distance) continue;
      near[request.articles(i).simhash()].push_back(
          {article.article_id(), article.duplicate_cluster(), article.distance()});
    }
  }
  return near;
}

v1::NearDuplicates NearestOf(std::vector<NearArticle> near) {
  std::sort(near.begin(), near.end(), [](const NearArticle& a, const NearArticle& b) {
    return std::tie(a.distance, a.article_id) < std::tie(b.distance, b.article_id);
  });
  v1::NearDuplicates nearest;
  for (size_t i = 0; i < std::min(near.size(), kMost); ++i) {
    v1::NearDuplicate& article = *nearest.add_articles();
    article.set_article_id(near[i].article_id);
    article.set_duplicate_cluster(near[i].cluster);
    article.set_distance(near[i].distance);
  }
  return nearest;
}

}  // namespace tintinh::indexer
