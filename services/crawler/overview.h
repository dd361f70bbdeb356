// Answers about a crawl: what each site yields, and why a URL is or is not being fetched.
#ifndef TINTINH_SERVICES_CRAWLER_OVERVIEW_H_
#define TINTINH_SERVICES_CRAWLER_OVERVIEW_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/crawler/crawl_state.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/sites/sites.h"
#include "services/crawler/visit/robots_gate.h"
#include "tintinh/v1/crawler_service.pb.h"

namespace tintinh::crawler {

// Reads only. Thread-safe. All references outlive this.
class Overview {
 public:
  Overview(const Sites& sites, const CrawlState& state, const RobotsGate& gate, const Clock& clock)
      : sites_(sites), state_(state), gate_(gate), clock_(clock) {}

  absl::StatusOr<v1::SiteStatus> OfSite(const Site& site) const;
  absl::StatusOr<v1::GetCrawlerStatusResponse> OfAll() const;

  // Any text is answered; one that is no URL of a configured site is FOREIGN.
  absl::StatusOr<v1::ExplainUrlResponse> Explain(absl::string_view url) const;

 private:
  absl::Status ExplainKnown(const disk::v1::UrlRecord& record, v1::ExplainUrlResponse& response) const;
  std::string WhyQueued(const disk::v1::UrlRecord& record, const HostView& host, const SiteView& site) const;

  const Sites& sites_;
  const CrawlState& state_;
  const RobotsGate& gate_;
  const Clock& clock_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_OVERVIEW_H_
