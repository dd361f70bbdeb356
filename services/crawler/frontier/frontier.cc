#include "services/crawler/frontier/frontier.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::crawler {
namespace {

using disk::v1::HostRecord;
using disk::v1::SiteRecord;
using disk::v1::UrlRecord;

constexpr disk::v1::UrlRank kRanks[] = {disk::v1::URL_RANK_SUBMITTED, disk::v1::URL_RANK_LISTING,
                                        disk::v1::URL_RANK_FRESH, disk::v1::URL_RANK_SITEMAP,
                                        disk::v1::URL_RANK_BACKLOG};
constexpr disk::v1::UrlRank kListingRanks[] = {disk::v1::URL_RANK_LISTING, disk::v1::URL_RANK_SITEMAP};

bool IsArticle(const UrlRecord& url) { return url.kind() == disk::v1::URL_RECORD_KIND_ARTICLE; }

// Articles that wait for their (only) fetch.
uint64_t Waiting(const UrlRecord* url) {
  if (url == nullptr || !IsArticle(*url)) return 0;
  return url->state() == disk::v1::URL_RECORD_STATE_QUEUED || url->state() == disk::v1::URL_RECORD_STATE_LEASED ? 1 : 0;
}

UrlRecord FreshRecord(const NewUrl& url, absl::string_view site, absl::Time now) {
  UrlRecord record;
  record.set_url(url.url);
  record.set_site(site.data(), site.size());
  record.set_host(url.host);
  record.set_kind(url.kind);
  record.set_rank(url.rank);
  record.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  record.set_next_fetch_us(ToMicros(now));
  record.set_redirects(url.redirects);
  record.set_depth(url.depth);
  return record;
}

// As if it had never been fetched: "unchanged since then" would be no answer to why it is asked again.
void QueueAnew(absl::Time now, UrlRecord& record) {
  ForgetAnswer(record);
  record.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  record.set_next_fetch_us(ToMicros(now));
  record.set_tries(0);
  record.clear_reason();
}

bool IsFull(const UrlRecord& fresh, const SiteRecord& site, uint64_t max_articles) {
  if (IsArticle(fresh)) return site.articles_known() >= max_articles;
  return fresh.depth() > 0 && site.urls_known() - site.articles_known() >= kMaxListingsPerSite;
}

bool GaveUp(const UrlRecord& record) {
  return record.state() == disk::v1::URL_RECORD_STATE_FAILED || record.state() == disk::v1::URL_RECORD_STATE_DISALLOWED;
}

// What naming a known URL again changes; false: nothing.
bool Renew(const NewUrl& url, absl::Time now, UrlRecord& record) {
  const bool settled = GaveUp(record) || record.state() == disk::v1::URL_RECORD_STATE_DONE;
  if (IsArticle(record) && url.kind != disk::v1::URL_RECORD_KIND_ARTICLE && url.depth == 0 && settled) {
    record.set_kind(url.kind);
    record.set_rank(url.rank);
    record.set_depth(0);
    QueueAnew(now, record);
    return true;
  }
  if (url.rank == disk::v1::URL_RANK_SUBMITTED && GaveUp(record)) {
    if (IsArticle(record)) record.set_rank(url.rank);
    QueueAnew(now, record);
    return true;
  }
  if (!IsArticle(record) || record.state() != disk::v1::URL_RECORD_STATE_QUEUED || url.rank >= record.rank()) {
    return false;
  }
  record.set_rank(url.rank);
  return true;
}

}  // namespace

// Changes that reach the disk, and then memory, together or not at all.
struct Frontier::Edit {
  explicit Edit(kv::WriteBatch more = {}) : batch(std::move(more)) {}

  kv::WriteBatch batch;
  std::map<size_t, HostRecord> hosts;     // as they shall be
  std::map<size_t, SiteRecord> sites;     // likewise
  std::map<std::string, UrlRecord> urls;  // what this edit has made of them so far

