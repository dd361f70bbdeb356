// What readers call the papers, learned from the articles that were shown.
#ifndef TINTINH_SERVICES_WEB_SITE_NAMES_H_
#define TINTINH_SERVICES_WEB_SITE_NAMES_H_

#include <cstddef>

#include "common/sync/mutex.h"
#include "services/web/html/boxes.h"
#include "services/web/html/hits.h"

namespace tintinh::web {

// Facets count sites by id, hits say a paper's name: no service is asked for a list. Thread-safe.
class SiteNames {
 public:
  inline static constexpr size_t kMostSites = 10'000;  // those learned later go by their id
  inline static constexpr size_t kMostNameBytes = 200;

  void Learn(const Hits& hits);

  // The names of the sites of a facet and of the parameters `site`, as far as they are known.
  Labels NamesOf(const v1::Facet& sites, const Params& params) const;

 private:
  mutable Mutex mu_;
  Labels names_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_SITE_NAMES_H_
