// What one crawler tells another of a site.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_SITE_COPY_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_SITE_COPY_H_

#include <vector>

#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// A part of it: some URLs, or at the end the site and its hosts.
struct SiteCopy {
  std::vector<disk::v1::UrlRecord> urls;
  std::vector<disk::v1::HostRecord> hosts;
  disk::v1::SiteRecord site;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_SITE_COPY_H_
