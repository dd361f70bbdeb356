// The configured sites, checked, and which site a URL belongs to.
#ifndef TINTINH_SERVICES_CRAWLER_SITES_SITES_H_
#define TINTINH_SERVICES_CRAWLER_SITES_SITES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/crawler/schedule/cron.h"
#include "services/crawler/schedule/hours.h"
#include "tintinh/config/v1/sites.pb.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::crawler {

// One site that is crawled. URLs are canonical.
struct Site {
  std::string id;
  std::string name;
  std::string province;
  std::vector<std::string> hosts;  // names of its host queues; the home's comes first
  std::vector<std::string> feeds;
  std::vector<std::string> sitemaps;
  std::vector<std::string> section_pages;  // the home where nothing else is configured
  absl::Duration delay;
  uint32_t max_concurrent = 1;
  absl::Duration feed_interval;
  absl::Duration sitemap_interval;
  absl::Duration section_interval;
  bool follow_article_links = false;
  uint32_t max_article_urls = 0;
  std::optional<Hours> crawl_hours;
  std::optional<Hours> quiet_hours;
  std::optional<Cron> feed_cron;
  std::optional<Cron> section_cron;
  std::optional<absl::Duration> longest_interval;  // at least the feeds' and the sections'; nothing: always by interval
  std::vector<absl::Duration> recheck;             // ages of an article, rising; empty: never
  bool verify_certificate = true;
  bool cookies = false;                     // kept and sent back
  uint32_t section_depth = 0;               // further pages read while they bring news
  uint32_t backlog_per_day = 0;             // requests for what is old; 0: any number
  uint32_t backfill_pages = 0;              // further pages of a section read for what is old
  absl::Time since = absl::InfinitePast();  // what a sitemap calls older is left
  v1::SiteHints hints;
};

// Where a URL belongs.
struct Location {
  const Site* site;    // lives as long as the Sites
  std::string url;     // canonical
  std::string host;    // the host queue: the host without "www.", with its port unless that is the scheme's own
  std::string origin;  // scheme, host and port, as robots.txt is scoped (RFC 9309, 2.3)
};

struct SitesOptions {
  absl::Duration default_delay = absl::Seconds(2);  // where a site states none
  std::string user_agent;
};

// Immutable, so thread-safe. Disabled sites are checked like the others and then left out.
class Sites {
 public:
  // INVALID_ARGUMENT names the site, the field and the value: ids are [a-z0-9-]{1,64} and unique, URLs absolute http(s)
  // (or relative to home) on the site's own hosts, a host belongs to one site, a province is one of
  // either epoch, hours and cron expressions are as schedule/hours.h and schedule/cron.h take them.
  // FAILED_PRECONDITION when a site outside loopback is enabled and the user agent names no contact URL or address.
  static absl::StatusOr<Sites> Create(const config::v1::SitesConfig& config, const SitesOptions& options);

  // What Create would refuse of each entry, in order, but for the contact; the first problem of each.
  static std::vector<absl::Status> Check(const config::v1::SitesConfig& config, const SitesOptions& options);

  const std::vector<Site>& all() const { return sites_; }
  const Site* Find(absl::string_view id) const;  // null: no such site

  // Nothing when the URL is not an http(s) URL or its host belongs to no enabled site.
  std::optional<Location> Locate(absl::string_view url) const;

 private:
  Sites() = default;

  std::vector<Site> sites_;
  absl::flat_hash_map<std::string, size_t> by_id_;
  absl::flat_hash_map<std::string, size_t> by_host_;
};

// True for "localhost" and names below it, 127.0.0.0/8 and ::1.
bool IsLoopbackHost(absl::string_view host);

// True when a site's administrator could reach somebody: the text holds an http(s) URL or a mail address.
bool NamesContact(absl::string_view user_agent);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SITES_SITES_H_
