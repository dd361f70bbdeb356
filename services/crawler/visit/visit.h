// What a fetch came to: how its URL goes on, what it led to, and the page to keep. Rules only, no storage, no network.
#ifndef TINTINH_SERVICES_CRAWLER_VISIT_VISIT_H_
#define TINTINH_SERVICES_CRAWLER_VISIT_VISIT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/frontier/completion.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct Visit {
  Completion completion;
  std::vector<NewUrl> discovered;              // of the same site
  std::optional<disk::v1::OutboxRecord> page;  // exactly when the outcome is kPageKept
};

struct Visitor {
  const Sites& sites;
  const Site& site;
  absl::Time now;
};

// Feeds and sitemaps are read here and name further URLs; sections and articles become pages. A redirect names its
// target, at most five in a row and never to another site. 404 and 410 are final for articles; 429 and 503 refuse the
// host; other errors are to be tried again. `record` is the URL as leased; The body of `result` moves into the page.
Visit Judge(const Visitor& visitor, const disk::v1::UrlRecord& record, FetchResult& result);

// The listings that the configuration names.
std::vector<NewUrl> ConfiguredListings(const Sites& sites, const Site& site);

// The sitemaps that a site's robots.txt names, as far as they are on the site.
std::vector<NewUrl> RobotsSitemaps(const Sites& sites, const Location& location,
                                   const std::vector<std::string>& sitemaps);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_VISIT_VISIT_H_
