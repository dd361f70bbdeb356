#include "services/crawler/sites/sites.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/places/places.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "common/time/proto_duration.h"
#include "common/url/url.h"
#include "services/crawler/schedule/recheck.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMaxIdBytes = 64;

absl::Status Invalid(const config::v1::SiteConfig& site, absl::string_view field, absl::string_view value,
                     absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("site \"", site.id(), "\": ", field, " \"", value, "\" ", why));
}

bool IsIdCharacter(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) || absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
         c == '-';
}

absl::Status CheckId(const config::v1::SiteConfig& site) {
  if (site.id().empty() || site.id().size() > kMaxIdBytes ||
      !std::all_of(site.id().begin(), site.id().end(), IsIdCharacter)) {
    return Invalid(site, "id", site.id(), "is not 1 to 64 of a-z, 0-9 and '-'");
  }
  return absl::OkStatus();
}

bool IsDefaultPort(const url::Parts& parts) {
  return parts.port == 0 || parts.port == (parts.scheme == "https" ? 443 : 80);
}

std::string HostQueue(const url::Parts& parts) {
  const absl::string_view host = absl::StripPrefix(parts.host, "www.");
  return IsDefaultPort(parts) ? std::string(host) : absl::StrCat(host, ":", parts.port);
}

std::string Origin(const url::Parts& parts) {
  return IsDefaultPort(parts) ? absl::StrCat(parts.scheme, "://", parts.host)
                              : absl::StrCat(parts.scheme, "://", parts.host, ":", parts.port);
}

absl::StatusOr<url::Parts> ParseWebUrl(absl::string_view text) {
  ASSIGN_OR_RETURN(url::Parts parts, url::Parse(text));
  if (parts.scheme != "http" && parts.scheme != "https") {
    return absl::InvalidArgumentError(absl::StrCat("scheme \"", parts.scheme, "\" is not http or https"));
  }
  return parts;
}

// "www.bao.vn" and "bao.vn:8080" as host queue names, by the rules that URLs go through.
absl::StatusOr<std::string> HostQueueOfName(absl::string_view host) {
  ASSIGN_OR_RETURN(const std::string url, url::Normalize(absl::StrCat("http://", host, "/")));
  ASSIGN_OR_RETURN(const url::Parts parts, ParseWebUrl(url));
  if (parts.path != "/" || !parts.query.empty()) return absl::InvalidArgumentError("is not a host");
  return HostQueue(parts);
}

