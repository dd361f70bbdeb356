// Frontier's part in handing a site over.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "services/crawler/frontier/edit.h"
#include "services/crawler/frontier/frontier.h"

namespace tintinh::crawler {
namespace {

using disk::v1::HostRecord;
using disk::v1::SiteRecord;
using disk::v1::UrlRecord;

// URLs of one part.
constexpr size_t kPart = 1000;

// Leases and robots.txt are the other crawler's.
HostRecord AsNews(HostRecord host) {
  host.clear_leases();
  host.clear_robots_until_us();
  return host;
}

// What another process says is taken for what a record can be only after a look.
bool IsSound(const UrlRecord& url) {
  const bool settled = url.state() == disk::v1::URL_RECORD_STATE_DONE ||
                       url.state() == disk::v1::URL_RECORD_STATE_DISALLOWED ||
                       url.state() == disk::v1::URL_RECORD_STATE_FAILED;
  return !url.url().empty() && url.url().size() <= url::kMaxUrlBytes &&
         (settled || url.state() == disk::v1::URL_RECORD_STATE_QUEUED) && disk::v1::UrlRecordKind_IsValid(url.kind()) &&
         url.kind() != disk::v1::URL_RECORD_KIND_UNSPECIFIED && disk::v1::UrlRank_IsValid(url.rank()) &&
         url.rank() != disk::v1::URL_RANK_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<SiteRecord> Frontier::StoredSite(absl::string_view site) const {
  MutexLock lock(mu_);
  return store_.Site(site);
}

// The lock is not held over the scan: no call changes a site that is not configured, but Finish, which a caller who
// looked at the outbox first has seen the last of.
absl::Status Frontier::Export(absl::string_view site, const std::function<absl::Status(SiteCopy)>& visit) const {
  SiteCopy part;
  std::set<std::string> hosts;
  absl::Status visited;
  RETURN_IF_ERROR(FrontierStore::VisitUrls(database_, [&](UrlRecord url) {
    if (url.site() != site) return true;
    hosts.insert(url.host());
    part.urls.push_back(std::move(url));
    if (part.urls.size() >= kPart) visited = visit(std::exchange(part, {}));
    return visited.ok();
  }));
  RETURN_IF_ERROR(visited);
  MutexLock lock(mu_);
  for (const std::string& host : hosts) {
    ASSIGN_OR_RETURN(HostRecord record, store_.Host(host));
    part.hosts.push_back(AsNews(std::move(record)));
  }
  ASSIGN_OR_RETURN(part.site, store_.Site(site));
  part.site.clear_held();
  return visit(std::move(part));
}

absl::Status Frontier::Import(absl::string_view site, std::vector<UrlRecord> urls) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  std::vector<absl::string_view> names;
  names.reserve(urls.size());
  for (const UrlRecord& url : urls) names.push_back(url.url());
  ASSIGN_OR_RETURN(const std::vector<std::optional<UrlRecord>> before, store_.Urls(names));
  Edit edit;
  for (size_t i = 0; i < urls.size(); ++i) {
    const auto host = host_index_.find(urls[i].host());
    const bool known_host = host != host_index_.end();
    if (urls[i].site() != site || !IsSound(urls[i]) || (known_host && hosts_[host->second].site != index)) {
      return absl::InvalidArgumentError(
          absl::StrCat("URL \"", urls[i].url(), "\" is no record of site \"", site, "\""));
    }
    // A host that has left the configuration keeps its URLs, unvisited.
    DueQueue* const queue = known_host ? &hosts_[host->second].queue : nullptr;
    if (known_host) edit.queues.insert(host->second);
    store_.PutUrl(before[i].has_value() ? &*before[i] : nullptr, urls[i], queue, edit.batch);
  }
  return Commit(std::move(edit), kv::Durability::kBuffered);
}

absl::Status Frontier::Hold(absl::string_view site, uint64_t term, const SiteCopy* copy) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  if (copy != nullptr && copy->site.site() != site) {
    return absl::InvalidArgumentError(absl::StrCat("a copy of \"", copy->site.site(), "\" is none of \"", site, "\""));
  }
  Edit edit;
  SiteRecord& record = edit.site(index, *this);
  if (copy != nullptr) record = copy->site;
  record.set_held(true);
  record.set_term(term);
  edit.queues.insert(sites_[index].hosts.begin(), sites_[index].hosts.end());
  for (const HostRecord& told : copy == nullptr ? std::vector<HostRecord>() : copy->hosts) {
    const auto host = host_index_.find(told.host());
    if (host == host_index_.end() || hosts_[host->second].site != index) continue;
    HostRecord& mine = edit.host(host->second, *this);
    const int64_t blocked_until_us = mine.blocked_until_us();
    mine = AsNews(told);
    mine.set_blocked_until_us(std::max(mine.blocked_until_us(), blocked_until_us));
    KeepDistance(clock_.Now(), hosts_[host->second].policy.delay, absl::ZeroDuration(), mine);
  }
  return Commit(std::move(edit), kv::Durability::kSynced);
}

// What the configuration gives to another is not held when it comes back: that one's copy will be newer.
absl::Status Frontier::LetGoOfOthers() {
  std::vector<SiteRecord> held;
  RETURN_IF_ERROR(FrontierStore::VisitSites(database_, [&held](SiteRecord site) {
    if (site.held()) held.push_back(std::move(site));
    return true;
  }));
  kv::WriteBatch batch;
  for (SiteRecord& site : held) {
    if (site_index_.contains(site.site())) continue;
    site.clear_held();
    store_.PutSite(site, batch);
  }
  return store_.Write(std::move(batch), kv::Durability::kSynced);
}

bool Frontier::Rests(const Site& site) const {
  return site.record.paused() || (options_.sites_are_held && !site.record.held());
}

}  // namespace tintinh::crawler
