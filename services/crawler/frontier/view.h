// What the frontier shows of its hosts and sites, for operators.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_VIEW_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/crawler/frontier/options.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct HostView {
  disk::v1::HostRecord record;
  std::string site;
  absl::Duration delay;          // in force: the policy's or robots.txt's
  absl::Time next_turn;          // when its first URL may be leased; infinite when nothing waits or the site is paused
  absl::Time opens;              // by its hours; the past: they do not hold it back
  OpeningHours hours = nullptr;  // null: any
  absl::Time backlog;            // when URLs of rank BACKLOG may be asked for; the past: now
  uint32_t in_flight = 0;
  size_t hosts_on_server = 1;   // that share its address, itself included
  absl::Time server_free;       // when its server may be asked again
  bool server_is_busy = false;  // with as many requests as it may have
};

struct SiteView {
  disk::v1::SiteRecord record;
  uint64_t urls_due = 0;
  bool rests = false;  // paused, or not held yet
  std::vector<HostView> hosts;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_VIEW_H_