  HostRecord& host(size_t index, const Frontier& frontier) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return hosts.try_emplace(index, frontier.hosts_[index].record).first->second;
  }
  SiteRecord& site(size_t index, const Frontier& frontier) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return sites.try_emplace(index, frontier.sites_[index].record).first->second;
  }
  void PutUrl(size_t host_index, const UrlRecord* before, const UrlRecord& after,
              Frontier& frontier) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    SiteRecord& counts = site(frontier.hosts_[host_index].site, frontier);
    const uint64_t waiting = counts.articles_waiting() + Waiting(&after);
    // A site that was renamed in the configuration starts to count anew.
    counts.set_articles_waiting(waiting - std::min(waiting, Waiting(before)));
    host(host_index, frontier);
    frontier.store_.PutUrl(before, after, batch);
  }
};

Frontier::Frontier(kv::Database& database, FrontierOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock), store_(database) {}

absl::StatusOr<std::unique_ptr<Frontier>> Frontier::Open(kv::Database& database, FrontierOptions options,
                                                         const Clock& clock) {
  std::unique_ptr<Frontier> frontier(new Frontier(database, std::move(options), clock));
  MutexLock lock(frontier->mu_);
  RETURN_IF_ERROR(frontier->Load());
  return frontier;
}

absl::Status Frontier::Load() {
  RETURN_IF_ERROR(store_.CheckFormat());
  ASSIGN_OR_RETURN(last_lease_, store_.LastLease());
  for (const HostPolicy& policy : options_.hosts) RETURN_IF_ERROR(LoadHost(policy));
  RETURN_IF_ERROR(ReleaseAbandonedLeases());
  for (size_t host = 0; host < hosts_.size(); ++host) RETURN_IF_ERROR(Reschedule(host));
  return absl::OkStatus();
}

absl::Status Frontier::LoadHost(const HostPolicy& policy) {
  if (!host_index_.emplace(policy.host, hosts_.size()).second) {
    return absl::InvalidArgumentError(absl::StrCat("host \"", policy.host, "\" has two policies"));
  }
  const auto [it, fresh] = site_index_.emplace(policy.site, sites_.size());
  if (fresh) {
    Site site;
    ASSIGN_OR_RETURN(site.record, store_.Site(policy.site));
    site.max_articles = policy.max_articles;
    sites_.push_back(std::move(site));
  }
  sites_[it->second].hosts.push_back(hosts_.size());
  Host host;
  host.policy = policy;
  host.site = it->second;
  ASSIGN_OR_RETURN(host.record, store_.Host(policy.host));
  hosts_.push_back(std::move(host));
  return absl::OkStatus();
}

absl::Status Frontier::ReleaseAbandonedLeases() {
  std::vector<std::pair<uint64_t, std::string>> abandoned;
  RETURN_IF_ERROR(
      store_.VisitLeases([&](uint64_t id, absl::string_view url) { abandoned.emplace_back(id, std::string(url)); }));
  if (abandoned.empty()) return absl::OkStatus();
  Edit edit;
  for (const auto& [id, url] : abandoned) RETURN_IF_ERROR(Release(id, url, edit));
  return Commit(std::move(edit), kv::Durability::kSynced);
}

absl::Status Frontier::Release(uint64_t id, const std::string& url, Edit& edit) {
  store_.DeleteLease(id, edit.batch);
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(url));
  if (!before.has_value() || before->lease() != id || before->state() != disk::v1::URL_RECORD_STATE_LEASED) {
    return absl::OkStatus();
  }
  const absl::Time now = clock_.Now();
  UrlRecord after = *before;
  after.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  after.set_next_fetch_us(ToMicros(now));
  const auto host = host_index_.find(before->host());
  if (host == host_index_.end()) {
    store_.PutUrl(&*before, after, edit.batch);
    return absl::OkStatus();
  }
  // The request may have gone out at the very end of that process.
  KeepDistance(now, hosts_[host->second].policy.delay, absl::ZeroDuration(), edit.host(host->second, *this));
  edit.PutUrl(host->second, &*before, after, *this);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<AddResult>> Frontier::Add(absl::Span<const NewUrl> urls) {
  MutexLock lock(mu_);
  Edit edit;
  std::vector<AddResult> results;
  results.reserve(urls.size());
  for (const NewUrl& url : urls) {
    ASSIGN_OR_RETURN(const AddResult result, AddOne(url, edit));
    results.push_back(result);
  }
  RETURN_IF_ERROR(Commit(std::move(edit), kv::Durability::kBuffered));
  return results;
}

