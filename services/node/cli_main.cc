#include <memory>
#include <string>

#include "common/server/version.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/cli/cli.h"
#include "services/node/crawl_tools.h"
#include "services/node/embedded_normalizer.h"
#include "services/node/index_tools.h"
#include "services/node/page_fetch.h"
#include "services/node/site_check.h"
#include "services/node/site_labels.h"

int main(int argc, char** argv) {
  std::unique_ptr<tintinh::node::EmbeddedNormalizer> normalizer;
  tintinh::cli::CliOptions options;
  options.version = tintinh::kVersion;
  options.embedded_normalizer = [&normalizer]() -> absl::StatusOr<std::shared_ptr<grpc::Channel>> {
    ASSIGN_OR_RETURN(normalizer, tintinh::node::EmbeddedNormalizer::Start());
    return normalizer->channel();
  };
  options.crawl_tools = {&tintinh::node::AskRobots,     &tintinh::node::AskUrlNormalize,
                         &tintinh::node::AskUrlResolve, &tintinh::node::AskRetryAfter,
                         &tintinh::node::AskBlocked,    &tintinh::node::SitemapAsJson,
                         &tintinh::node::FeedAsJson,    nullptr};
  options.index_tools = {&tintinh::node::VerifyDirectory, &tintinh::node::VisitArticles};
  options.site_labels = &tintinh::node::SiteLabels;
  const tintinh::SystemClock clock;
  options.crawl_tools.sites_check = [&clock](const tintinh::cli::SitesQuestion& question, const auto& report) {
    return tintinh::node::CheckSites(question, tintinh::kVersion, clock, report);
  };
  options.fetch_page = [&clock](const std::string& url) {
    return tintinh::node::FetchPage(url, tintinh::node::ByHandOptions(tintinh::kVersion), clock);
  };
  return tintinh::cli::RunCli(argc, argv, options);
}
