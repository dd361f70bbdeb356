#include "services/web/site_names.h"

#include <string>

namespace tintinh::web {

void SiteNames::Learn(const Hits& hits) {
  MutexLock lock(mu_);
  for (const v1::Hit& hit : hits) {
    if (hit.source_name().empty() || hit.source_name().size() > kMostNameBytes) continue;
    if (names_.size() < kMostSites) names_.try_emplace(hit.site(), hit.source_name());
  }
}

Labels SiteNames::NamesOf(const v1::Facet& sites, const Params& params) const {
  MutexLock lock(mu_);
  Labels labels;
  const auto add = [this, &labels](const std::string& site) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    const auto it = names_.find(site);
    if (it != names_.end()) labels.emplace(site, it->second);
  };
  for (const v1::FacetValue& value : sites.values()) add(value.value());
  const auto [begin, end] = params.equal_range("site");
  for (auto it = begin; it != end; ++it) add(it->second);
  return labels;
}

}  // namespace tintinh::web
