#include "services/node/site_labels.h"

#include <memory>
#include <optional>
#include <utility>

#include "common/config/load_config.h"
#include "common/status/status_macros.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh::node {

absl::StatusOr<std::function<void(v1::Page&)>> SiteLabels(const std::string& sites_file) {
  config::v1::SitesConfig config;
  RETURN_IF_ERROR(LoadYamlFile(sites_file, &config));
  crawler::SitesOptions options;
  options.user_agent = "https://localhost/ nothing is crawled";
  ASSIGN_OR_RETURN(crawler::Sites created, crawler::Sites::Create(config, options));
  const auto sites = std::make_shared<const crawler::Sites>(std::move(created));
  return [sites](v1::Page& page) {
    const std::optional<crawler::Location> found = sites->Locate(page.url());
    if (!found) return;
    page.set_site(found->site->id);
    *page.mutable_hints() = found->site->hints;
  };
}

}  // namespace tintinh::node
