#include "services/node/site_check.h"

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/config/load_config.h"
#include "common/status/status_macros.h"
#include "services/crawler/discover/feed.h"
#include "services/crawler/discover/sitemap.h"
#include "services/crawler/fetch/address_guard.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/fetch/fetcher.h"
#include "services/crawler/robots/robots.h"
#include "services/crawler/sites/sites.h"
#include "services/crawler/visit/robots_gate.h"
#include "services/node/page_fetch.h"
#include "tintinh/config/v1/sites.pb.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::node {
namespace {

using cli::SiteFinding;
using Report = std::function<void(const SiteFinding&)>;

std::string Described(const config::v1::SiteConfig& site) {
  return absl::StrCat(site.disabled() ? "disabled" : "enabled", ", ", site.feeds_size(), " feeds, ",
                      site.sitemaps_size(), " sitemaps, ", site.section_pages_size(), " section pages");
}

// Asks one site, one request after the other.
class Probe {
 public:
  Probe(const crawler::Site& site, const crawler::Sites& sites, const SiteCheckOptions& options, const Clock& clock,
        const Report& report)
      : site_(site), sites_(sites), options_(options), report_(report), fetcher_(options.fetch, clock) {}

  void Run() {
    for (const std::string& feed : site_.feeds) Ask("feed", feed, &AsFeed);
    for (const std::string& sitemap : site_.sitemaps) Ask("sitemap", sitemap, &AsSitemap);
    for (const std::string& section : site_.section_pages) Ask("section page", section, &AsPage);
  }

 private:
  using Reading = absl::StatusOr<std::string> (*)(const crawler::FetchResult&, const std::string& url);

  static absl::StatusOr<std::string> AsFeed(const crawler::FetchResult& result, const std::string& url) {
    ASSIGN_OR_RETURN(const crawler::Feed feed, crawler::ParseFeed(result.body, url));
    return absl::StrCat(feed.items.size(), " items");
  }
  static absl::StatusOr<std::string> AsSitemap(const crawler::FetchResult& result, const std::string& url) {
    ASSIGN_OR_RETURN(const crawler::Sitemap sitemap, crawler::ParseSitemap(result.body, url));
    return absl::StrCat(sitemap.urls.size(), " URLs, ", sitemap.children.size(), " sitemaps");
  }
  static absl::StatusOr<std::string> AsPage(const crawler::FetchResult& result, const std::string&) {
    return absl::StrCat(result.body.size(), " bytes");
  }

  crawler::FetchResult Fetch(const std::string& url) {
    if (std::exchange(asked_, true)) options_.rest(delay_);
    const std::optional<crawler::Location> location = sites_.Locate(url);
    const bool own = location.has_value() && location->site == &site_;
    crawler::FetchRequest request;
    request.url = url;
    request.verify_certificate = site_.verify_certificate || !own;
    return FetchOnce(fetcher_, std::move(request));
  }

  void Tell(const std::string& what, std::string detail, bool ok) const {
    report_({site_.id, what, std::move(detail), ok});
  }

  // Of the location's origin, followed where it has moved; null: it did not answer, so nothing there may be asked.
  const crawler::RobotsTxt* RobotsOf(const crawler::Location& location) {
    const auto [it, fresh] = robots_.try_emplace(location.origin);
    if (fresh) it->second = ReadRobots(location);
    return it->second.has_value() ? &*it->second : nullptr;
  }

  std::optional<crawler::RobotsTxt> ReadRobots(const crawler::Location& location) {
    std::string url = absl::StrCat(location.origin, "/robots.txt");
    crawler::RobotsAnswer answer;
    crawler::FetchResult result;
    while (!url.empty()) {
      result = Fetch(url);
      const disk::v1::RobotsRecord before = std::move(answer.record);
      answer = crawler::ReadRobotsAnswer(location, &before, Agent(), result, absl::UnixEpoch());
      url = answer.record.redirect();
    }
    const bool decided = answer.completion.outcome == crawler::FetchOutcome::kRobotsRead;
    Tell("robots.txt",
         result.status.ok() ? absl::StrCat("HTTP ", result.http_status, ", ", answer.sitemaps.size(), " sitemaps")
                            : std::string(result.status.message()),
         decided);
    if (!decided) return std::nullopt;
    delay_ = std::max(delay_, answer.completion.crawl_delay.value_or(absl::ZeroDuration()));
    return crawler::RobotsTxt::Parse(answer.record.body());
  }

