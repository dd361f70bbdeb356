#include "services/query/root_search/merge.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace tintinh::query {
namespace {

constexpr int64_t kUndated = std::numeric_limits<int64_t>::min();

// Negative, zero or positive as a comes before, beside or after b.
int CompareByScore(const v1::LeafHit& a, const v1::LeafHit& b) {
  return a.score() > b.score() ? -1 : (a.score() < b.score() ? 1 : 0);
}

int CompareByTime(const v1::LeafHit& a, const v1::LeafHit& b, v1::SortOrder sort) {
  if (a.published_us() == b.published_us()) return 0;
  if (a.published_us() == kUndated) return 1;
  if (b.published_us() == kUndated) return -1;
  const bool newer = a.published_us() > b.published_us();
  return newer == (sort == v1::SORT_ORDER_NEWEST) ? -1 : 1;
}

bool ComesBefore(const v1::LeafHit& a, const v1::LeafHit& b, v1::SortOrder sort) {
  const int order = sort == v1::SORT_ORDER_RELEVANCE ? CompareByScore(a, b) : CompareByTime(a, b, sort);
  return order != 0 ? order < 0 : a.article_id() < b.article_id();
}

v1::Facet MergeFacet(const std::vector<v1::Facet>& parts, v1::FacetField field, uint32_t limit) {
  absl::flat_hash_map<std::string, uint64_t> counts;
  for (const v1::Facet& part : parts) {
    if (part.field() != field) continue;
    for (const v1::FacetValue& value : part.values()) counts[value.value()] += value.count();
  }
  std::vector<std::pair<std::string, uint64_t>> values(counts.begin(), counts.end());
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (values.size() > limit) values.resize(limit);
  v1::Facet facet;
  facet.set_field(field);
  for (const auto& [value, count] : values) {
    v1::FacetValue& added = *facet.add_values();
    added.set_value(value);
    added.set_count(count);
  }
  return facet;
}

}  // namespace

std::vector<RootHit> MergeHits(std::vector<RootHit> hits, v1::SortOrder sort, size_t limit) {
  std::stable_sort(hits.begin(), hits.end(),
                   [sort](const RootHit& a, const RootHit& b) { return ComesBefore(a.hit, b.hit, sort); });
  absl::flat_hash_set<std::string> seen;
  std::vector<RootHit> merged;
  for (RootHit& hit : hits) {
    if (merged.size() == limit) break;
    if (seen.insert(hit.hit.article_id()).second) merged.push_back(std::move(hit));
  }
  return merged;
}

v1::SortKey SortKeyOf(const v1::LeafHit& last) {
  v1::SortKey key;
  key.set_score(last.score());
  key.set_published_us(last.published_us());
  key.set_article_id(last.article_id());
  return key;
}

std::vector<v1::Facet> MergeFacets(const std::vector<v1::Facet>& parts, const std::vector<v1::FacetField>& fields,
                                   uint32_t limit) {
  std::vector<v1::Facet> merged;
  merged.reserve(fields.size());
  for (const v1::FacetField field : fields) merged.push_back(MergeFacet(parts, field, limit));
  return merged;
}

}  // namespace tintinh::query
