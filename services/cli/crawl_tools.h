// The crawler's rules as functions of text, which the command line is given rather than links.
#ifndef TINTINH_SERVICES_CLI_CRAWL_TOOLS_H_
#define TINTINH_SERVICES_CLI_CRAWL_TOOLS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::cli {

// One JSON object asks, one answers.
using Tool = std::function<std::string(absl::string_view question)>;
// The bytes of a file as one line of JSON.
using FileReader = std::function<absl::StatusOr<std::string>(absl::string_view bytes, absl::string_view base_url)>;

// About one site of a sites file.
struct SiteFinding {
  std::string site, what, detail;
  bool ok = true;
};
struct SitesQuestion {
  std::string path;
  bool probe = false;
  std::string user_agent;
  std::vector<std::string> allowed_private_networks;
};
// Fails when a finding is not right.
using SitesChecker = std::function<absl::Status(const SitesQuestion&, const std::function<void(const SiteFinding&)>&)>;

struct CrawlTools {
  Tool robots_check, url_normalize, url_resolve, retry_after, net_blocked;
  FileReader sitemap, feed;
  SitesChecker sites_check;
};

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_CRAWL_TOOLS_H_
