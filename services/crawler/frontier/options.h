// What a frontier is told of its hosts.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_OPTIONS_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/crawler/frontier/transition.h"

namespace tintinh::crawler {

// The first moment, not before the given one, at which a host may be asked: its hours.
using OpeningHours = std::function<absl::Time(absl::Time)>;

// How one host queue is used.
struct HostPolicy {
  std::string host;
  std::string site;
  absl::Duration delay = absl::ZeroDuration();  // between the end of one request and the start of the next
  uint32_t max_concurrent = 1;                  // requests at once, after robots.txt is known; one before
  uint32_t max_articles = 1'000'000;            // of the site, known at once
  uint32_t backlog_per_day = 0;                 // requests of the site for URLs of rank BACKLOG; 0: any number
  OpeningHours opens = nullptr;                 // null: at any time
};

struct FrontierOptions {
  std::vector<HostPolicy> hosts;  // URLs of other hosts are neither taken nor handed out
  Patience patience;
  absl::Duration lease_time = absl::Minutes(10);  // then the URL goes back and the late completion is refused
  // Between two requests to one server address, whatever the hosts; never more than the delay of the host just asked.
  // Hosts of one registrable domain are taken for one server, and keep the whole delay between them.
  absl::Duration server_delay = absl::Milliseconds(500);
  bool sites_are_held = false;  // none is visited before Hold
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_OPTIONS_H_
