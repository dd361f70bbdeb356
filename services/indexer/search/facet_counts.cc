#include "services/indexer/search/facet_counts.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace tintinh::indexer {

void FacetCounts::Add(v1::FacetField field, absl::string_view value, uint64_t count) {
  counts_[field][std::string(value)] += count;
}

v1::LeafFacetsResponse FacetCounts::ToProto(const v1::LeafFacetsRequest& request) const {
  v1::LeafFacetsResponse response;
  for (const int number : request.fields()) {
    const v1::FacetField field = static_cast<v1::FacetField>(number);
    v1::Facet& facet = *response.add_facets();
    facet.set_field(field);
    const auto found = counts_.find(field);
    if (found == counts_.end()) continue;
    std::vector<std::pair<absl::string_view, uint64_t>> values(found->second.begin(), found->second.end());
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    values.resize(std::min<size_t>(values.size(), request.limit()));
    for (const auto& [value, count] : values) {
      v1::FacetValue& out = *facet.add_values();
      out.set_value(std::string(value));
      out.set_count(count);
    }
  }
  return response;
}

}  // namespace tintinh::indexer
