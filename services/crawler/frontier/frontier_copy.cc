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
    part.hosts.push_back(std::move(record));
  }
  ASSIGN_OR_RETURN(part.site, store_.Site(site));
  return visit(std::move(part));
}

// All are looked at before any changes a queue.
absl::Status Frontier::CheckImport(size_t site, const std::vector<UrlRecord>& urls,
                                   const std::vector<std::optional<UrlRecord>>& before) const {
  const std::string& id = sites_[site].record.site();
  std::set<absl::string_view> seen;
  for (size_t i = 0; i < urls.size(); ++i) {
    const UrlRecord& url = urls[i];
    const auto host = host_index_.find(url.host());
    const bool foreign = url.site() != id || (host != host_index_.end() && hosts_[host->second].site != site) ||
                         (before[i].has_value() && before[i]->site() != id);
    if (!foreign && IsSound(url) && seen.insert(url.url()).second) continue;
    return absl::InvalidArgumentError(absl::StrCat("URL \"", url.url(), "\" is no record of site \"", id, "\""));
  }
  if (!sites_[site].record.held()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("site \"", id, "\" is held already"));
}

absl::Status Frontier::Import(absl::string_view site, std::vector<UrlRecord> urls) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  std::vector<absl::string_view> names;
  names.reserve(urls.size());
  for (const UrlRecord& url : urls) names.push_back(url.url());
  ASSIGN_OR_RETURN(const std::vector<std::optional<UrlRecord>> before, store_.Urls(names));
  RETURN_IF_ERROR(CheckImport(index, urls, before));
  Edit edit;
  for (size_t i = 0; i < urls.size(); ++i) {
    // A host that has left the configuration keeps its URLs, unvisited.
    const auto host = host_index_.find(urls[i].host());
    DueQueue* const queue = host == host_index_.end() ? nullptr : &hosts_[host->second].queue;
    if (queue != nullptr) edit.queues.insert(host->second);
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
  if (copy != nullptr) {
    record = copy->site;
    for (const HostRecord& told : copy->hosts) Believe(told, index, edit);
  }
  record.set_held(true);
  record.set_term(term);
  edit.queues.insert(sites_[index].hosts.begin(), sites_[index].hosts.end());
  return Commit(std::move(edit), kv::Durability::kSynced);
}

// Leases and robots.txt stay the other crawler's, and no host is asked earlier than this one was told either.
void Frontier::Believe(const HostRecord& told, size_t site, Edit& edit) {
  const auto host = host_index_.find(told.host());
  if (host == host_index_.end() || hosts_[host->second].site != site) return;
  HostRecord& mine = edit.host(host->second, *this);
  const int64_t blocked_until_us = mine.blocked_until_us();
  mine = told;
  mine.clear_leases();
  mine.clear_robots_until_us();
  mine.set_blocked_until_us(std::max(mine.blocked_until_us(), blocked_until_us));
  KeepDistance(clock_.Now(), hosts_[host->second].policy.delay, absl::ZeroDuration(), mine);
}

// What the configuration gives to another is not held when it comes back: that one's copy will be newer.
absl::Status Frontier::LetGoOfOthers() {
  std::vector<SiteRecord> held;
  RETURN_IF_ERROR(FrontierStore::VisitSites(database_, [&held](SiteRecord site) {
    if (site.held()) held.push_back(std::move(site));
    return true;
  }));
  kv::WriteBatch batch;
  bool changed = false;
  for (SiteRecord& site : held) {
    if (site_index_.contains(site.site())) continue;
    site.clear_held();
    store_.PutSite(site, batch);
    changed = true;
  }
  return changed ? store_.Write(std::move(batch), kv::Durability::kSynced) : absl::OkStatus();
}

bool Frontier::Rests(const Site& site) const {
  return site.record.paused() || (options_.sites_are_held && !site.record.held());
}

}  // namespace tintinh::crawler