absl::StatusOr<AddResult> Frontier::AddOne(const NewUrl& url, Edit& edit) {
  const auto host = host_index_.find(url.host);
  if (host == host_index_.end()) return AddResult::kForeign;
  const auto pending = edit.urls.find(url.url);
  std::optional<UrlRecord> known;
  if (pending != edit.urls.end()) {
    known = pending->second;
  } else {
    ASSIGN_OR_RETURN(known, store_.Url(url.url));
  }
  if (known.has_value()) {
    UrlRecord renewed = *known;
    if (renewed.host() != url.host || !Renew(url, clock_.Now(), renewed)) return AddResult::kKnown;
    edit.PutUrl(host->second, &*known, renewed, *this);
    edit.urls[url.url] = std::move(renewed);
    return AddResult::kKnown;
  }
  SiteRecord& site = edit.site(hosts_[host->second].site, *this);
  const UrlRecord record = FreshRecord(url, site.site(), clock_.Now());
  if (IsFull(record, site, sites_[hosts_[host->second].site].max_articles)) return AddResult::kFull;
  site.set_urls_known(site.urls_known() + 1);
  if (IsArticle(record)) site.set_articles_known(site.articles_known() + 1);
  edit.PutUrl(host->second, nullptr, record, *this);
  edit.urls[url.url] = record;
  return AddResult::kAdded;
}

absl::StatusOr<Turn> Frontier::Next() {
  MutexLock lock(mu_);
  const absl::Time now = clock_.Now();
  RETURN_IF_ERROR(ExpireLeases(now));
  Turn turn;
  while (!ready_.empty() && ready_.begin()->first <= ToMicros(now)) {
    const size_t host = ready_.begin()->second;
    ASSIGN_OR_RETURN(const std::optional<std::string> url, FirstDue(hosts_[host], now));
    if (url.has_value()) {
      ASSIGN_OR_RETURN(turn.lease, Grant(host, *url, now));
      turn.wait_until = now;
      return turn;
    }
    // The due time seen last was early: what it stood for has been taken.
    SetReady(host, kNever);
    RETURN_IF_ERROR(Reschedule(host));
  }
  if (!ready_.empty()) turn.wait_until = FromMicros(ready_.begin()->first);
  if (!lease_ends_.empty()) turn.wait_until = std::min(turn.wait_until, FromMicros(lease_ends_.begin()->first));
  return turn;
}

absl::StatusOr<std::optional<std::string>> Frontier::FirstDue(Host& host, absl::Time now) {
  for (const disk::v1::UrlRank rank : kRanks) {
    ASSIGN_OR_RETURN(std::optional<DueUrl> first, store_.due().First(host.policy.host, rank));
    if (first.has_value() && first->due <= now) return std::optional<std::string>(std::move(first->url));
  }
  return std::nullopt;
}

