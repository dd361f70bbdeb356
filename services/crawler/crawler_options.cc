#include "services/crawler/crawler_options.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/config/load_config.h"
#include "common/rpc/channel.h"
#include "common/status/status_macros.h"
#include "common/time/proto_duration.h"
#include "services/crawler/fetch/address_guard.h"
#include "services/crawler/handover/take_over.h"
#include "services/crawler/robots/robots.h"
#include "services/crawler/sites/members.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh::crawler {
namespace {

std::string UserAgent(const config::v1::CrawlerConfig& config) {
  return config.user_agent().empty() ? "tintinh" : config.user_agent();
}

// What sites read in their logs and name in their robots.txt.
absl::Status CheckUserAgent(const std::string& user_agent) {
  for (const char c : user_agent) {
    if (absl::ascii_isprint(static_cast<unsigned char>(c))) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("user_agent: \"", absl::CHexEscape(user_agent), "\" holds what no header may"));
  }
  if (!ProductToken(user_agent).empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "user_agent: \"", user_agent, "\" begins with no name that a robots.txt can give (letters, - and _)"));
}

// The sites of other members are as good as disabled.
absl::Status LeaveToOthers(const config::v1::CrawlerConfig& config, config::v1::SitesConfig& sites) {
  const std::vector<std::string> members(config.members().begin(), config.members().end());
  if (!config.leaving()) RETURN_IF_ERROR(CheckMembers(config.member(), members));
  if (members.empty() && !config.leaving()) return absl::OkStatus();
  for (config::v1::SiteConfig& site : *sites.mutable_sites()) {
    if (config.leaving() || OwnerOf(site.id(), members) != config.member()) site.set_disabled(true);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CrawlerOptions> OptionsOf(const config::v1::CrawlerConfig& config) {
  CrawlerOptions options;
  options.data_directory = config.data_directory();
  options.fetch.user_agent = UserAgent(config);
  const std::vector<std::string> networks(config.allowed_private_networks().begin(),
                                          config.allowed_private_networks().end());
  ASSIGN_OR_RETURN(options.fetch.guard, AddressGuard::Create(networks));
  options.fetch.max_concurrent = config.max_concurrent_fetches();
  options.fetch.timeout = ToDuration(config.fetch_timeout());
  options.fetch.max_body_bytes = config.max_page_bytes();
  options.patience.max_tries = config.max_tries();
  options.max_outbox_pages = config.max_outbox_pages();
  options.warc_file_bytes = config.warc_file_bytes();
  options.warc_total_bytes = config.warc_total_bytes();
  if (config.has_server_delay()) options.server_delay = ToDuration(config.server_delay());
  options.sites_are_held = !config.member_targets().empty();
  if (config.has_handover_patience()) options.handover_patience = ToDuration(config.handover_patience());
  return options;
}

absl::StatusOr<std::vector<Member>> ConnectMembers(const config::v1::CrawlerConfig& config) {
  std::vector<Member> others;
  if (config.member_targets().empty() || config.leaving()) return others;
  if (config.member_targets_size() != config.members_size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("member_targets: ", config.member_targets_size(), " for ", config.members_size(), " members"));
  }
  for (int i = 0; i < config.members_size(); ++i) {
    if (config.members(i) == config.member()) continue;
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, Connect(config.member_targets(i)));
    others.push_back({config.members(i), v1::CrawlerService::NewStub(channel)});
  }
  for (const config::v1::PeerConfig& former : config.former_targets()) {
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, Connect(former));
    others.push_back({former.target(), v1::CrawlerService::NewStub(channel)});
  }
  return others;
}

absl::StatusOr<Sites> LoadSites(const config::v1::CrawlerConfig& config) {
  config::v1::SitesConfig sites;
  RETURN_IF_ERROR(LoadYamlFile(config.sites_file(), &sites));
  if (sites.sites().empty()) {
    return absl::InvalidArgumentError(absl::StrCat("sites_file: ", config.sites_file(), " names no site"));
  }
  RETURN_IF_ERROR(CheckUserAgent(UserAgent(config)));
  RETURN_IF_ERROR(LeaveToOthers(config, sites));
  return Sites::Create(sites, {.default_delay = ToDuration(config.default_delay()), .user_agent = UserAgent(config)});
}

absl::Status CheckConfig(const config::v1::CrawlerConfig& config) {
  RETURN_IF_ERROR(OptionsOf(config).status());
  return LoadSites(config).status();
}

}  // namespace tintinh::crawler