absl::Status SetHosts(const config::v1::SiteConfig& config, Site& site) {
  const absl::StatusOr<std::string> home = url::Normalize(config.home());
  if (!home.ok()) return Invalid(config, "home", config.home(), home.status().message());
  const absl::StatusOr<url::Parts> parts = ParseWebUrl(*home);
  if (!parts.ok()) return Invalid(config, "home", config.home(), parts.status().message());
  site.hosts.push_back(HostQueue(*parts));
  for (const std::string& name : config.hosts()) {
    const absl::StatusOr<std::string> host = HostQueueOfName(name);
    if (!host.ok()) return Invalid(config, "hosts", name, host.status().message());
    if (std::find(site.hosts.begin(), site.hosts.end(), *host) == site.hosts.end()) site.hosts.push_back(*host);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SiteUrl(absl::string_view home, const Site& site, absl::string_view text) {
  ASSIGN_OR_RETURN(const std::string absolute, url::Resolve(home, text));
  ASSIGN_OR_RETURN(std::string canonical, url::Normalize(absolute));
  ASSIGN_OR_RETURN(const url::Parts parts, ParseWebUrl(canonical));
  if (std::find(site.hosts.begin(), site.hosts.end(), HostQueue(parts)) == site.hosts.end()) {
    return absl::InvalidArgumentError("is not on one of the site's hosts");
  }
  return canonical;
}

absl::Status SetUrls(const config::v1::SiteConfig& config, absl::string_view field,
                     const google::protobuf::RepeatedPtrField<std::string>& texts, const Site& site,
                     std::vector<std::string>& urls) {
  for (const std::string& text : texts) {
    absl::StatusOr<std::string> url = SiteUrl(config.home(), site, text);
    if (!url.ok()) return Invalid(config, field, text, url.status().message());
    urls.push_back(*std::move(url));
  }
  return absl::OkStatus();
}

absl::Status SetProvince(const config::v1::SiteConfig& config, Site& site) {
  site.province = config.province();
  if (config.province().empty() || places::FindProvince(config.province()).has_value()) return absl::OkStatus();
  return Invalid(config, "province", config.province(), "is no province of either epoch");
}

void SetHints(const config::v1::SiteConfig& config, v1::SiteHints& hints) {
  hints.set_source_name(config.name());
  hints.set_province(config.province());
  hints.set_title_selector(config.hints().title_selector());
  hints.set_lead_selector(config.hints().lead_selector());
  hints.set_body_selector(config.hints().body_selector());
}

void SetPace(const config::v1::SiteConfig& config, const SitesOptions& options, Site& site) {
  site.delay = config.has_delay() ? ToDuration(config.delay()) : options.default_delay;
  site.max_concurrent = std::max<uint32_t>(1, config.max_concurrent());
  site.feed_interval = ToDuration(config.feed_interval());
  site.sitemap_interval = ToDuration(config.sitemap_interval());
  site.section_interval = ToDuration(config.section_interval());
  site.follow_article_links = config.follow_article_links();
  site.max_article_urls = config.max_article_urls();
}

// A text that is empty or is what `Rule` parses.
template <typename Rule>
absl::Status SetRule(const config::v1::SiteConfig& config, absl::string_view field, const std::string& text,
                     std::optional<Rule>& rule) {
  if (text.empty()) return absl::OkStatus();
  absl::StatusOr<Rule> parsed = Rule::Parse(text);
  if (!parsed.ok()) return Invalid(config, field, text, absl::StrCat("is refused: ", parsed.status().message()));
  rule = *std::move(parsed);
  return absl::OkStatus();
}

absl::Status SetLongestInterval(const config::v1::SiteConfig& config, Site& site) {
  if (!config.has_longest_interval()) return absl::OkStatus();
  const absl::Duration longest = ToDuration(config.longest_interval());
  const auto check = [&](absl::string_view field, absl::Duration interval) {
    if (longest >= interval) return absl::OkStatus();
    return Invalid(config, "longest_interval", absl::FormatDuration(longest),
                   absl::StrCat("is below ", field, " \"", absl::FormatDuration(interval), "\""));
  };
  RETURN_IF_ERROR(check("feed_interval", site.feed_interval));
  RETURN_IF_ERROR(check("section_interval", site.section_interval));
  site.longest_interval = longest;
  return absl::OkStatus();
}

absl::Status SetRecheck(const config::v1::SiteConfig& config, Site& site) {
  const absl::Span<const absl::Duration> usual = DefaultRecheckAges();
  site.recheck.reserve(usual.size());
  if (config.recheck().empty()) site.recheck.assign(usual.begin(), usual.end());
  for (const google::protobuf::Duration& age : config.recheck()) site.recheck.push_back(ToDuration(age));
  if (site.recheck.size() == 1 && site.recheck[0] == absl::ZeroDuration()) site.recheck.clear();
  const absl::Status status = CheckRecheckAges(site.recheck);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("site \"", config.id(), "\": recheck ", status.message()));
}

// After the pace, whose intervals bound the longest.
absl::Status SetSchedule(const config::v1::SiteConfig& config, Site& site) {
  RETURN_IF_ERROR(SetRule(config, "crawl_hours", config.crawl_hours(), site.crawl_hours));
  RETURN_IF_ERROR(SetRule(config, "quiet_hours", config.quiet_hours(), site.quiet_hours));
  RETURN_IF_ERROR(SetRule(config, "feed_cron", config.feed_cron(), site.feed_cron));
  RETURN_IF_ERROR(SetRule(config, "section_cron", config.section_cron(), site.section_cron));
  RETURN_IF_ERROR(SetLongestInterval(config, site));
  return SetRecheck(config, site);
}

absl::Status SetBackfill(const config::v1::SiteConfig& config, Site& site) {
  site.section_depth = config.section_depth();
  site.backlog_per_day = config.backfill_per_day();
  site.backfill_pages = config.backfill_pages();
  const std::string& since = config.backfill_since();
  if (since.empty()) return absl::OkStatus();
  if (absl::ParseTime("%Y-%m-%d", since, VietnamTimeZone(), &site.since, nullptr)) return absl::OkStatus();
  return Invalid(config, "backfill_since", since, "is no day such as 2020-01-31");
}

absl::StatusOr<Site> MakeSite(const config::v1::SiteConfig& config, const SitesOptions& options) {
  RETURN_IF_ERROR(CheckId(config));
  Site site;
  site.id = config.id();
  site.name = config.name();
  RETURN_IF_ERROR(SetProvince(config, site));
  RETURN_IF_ERROR(SetHosts(config, site));
  RETURN_IF_ERROR(SetUrls(config, "feeds", config.feeds(), site, site.feeds));
  RETURN_IF_ERROR(SetUrls(config, "sitemaps", config.sitemaps(), site, site.sitemaps));
  RETURN_IF_ERROR(SetUrls(config, "section_pages", config.section_pages(), site, site.section_pages));
  if (site.feeds.empty() && site.sitemaps.empty() && site.section_pages.empty()) {
    ASSIGN_OR_RETURN(std::string home, url::Normalize(config.home()));
    site.section_pages.push_back(std::move(home));
  }
  SetPace(config, options, site);
  RETURN_IF_ERROR(SetSchedule(config, site));
  RETURN_IF_ERROR(SetBackfill(config, site));
  site.verify_certificate = !config.accept_any_certificate();
  site.cookies = config.cookies();
  SetHints(config, site.hints);
  return site;
}

// The host of a queue's name: without the port, without the brackets of IPv6.
absl::string_view WithoutPort(absl::string_view queue) {
  if (absl::ConsumePrefix(&queue, "[")) return queue.substr(0, queue.find(']'));
  return queue.substr(0, queue.find(':'));
}

absl::Status CheckContact(const Site& site, const SitesOptions& options) {
  for (const std::string& host : site.hosts) {
    if (IsLoopbackHost(WithoutPort(host)) || NamesContact(options.user_agent)) continue;
    return absl::FailedPreconditionError(absl::StrCat("site \"", site.id, "\" (", host,
                                                      ") is not on loopback: user_agent \"", options.user_agent,
                                                      "\" must name a contact URL or mail address"));
  }
  return absl::OkStatus();
}

// Whoever claims each id and host first.
class Claims {
 public:
  absl::Status Claim(const config::v1::SiteConfig& config, const Site& site) {
    if (!ids_.insert(site.id).second) return Invalid(config, "id", site.id, "is used twice");
    for (const std::string& host : site.hosts) {
      const auto [it, fresh] = owners_.emplace(host, site.id);
      if (!fresh) return Invalid(config, "host", host, absl::StrCat("belongs to site \"", it->second, "\" already"));
    }
    return absl::OkStatus();
  }

 private:
  absl::flat_hash_set<std::string> ids_;
  absl::flat_hash_map<std::string, std::string> owners_;
};

}  // namespace