absl::StatusOr<Lease> Frontier::Grant(size_t host, const std::string& url, absl::Time now) {
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(url));
  if (!before.has_value()) return absl::DataLossError(absl::StrCat("URL ", url, " is queued but has no record"));
  Lease lease{.id = last_lease_ + 1, .record = *before};
  const int64_t until_us = ToMicros(now + options_.lease_time);
  lease.record.set_state(disk::v1::URL_RECORD_STATE_LEASED);
  lease.record.set_lease(lease.id);
  lease.record.set_lease_until_us(until_us);

  Edit edit;
  edit.PutUrl(host, &*before, lease.record, *this);
  HostRecord& record = edit.host(host, *this);
  Held held{.url = url, .host = host, .until_us = until_us, .next_request_before_us = record.next_request_us()};
  KeepDistance(now, hosts_[host].policy.delay, absl::ZeroDuration(), record);
  held.next_request_after_us = record.next_request_us();
  store_.PutLease(lease.id, url, edit.batch);
  // In force before the commit reschedules the host.
  ++hosts_[host].in_flight;
  const absl::Status written = Commit(std::move(edit), kv::Durability::kSynced);
  if (!written.ok()) {
    --hosts_[host].in_flight;
    return written;
  }
  last_lease_ = lease.id;
  lease_ends_.emplace(until_us, lease.id);
  leases_.emplace(lease.id, std::move(held));
  return lease;
}

void Frontier::GiveBackTurn(const Held& held, HostRecord& host) const {
  if (host.next_request_us() == held.next_request_after_us) host.set_next_request_us(held.next_request_before_us);
}

absl::Status Frontier::Complete(const Lease& lease, const Completion& completion, kv::WriteBatch batch) {
  MutexLock lock(mu_);
  const auto it = leases_.find(lease.id);
  if (it == leases_.end() || it->second.url != lease.record.url()) {
    return absl::FailedPreconditionError(absl::StrCat("lease ", lease.id, " of ", lease.record.url(), " has ended"));
  }
  const Held& held = it->second;
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(held.url));
  if (!before.has_value()) return absl::DataLossError(absl::StrCat("URL ", held.url, " is leased but has no record"));
  Edit edit(std::move(batch));
  UrlRecord after = *before;
  HostRecord& host = edit.host(held.host, *this);
  const Moment moment = Now();
  tintinh::crawler::Complete(completion, options_.patience, moment,
                             {after, host, edit.site(hosts_[held.host].site, *this)});
  if (SentRequest(completion.outcome)) {
    KeepDistance(moment.now, hosts_[held.host].policy.delay, completion.took, host);
  } else {
    GiveBackTurn(held, host);
  }
  edit.PutUrl(held.host, &*before, after, *this);
  store_.DeleteLease(lease.id, edit.batch);
  Host& state = hosts_[held.host];
  --state.in_flight;
  absl::Status written = Commit(std::move(edit), kv::Durability::kSynced);
  if (!written.ok()) {
    ++state.in_flight;
    return written;
  }
  EndLease(lease.id);
  return absl::OkStatus();
}

void Frontier::EndLease(uint64_t id) {
  const auto it = leases_.find(id);
  lease_ends_.erase({it->second.until_us, id});
  leases_.erase(it);
}

absl::Status Frontier::ExpireLeases(absl::Time now) {
  while (!lease_ends_.empty() && lease_ends_.begin()->first <= ToMicros(now)) {
    RETURN_IF_ERROR(Expire(lease_ends_.begin()->second, now));
  }
  return absl::OkStatus();
}

absl::Status Frontier::Expire(uint64_t id, absl::Time now) {
  const Held held = leases_.at(id);
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(held.url));
  Edit edit;
  store_.DeleteLease(id, edit.batch);
  if (before.has_value()) {
    UrlRecord after = *before;
    Completion silence;
    silence.outcome = FetchOutcome::kFailed;
    silence.reason = "nothing was heard before the lease ended";
    tintinh::crawler::Complete(silence, options_.patience, {now},
                               {after, edit.host(held.host, *this), edit.site(hosts_[held.host].site, *this)});
    edit.PutUrl(held.host, &*before, after, *this);
  }
  --hosts_[held.host].in_flight;
  EndLease(id);
  return Commit(std::move(edit), kv::Durability::kSynced);
}

