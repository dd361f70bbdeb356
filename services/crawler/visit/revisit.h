// When a URL is asked for again, and what its visits teach about that.
#ifndef TINTINH_SERVICES_CRAWLER_VISIT_REVISIT_H_
#define TINTINH_SERVICES_CRAWLER_VISIT_REVISIT_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct Revisit {
  absl::Duration after = absl::InfiniteDuration();
  std::optional<disk::v1::RhythmRecord> rhythm;
  std::optional<uint32_t> rechecks;
};

// After how long a URL is fetched again when nothing is learned: never for articles, further pages of sections and
// listings that the configuration no longer names. A sitemap named by another comes less often the longer it stays the
// same, down to a 32nd.
absl::Duration RevisitAfter(const Site& site, const disk::v1::UrlRecord& record);

// The same after a feed or a section was read: `new_items` were not known before. `record` is as before the visit.
Revisit AfterListing(const Site& site, const disk::v1::UrlRecord& record, uint32_t new_items, absl::Time now);

// After an article was kept, or found as it was. `record` is as before.
Revisit AfterArticle(const Site& site, const disk::v1::UrlRecord& record, absl::Time now);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_VISIT_REVISIT_H_
