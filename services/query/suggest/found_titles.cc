#include "services/query/suggest/found_titles.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/status/status_macros.h"
#include "common/text/normal_form.h"

namespace tintinh::query {

absl::StatusOr<FoundTitles> FindTitles(RootSearch& root, const v1::LeafQuery& query, absl::Time deadline) {
  RootRequest request;
  request.query = query;
  request.sort = v1::SORT_ORDER_NEWEST;
  request.limit = kTitlesRead;
  ASSIGN_OR_RETURN(const RootResult result, root.Search(request, deadline));
  FetchedArticles fetched = root.FetchTitles(result.hits, deadline);
  absl::flat_hash_map<std::string, v1::Article*> by_id;
  for (v1::Article& article : fetched.articles) by_id.try_emplace(article.article_id(), &article);
  FoundTitles found;
  found.coverage = result.coverage;
  absl::flat_hash_set<std::string> seen;
  for (const RootHit& hit : result.hits) {
    const auto it = by_id.find(hit.hit.article_id());
    if (it == by_id.end() || !seen.insert(text::Fold(it->second->title())).second) continue;
    found.articles.push_back(std::move(*it->second));
  }
  return found;
}

}  // namespace tintinh::query