std::vector<absl::Status> Sites::Check(const config::v1::SitesConfig& config, const SitesOptions& options) {
  Claims claims;
  std::vector<absl::Status> problems;
  problems.reserve(static_cast<size_t>(config.sites_size()));
  for (const config::v1::SiteConfig& entry : config.sites()) {
    const absl::StatusOr<Site> site = MakeSite(entry, options);
    problems.push_back(site.ok() ? claims.Claim(entry, *site) : site.status());
  }
  return problems;
}

absl::StatusOr<Sites> Sites::Create(const config::v1::SitesConfig& config, const SitesOptions& options) {
  Sites sites;
  Claims claims;
  for (const config::v1::SiteConfig& entry : config.sites()) {
    ASSIGN_OR_RETURN(Site site, MakeSite(entry, options));
    RETURN_IF_ERROR(claims.Claim(entry, site));
    if (entry.disabled()) continue;
    RETURN_IF_ERROR(CheckContact(site, options));
    sites.by_id_[site.id] = sites.sites_.size();
    for (const std::string& host : site.hosts) sites.by_host_[host] = sites.sites_.size();
    sites.sites_.push_back(std::move(site));
  }
  return sites;
}

const Site* Sites::Find(absl::string_view id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : &sites_[it->second];
}

std::optional<Location> Sites::Locate(absl::string_view text) const {
  absl::StatusOr<std::string> canonical = url::Normalize(text);
  if (!canonical.ok()) return std::nullopt;
  const absl::StatusOr<url::Parts> parts = ParseWebUrl(*canonical);
  if (!parts.ok()) return std::nullopt;
  std::string host = HostQueue(*parts);
  const auto it = by_host_.find(host);
  if (it == by_host_.end()) return std::nullopt;
  return Location{&sites_[it->second], *std::move(canonical), std::move(host), Origin(*parts)};
}

bool IsLoopbackHost(absl::string_view host) {
  if (host == "localhost" || absl::EndsWith(host, ".localhost") || host == "::1" || host == "[::1]") return true;
  const std::vector<absl::string_view> bytes = absl::StrSplit(host, '.');
  return bytes.size() == 4 && bytes[0] == "127" && std::all_of(bytes.begin(), bytes.end(), [](absl::string_view byte) {
           return !byte.empty() && byte.size() <= 3 && std::all_of(byte.begin(), byte.end(), absl::ascii_isdigit);
         });
}

bool NamesContact(absl::string_view user_agent) {
  for (absl::string_view word : absl::StrSplit(user_agent, absl::ByAnyChar(" \t();,+<>"), absl::SkipEmpty())) {
    if ((absl::ConsumePrefix(&word, "https://") || absl::ConsumePrefix(&word, "http://")) && !word.empty()) return true;
    absl::ConsumePrefix(&word, "mailto:");
    const size_t at = word.find('@');
    if (at != absl::string_view::npos && at > 0 && absl::StrContains(word.substr(at), '.')) return true;
  }
  return false;
}

}  // namespace tintinh::crawler
