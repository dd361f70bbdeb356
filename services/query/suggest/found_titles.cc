#include "services/query/suggest/found_titles.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/status/status_macros.h"
#include "common/text/normal_form.h"

namespace tintinh::query {

absl::flat_hash_map<std::string, std::string> TitleReader::TitlesOf(const std::vector<RootHit>& hits,
                                                                    absl::Time deadline) {
  absl::flat_hash_map<std::string, std::string> titles;
  std::vector<RootHit> unknown;
  for (const RootHit& hit : hits) {
    std::optional<std::string> title = cache_.Find(hit.hit.article_id());
    if (title.has_value()) {
      titles[hit.hit.article_id()] = *std::move(title);
    } else {
      unknown.push_back(hit);
    }
  }
  if (unknown.empty()) return titles;
  for (const v1::Article& article : root_.FetchTitles(unknown, deadline).articles) {
    cache_.Add(article.article_id(), article.title());
    titles[article.article_id()] = article.title();
  }
  return titles;
}

absl::StatusOr<FoundTitles> TitleReader::Find(const v1::LeafQuery& query, absl::Time deadline) {
  RootRequest request;
  request.query = query;
  request.sort = v1::SORT_ORDER_NEWEST;
  request.limit = kTitlesRead;
  ASSIGN_OR_RETURN(const RootResult result, root_.Search(request, deadline));
  absl::flat_hash_map<std::string, std::string> titles = TitlesOf(result.hits, deadline);
  FoundTitles found;
  found.coverage = result.coverage;
  absl::flat_hash_set<std::string> seen;
  for (const RootHit& hit : result.hits) {
    const auto title = titles.find(hit.hit.article_id());
    if (title == titles.end() || !seen.insert(text::Fold(title->second)).second) continue;
    v1::Article& article = found.articles.emplace_back();
    article.set_article_id(hit.hit.article_id());
    article.set_title(std::move(title->second));
  }
  return found;
}

}  // namespace tintinh::query