  void Ask(const std::string& what, const std::string& url, Reading read) {
    const std::string name = absl::StrCat(what, " ", url);
    const std::optional<crawler::Location> location = sites_.Locate(url);
    if (!location.has_value()) return Tell(name, "is not on the site", false);
    const crawler::RobotsTxt* const robots = RobotsOf(*location);
    if (robots == nullptr) return;
    const crawler::RobotsTxt::Verdict verdict = robots->Check(Agent(), url.substr(location->origin.size()));
    if (!verdict.allowed) return Tell(name, absl::StrCat("disallowed by robots.txt: ", verdict.rule), false);
    const crawler::FetchResult result = Fetch(url);
    if (!result.status.ok()) return Tell(name, std::string(result.status.message()), false);
    if (!result.redirect_location.empty())
      return Tell(name, absl::StrCat("redirects to ", result.redirect_location), false);
    if (result.http_status != 200) return Tell(name, absl::StrCat("HTTP ", result.http_status), false);
    const absl::StatusOr<std::string> found = read(result, url);
    Tell(name, found.ok() ? *found : std::string(found.status().message()), found.ok());
  }

  std::string Agent() const { return crawler::ProductToken(options_.fetch.user_agent); }

  const crawler::Site& site_;
  const crawler::Sites& sites_;
  const SiteCheckOptions& options_;
  const Report& report_;
  crawler::Fetcher fetcher_;
  std::map<std::string, std::optional<crawler::RobotsTxt>> robots_;  // by origin; nothing: it did not answer
  absl::Duration delay_ = site_.delay;
  bool asked_ = false;
};

absl::Status ProbeAll(const config::v1::SitesConfig& config, const SiteCheckOptions& options, const Clock& clock,
                      const Report& report) {
  crawler::SitesOptions known;
  known.user_agent = options.fetch.user_agent;
  ASSIGN_OR_RETURN(const crawler::Sites sites, crawler::Sites::Create(config, known));
  for (const config::v1::SiteConfig& entry : config.sites()) {
    const crawler::Site* const site = sites.Find(entry.id());
    if (site != nullptr) Probe(*site, sites, options, clock, report).Run();
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckSites(const std::string& path, const SiteCheckOptions& options, const Clock& clock,
                        const Report& report) {
  config::v1::SitesConfig config;
  RETURN_IF_ERROR(LoadYamlFile(path, &config));
  if (config.sites().empty()) return absl::InvalidArgumentError(absl::StrCat(path, " names no site"));
  size_t wrong = 0;
  const Report counted = [&](const SiteFinding& finding) {
    wrong += finding.ok ? 0 : 1;
    report(finding);
  };
  const std::vector<absl::Status> problems = crawler::Sites::Check(config, {});
  for (size_t i = 0; i < problems.size(); ++i) {
    const config::v1::SiteConfig& entry = config.sites(static_cast<int>(i));
    const absl::Status& problem = problems[i];
    counted({entry.id(), "entry", problem.ok() ? Described(entry) : std::string(problem.message()), problem.ok()});
  }
  if (wrong > 0 && options.probe) counted({"", "probe", "not made before every entry is right", false});
  if (wrong == 0 && options.probe) RETURN_IF_ERROR(ProbeAll(config, options, clock, counted));
  if (wrong == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(path, ": ", wrong, " findings are not right"));
}

absl::Status CheckSites(const cli::SitesQuestion& question, const std::string& version, const Clock& clock,
                        const Report& report) {
  SiteCheckOptions options;
  options.probe = question.probe;
  options.fetch = ByHandOptions(version);
  if (!question.user_agent.empty()) options.fetch.user_agent = question.user_agent;
  ASSIGN_OR_RETURN(options.fetch.guard, crawler::AddressGuard::Create(question.allowed_private_networks));
  options.rest = [](absl::Duration delay) {
    std::promise<void>().get_future().wait_for(absl::ToChronoNanoseconds(delay));
  };
  return CheckSites(question.path, options, clock, report);
}

}  // namespace tintinh::node