absl::Status Frontier::Finish(absl::string_view url, const FinalOutcome& outcome, kv::WriteBatch batch) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(url));
  if (!before.has_value() || before->state() != disk::v1::URL_RECORD_STATE_IN_OUTBOX) {
    return absl::FailedPreconditionError(absl::StrCat("URL ", url, " is not in the outbox"));
  }
  Edit edit(std::move(batch));
  UrlRecord after = *before;
  const auto host = host_index_.find(before->host());
  if (host == host_index_.end()) {
    // The site has left the configuration while its page was under way.
    HostRecord unused_host;
    SiteRecord unused_site;
    tintinh::crawler::Finish(outcome, options_.patience, Now(), {after, unused_host, unused_site});
    store_.PutUrl(&*before, after, edit.batch);
  } else {
    tintinh::crawler::Finish(outcome, options_.patience, Now(),
                             {after, edit.host(host->second, *this), edit.site(hosts_[host->second].site, *this)});
    edit.PutUrl(host->second, &*before, after, *this);
  }
  return Commit(std::move(edit), kv::Durability::kBuffered);
}

absl::StatusOr<uint32_t> Frontier::MakeListingsDue(absl::string_view site) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  const absl::Time now = clock_.Now();
  Edit edit;
  uint32_t made_due = 0;
  for (const size_t host : sites_[index].hosts) {
    std::vector<std::string> later;
    for (const disk::v1::UrlRank rank : kListingRanks) {
      RETURN_IF_ERROR(store_.due().Visit(hosts_[host].policy.host, rank, [&](const DueUrl& entry) {
        if (entry.due > now) later.push_back(entry.url);
        return true;
      }));
    }
    for (const std::string& url : later) {
      ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(url));
      if (!before.has_value()) continue;
      UrlRecord after = *before;
      after.set_next_fetch_us(ToMicros(now));
      edit.PutUrl(host, &*before, after, *this);
      ++made_due;
    }
  }
  RETURN_IF_ERROR(Commit(std::move(edit), kv::Durability::kSynced));
  return made_due;
}

absl::Status Frontier::SetPaused(absl::string_view site, bool paused) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const size_t index, SiteIndex(site));
  Edit edit;
  edit.site(index, *this).set_paused(paused);
  for (const size_t host : sites_[index].hosts) edit.host(host, *this);
  return Commit(std::move(edit), kv::Durability::kSynced);
}

absl::Status Frontier::Commit(Edit edit, kv::Durability durability) {
  for (const auto& [index, record] : edit.hosts) store_.PutHost(record, edit.batch);
  for (const auto& [index, record] : edit.sites) store_.PutSite(record, edit.batch);
  RETURN_IF_ERROR(store_.Write(std::move(edit.batch), durability));
  for (auto& [index, record] : edit.sites) sites_[index].record = std::move(record);
  for (auto& [index, record] : edit.hosts) hosts_[index].record = std::move(record);
  for (const auto& [index, record] : edit.hosts) RETURN_IF_ERROR(Reschedule(index));
  return absl::OkStatus();
}

absl::Status Frontier::Reschedule(size_t index) {
  Host& host = hosts_[index];
  host.earliest_due_us = kNever;
  for (const disk::v1::UrlRank rank : kRanks) {
    ASSIGN_OR_RETURN(const std::optional<DueUrl> first, store_.due().First(host.policy.host, rank));
    if (first.has_value()) host.earliest_due_us = std::min(host.earliest_due_us, ToMicros(first->due));
  }
  const bool robots_known = host.record.robots_until_us() > ToMicros(clock_.Now());
  const bool full = host.in_flight >= (robots_known ? host.policy.max_concurrent : 1);
  const bool stopped = full || host.earliest_due_us == kNever || sites_[host.site].record.paused();
  SetReady(index,
           stopped ? kNever
                   : std::max({host.earliest_due_us, host.record.next_request_us(), host.record.blocked_until_us()}));
  return absl::OkStatus();
}

void Frontier::SetReady(size_t index, int64_t ready_us) {
  Host& host = hosts_[index];
  if (host.ready_us != kNever) ready_.erase({host.ready_us, index});
  host.ready_us = ready_us;
  if (ready_us != kNever) ready_.emplace(ready_us, index);
}

}  // namespace tintinh::crawler
