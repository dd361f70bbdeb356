// Looks over a sites file, and on request at the sites themselves: for operators who add one.
#ifndef TINTINH_SERVICES_NODE_SITE_CHECK_H_
#define TINTINH_SERVICES_NODE_SITE_CHECK_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/cli/crawl_tools.h"
#include "services/crawler/fetch/transfer.h"

namespace tintinh::node {

struct SiteCheckOptions {
  bool probe = false;             // also ask every enabled site for its robots.txt and its listings
  crawler::FetcherOptions fetch;  // whose user agent must name a contact where a site is not on loopback
  std::function<void(absl::Duration)>
      rest;  // waits between two requests to a site: its delay or that of its robots.txt
};

// One finding for each entry of the file, and when probing one for each robots.txt and listing: one site after the
// other, one request at a time, nothing that robots.txt disallows. FAILED_PRECONDITION counts the findings that are not
// right; other errors: the file cannot be read.
absl::Status CheckSites(const std::string& path, const SiteCheckOptions& options, const Clock& clock,
                        const std::function<void(const cli::SiteFinding&)>& report);

// The same for a question of the command line; INVALID_ARGUMENT when a network is none.
absl::Status CheckSites(const cli::SitesQuestion& question, const std::string& version, const Clock& clock,
                        const std::function<void(const cli::SiteFinding&)>& report);

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_SITE_CHECK_H_
