// Frontier's questions: nothing here changes a record.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/frontier.h"

namespace tintinh::crawler {

absl::StatusOr<std::optional<disk::v1::UrlRecord>> Frontier::Find(absl::string_view url) const {
  MutexLock lock(mu_);
  return Known(url);
}

absl::StatusOr<std::optional<disk::v1::RobotsRecord>> Frontier::FindRobots(absl::string_view origin) const {
  MutexLock lock(mu_);
  return store_.Robots(origin);
}

void Frontier::PutRobots(const disk::v1::RobotsRecord& robots, kv::WriteBatch& batch) const {
  FrontierStore::PutRobots(database_, robots, batch);
}

HostView Frontier::View(size_t index) const {
  const Host& host = hosts_[index];
  HostView view;
  view.record = host.record;
  view.site = host.policy.site;
  view.delay = DelayInForce(host.policy.delay, host.record);
  view.in_flight = turns_.in_flight(index);
  view.hosts_on_server = turns_.hosts_on_server(index);
  view.server_free = FromMicros(turns_.server_until(index));
  view.server_is_busy = turns_.server_is_busy(index);
  view.opens = host.policy.opens == nullptr ? absl::InfinitePast() : host.policy.opens(clock_.Now());
  view.hours = host.policy.opens;
  view.backlog = FromMicros(BacklogOpens(sites_[host.site]));
  const bool waits = host.earliest_due_us != kNever && !Rests(sites_[host.site]);
  view.next_turn = waits ? std::max(FromMicros(HostReady(host)), view.server_free) : absl::InfiniteFuture();
  return view;
}

std::optional<HostView> Frontier::ViewHost(absl::string_view host) const {
  MutexLock lock(mu_);
  const auto it = host_index_.find(host);
  if (it == host_index_.end()) return std::nullopt;
  return View(it->second);
}

absl::StatusOr<uint64_t> Frontier::CountDue(const Site& site) const {
  const absl::Time now = clock_.Now();
  uint64_t due = site.record.articles_waiting();
  for (const size_t host : site.hosts) {
    for (const disk::v1::UrlRank rank : {disk::v1::URL_RANK_LISTING, disk::v1::URL_RANK_SITEMAP}) {
      RETURN_IF_ERROR(store_.due().Visit(hosts_[host].policy.host, rank, [&](const DueUrl& entry) {
        due += entry.due_us <= ToMicros(now) ? 1 : 0;
        return entry.due_us <= ToMicros(now);
      }));
    }
  }
  return due;
}

absl::StatusOr<SiteView> Frontier::ViewSite(absl::string_view site) const {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  SiteView view;
  view.record = sites_[index].record;
  view.rests = Rests(sites_[index]);
  ASSIGN_OR_RETURN(view.urls_due, CountDue(sites_[index]));
  for (const size_t host : sites_[index].hosts) view.hosts.push_back(View(host));
  return view;
}

absl::StatusOr<disk::v1::SiteRecord> Frontier::FindSite(absl::string_view site) const {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  return sites_[index].record;
}

absl::StatusOr<size_t> Frontier::SiteIndex(absl::string_view site) const {
  const auto it = site_index_.find(site);
  if (it == site_index_.end()) return absl::NotFoundError(absl::StrCat("no site \"", site, "\" is configured"));
  return it->second;
}

bool Frontier::HasFetchable() const {
  MutexLock lock(mu_);
  const absl::Time now = clock_.Now();
  const int64_t now_us = ToMicros(now);
  return std::any_of(hosts_.begin(), hosts_.end(), [&](const Host& host) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    const bool open = host.policy.opens == nullptr || host.policy.opens(now) <= now;
    return host.earliest_due_us <= now_us && host.record.blocked_until_us() <= now_us && open &&
           !Rests(sites_[host.site]);
  });
}

size_t Frontier::leases() const {
  MutexLock lock(mu_);
  return leases_.size();
}

Moment Frontier::Now() { return {clock_.Now(), absl::Uniform(random_, 0.0, 1.0)}; }

}  // namespace tintinh::crawler
