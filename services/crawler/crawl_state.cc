#include "services/crawler/crawl_state.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::crawler {
namespace {

OpeningHours OpeningHoursOf(const Site& site) {
  if (!site.crawl_hours.has_value()) return nullptr;
  return [hours = *site.crawl_hours](absl::Time time) { return hours.NextInside(time); };
}

FrontierOptions FrontierOptionsOf(const CrawlerOptions& options, const Sites& sites) {
  FrontierOptions frontier;
  frontier.patience = options.patience;
  frontier.server_delay = options.server_delay;
  frontier.sites_are_held = options.sites_are_held;
  // A fetch always ends by its own limit long before.
  frontier.lease_time = options.fetch.timeout * 10 + absl::Minutes(1);
  for (const Site& site : sites.all()) {
    for (const std::string& host : site.hosts) {
      frontier.hosts.push_back({.host = host,
                                .site = site.id,
                                .delay = site.delay,
                                .max_concurrent = site.max_concurrent,
                                .max_articles = site.max_article_urls,
                                .backlog_per_day = site.backlog_per_day,
                                .opens = OpeningHoursOf(site)});
    }
  }
  return frontier;
}

}  // namespace

absl::StatusOr<CrawlState> CrawlState::Open(const CrawlerOptions& options, const Sites& sites, const Clock& clock) {
  kv::DatabaseOptions database;
  database.directory = absl::StrCat(options.data_directory, "/frontier");
  database.column_families = Frontier::ColumnFamilies();
  for (kv::ColumnFamily& family : Outbox::ColumnFamilies()) database.column_families.push_back(std::move(family));
  CrawlState state;
  ASSIGN_OR_RETURN(state.database, kv::Database::Open(database));
  ASSIGN_OR_RETURN(state.frontier, Frontier::Open(*state.database, FrontierOptionsOf(options, sites), clock));
  ASSIGN_OR_RETURN(state.outbox, Outbox::Open(*state.database));
  WarcOptions archive;
  archive.directory = absl::StrCat(options.data_directory, "/warc");
  archive.max_file_bytes = options.warc_file_bytes;
  archive.max_total_bytes = options.warc_total_bytes;
  archive.software = options.fetch.user_agent;
  ASSIGN_OR_RETURN(state.archive, WarcWriter::Open(std::move(archive), clock));
  return state;
}

bool CrawlState::IsIdle() const {
  // A page enters the outbox before its lease ends, and leaves it after its links are queued: whoever finds the queues
  // empty on both sides of an empty outbox has missed nothing.
  const auto quiet = [this] { return frontier->leases() == 0 && !frontier->HasFetchable(); };
  return quiet() && outbox->size() == 0 && quiet();
}

}  // namespace tintinh::crawler
