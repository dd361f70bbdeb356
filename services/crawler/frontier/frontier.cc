#include "services/crawler/frontier/frontier.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "common/url/url.h"
#include "services/crawler/frontier/edit.h"

namespace tintinh::crawler {
namespace {

using disk::v1::HostRecord;
using disk::v1::SiteRecord;
using disk::v1::UrlRecord;

constexpr disk::v1::UrlRank kRanks[] = {disk::v1::URL_RANK_SUBMITTED, disk::v1::URL_RANK_LISTING,
                                        disk::v1::URL_RANK_FRESH,     disk::v1::URL_RANK_SITEMAP,
                                        disk::v1::URL_RANK_RECHECK,   disk::v1::URL_RANK_BACKLOG};
// How long a listing that is due lets fresh articles go before it: what it might name is not more urgent than they are.
constexpr absl::Duration kListingsWait = absl::Minutes(1);
constexpr disk::v1::UrlRank kListingRanks[] = {disk::v1::URL_RANK_LISTING, disk::v1::URL_RANK_SITEMAP};

absl::Status HasEnded(const Lease& lease) {
  return absl::FailedPreconditionError(absl::StrCat("lease ", lease.id, " of ", lease.record.url(), " has ended"));
}

// Of the name of a host queue, its port dropped.
std::string DomainOf(absl::string_view queue) {
  const size_t colon = queue.rfind(':');
  const bool has_port = colon != absl::string_view::npos && queue.find(']', colon) == absl::string_view::npos;
  return url::RegistrableDomain(queue.substr(0, has_port ? colon : queue.size()));
}

// In Viet Nam, since the epoch.
int64_t DayOf(absl::Time time) { return absl::ToCivilDay(time, VietnamTimeZone()) - absl::CivilDay(); }

absl::Time StartOfDay(int64_t day) { return absl::FromCivil(absl::CivilDay() + day, VietnamTimeZone()); }

void SpendBacklog(absl::Time now, SiteRecord& site) {
  if (site.backlog_day() != DayOf(now)) site.set_backlog_used(0);
  site.set_backlog_day(DayOf(now));
  site.set_backlog_used(site.backlog_used() + 1);
}

void ReturnBacklog(SiteRecord& site) { site.set_backlog_used(std::max(1u, site.backlog_used()) - 1); }

void RemoveLease(uint64_t id, HostRecord& host) {
  auto& leases = *host.mutable_leases();
  leases.erase(std::remove_if(leases.begin(), leases.end(),
                              [id](const disk::v1::LeaseRecord& lease) { return lease.id() == id; }),
               leases.end());
}

}  // namespace

Frontier::Frontier(kv::Database& database, FrontierOptions options, const Clock& clock)
    : database_(database), options_(std::move(options)), clock_(clock), store_(database) {}

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
  RETURN_IF_ERROR(LetGoOfOthers());
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
    site.backlog_per_day = policy.backlog_per_day;
    sites_.push_back(std::move(site));
  }
  sites_[it->second].hosts.push_back(hosts_.size());
  Host host;
  host.policy = policy;
  host.site = it->second;
  host.queue.host = policy.host;
  ASSIGN_OR_RETURN(host.record, store_.Host(policy.host));
  hosts_.push_back(std::move(host));
  PlaceHost(turns_.AddHost(policy.max_concurrent));
  return absl::OkStatus();
}

// Among the hosts whose pace it shares.
void Frontier::PlaceHost(size_t index) {
  Host& host = hosts_[index];
  const std::string domain = DomainOf(host.policy.host);
  host.domain = domain_index_.emplace(domain, domains_.size()).first->second;
  domains_.resize(domain_index_.size());
  domains_[host.domain].push_back(index);
  if (const std::string& address = host.record.server_address(); !address.empty()) {
    SetServer(index, address);
  } else {
    turns_.SetServer(index, ServerOfMates(host.domain, domain));
  }
  KeepServerDistance(index, host.record);
}

std::string Frontier::ServerOfMates(size_t domain, absl::string_view name) const {
  for (const size_t mate : domains_[domain]) {
    if (!hosts_[mate].record.server_address().empty()) return hosts_[mate].record.server_address();
  }
  return absl::StrCat("domain ", name);
}

// Their URLs stand as queued on disk. Their requests may have gone out at the very end of that process.
absl::Status Frontier::ReleaseAbandonedLeases() {
  Edit edit;
  for (size_t host = 0; host < hosts_.size(); ++host) {
    if (hosts_[host].record.leases().empty()) continue;
    HostRecord& record = edit.host(host, *this);
    record.clear_leases();
    KeepDistance(clock_.Now(), hosts_[host].policy.delay, absl::ZeroDuration(), record);
  }
  return edit.hosts.empty() ? absl::OkStatus() : Commit(std::move(edit), kv::Durability::kSynced);
}

absl::StatusOr<Turn> Frontier::Next(size_t most) {
  MutexLock lock(mu_);
  const absl::Time now = clock_.Now();
  RETURN_IF_ERROR(ExpireLeases(now));
  Turn turn;
  kv::WriteBatch batch;
  absl::Status granted;
  while (granted.ok() && turn.leases.size() < most) {
    const std::optional<size_t> host = turns_.First(ToMicros(now));
    if (!host.has_value()) break;
    if (MustWait(*host, now)) continue;
    absl::StatusOr<std::optional<Due>> due = FirstDue(hosts_[*host], now);
    granted = due.status();
    if (!due.ok()) break;
    // The due time seen last was early: what it stood for has been taken.
    granted = due->has_value() ? Grant(*host, **due, now, batch, turn.leases) : Reschedule(*host);
  }
  RETURN_IF_ERROR(WriteLeases(std::move(batch), turn.leases));
  // What was granted before the trouble is handed out; the next call meets it again.
  if (turn.leases.empty()) RETURN_IF_ERROR(granted);
  turn.wait_until = FromMicros(turns_.FirstTime());
  if (!lease_ends_.empty()) turn.wait_until = std::min(turn.wait_until, FromMicros(lease_ends_.begin()->first));
  return turn;
}

absl::StatusOr<std::optional<Frontier::Due>> Frontier::FirstDue(Host& host, absl::Time now) {
  std::optional<Due> listing;
  for (const disk::v1::UrlRank rank : kRanks) {
    if (listing.has_value() && rank != disk::v1::URL_RANK_FRESH) break;
    if (rank == disk::v1::URL_RANK_BACKLOG && BacklogOpens(sites_[host.site]) > ToMicros(now)) continue;
    ASSIGN_OR_RETURN(const DueUrl* const first, store_.due().First(host.queue, rank));
    if (first == nullptr || first->due_us > ToMicros(now)) continue;
    const bool waits = rank == disk::v1::URL_RANK_LISTING && first->due_us > ToMicros(now - kListingsWait);
    if (!waits) return Due{first, rank};
    listing = Due{first, rank};
  }
  return listing;
}

absl::StatusOr<UrlRecord> Frontier::RecordFor(const Host& host, const Due& due) const {
  std::optional<UrlRecord> record = RecordOf(*due.entry, host.policy.host, due.rank);
  if (record.has_value()) return *std::move(record);
  ASSIGN_OR_RETURN(record, store_.Url(due.entry->url));
  if (record.has_value()) return *std::move(record);
  return absl::DataLossError(absl::StrCat("URL ", due.entry->url, " is queued but has no record"));
}

// In force in memory at once, so that the next grant of the same write respects it.
absl::Status Frontier::Grant(size_t index, const Due& due, absl::Time now, kv::WriteBatch& batch,
                             std::vector<Lease>& leases) {
  Host& host = hosts_[index];
  ASSIGN_OR_RETURN(UrlRecord record, RecordFor(host, due));
  Held held{.record = std::move(record), .host = index, .until_us = ToMicros(now + options_.lease_time)};
  held.host_before_us = host.record.next_request_us();
  held.last_request_before_us = host.record.last_request_us();
  held.server_before_us = turns_.server_until(index);
  KeepDistance(now, host.policy.delay, absl::ZeroDuration(), host.record);
  KeepServerDistance(index, host.record);
  MeetServer(host, now);
  held.host_after_us = host.record.next_request_us();
  held.server_after_us = turns_.server_until(index);
  host.queue.leased.push_back(held.record.url());
  host.queue.window(held.record.rank()).Remove({held.record.next_fetch_us(), held.record.url(), ""});
  turns_.Began(index);
  // On disk with the end of the lease.
  if (held.record.rank() == disk::v1::URL_RANK_BACKLOG) SpendBacklog(now, sites_[host.site].record);

  Lease lease{.id = ++last_lease_, .record = held.record};
  lease.record.set_state(disk::v1::URL_RECORD_STATE_LEASED);
  disk::v1::LeaseRecord& kept = *host.record.add_leases();
  kept.set_id(lease.id);
  kept.set_url(lease.record.url());
  store_.PutHost(host.record, batch);
  lease_ends_.emplace(held.until_us, lease.id);
  leases_.emplace(lease.id, std::move(held));
  leases.push_back(std::move(lease));
  return Reschedule(index);
}

absl::Status Frontier::WriteLeases(kv::WriteBatch batch, std::vector<Lease>& leases) {
  if (leases.empty()) return absl::OkStatus();
  store_.PutLastLease(last_lease_, batch);
  absl::Status written = store_.Write(std::move(batch), kv::Durability::kSynced);
  if (written.ok()) return written;
  // Nothing may be asked for. The hosts wait their delay all the same.
  for (const Lease& lease : leases) {
    const size_t host = leases_.at(lease.id).host;
    RemoveLease(lease.id, hosts_[host].record);
    EndLease(lease.id);
    hosts_[host].queue.Forget();
    RETURN_IF_ERROR(Reschedule(host));
  }
  leases.clear();
  return written;
}

// All of a domain move together, so that whichever of its addresses answered last, they share one pace.
void Frontier::SetServer(size_t host, const std::string& server) {
  for (const size_t mate : domains_[hosts_[host].domain]) turns_.SetServer(mate, server);
}

void Frontier::KeepServerDistance(size_t host, const HostRecord& record) {
  const absl::Duration delay = DelayInForce(hosts_[host].policy.delay, record);
  const bool alone = domains_[hosts_[host].domain].size() == 1;
  const absl::Duration distance = alone ? std::min(options_.server_delay, delay) : delay;
  turns_.PutOffServer(host, record.last_request_us() + absl::ToInt64Microseconds(distance));
}

void Frontier::GiveBackTurn(const Held& held, HostRecord& host) {
  if (host.next_request_us() == held.host_after_us) {
    host.set_next_request_us(held.host_before_us);
    host.set_last_request_us(held.last_request_before_us);
  }
  turns_.GiveBackServer(held.host, held.server_after_us, held.server_before_us);
}

absl::Status Frontier::CheckHeld(const Lease& lease) const {
  const auto it = leases_.find(lease.id);
  if (it != leases_.end() && it->second.record.url() == lease.record.url()) return absl::OkStatus();
  return HasEnded(lease);
}

absl::StatusOr<std::vector<absl::Status>> Frontier::CompleteAll(absl::Span<const Ended> ended) {
  MutexLock lock(mu_);
  Edit edit;
  const Moment moment = Now();
  std::vector<absl::Status> results;
  results.reserve(ended.size());
  absl::flat_hash_set<uint64_t> seen;
  for (const Ended& one : ended) {
    results.push_back(seen.insert(one.lease.id).second ? CheckHeld(one.lease) : HasEnded(one.lease));
    if (!results.back().ok()) continue;
    EndOne(one.lease.id, one.completion, moment, edit);
    if (one.with != nullptr) one.with(edit.batch);
  }
  RETURN_IF_ERROR(Commit(std::move(edit), kv::Durability::kSynced));
  return results;
}

absl::Status Frontier::Complete(const Lease& lease, const Completion& completion, kv::WriteBatch batch) {
  MutexLock lock(mu_);
  RETURN_IF_ERROR(CheckHeld(lease));
  Edit edit;
  edit.batch = std::move(batch);
  EndOne(lease.id, completion, Now(), edit);
  return Commit(std::move(edit), kv::Durability::kSynced);
}

void Frontier::EndOne(uint64_t id, const Completion& completion, Moment moment, Edit& edit) {
  const Held& held = leases_.at(id);
  UrlRecord after = held.record;
  HostRecord& host = edit.host(held.host, *this);
  SiteRecord& site = edit.site(hosts_[held.host].site, *this);
  tintinh::crawler::Complete(completion, options_.patience, moment, {after, host, site});
  if (held.record.rank() == disk::v1::URL_RANK_BACKLOG && !AskedForUrl(completion.outcome)) ReturnBacklog(site);
  if (!SentRequest(completion.outcome)) {
    GiveBackTurn(held, host);
  } else {
    KeepDistance(moment.now, hosts_[held.host].policy.delay, completion.took, host);
    if (!completion.server_address.empty()) host.set_server_address(completion.server_address);
  }
  edit.PutUrl(held.host, &held.record, after, *this);
  RemoveLease(id, host);
  edit.ended.push_back(id);
}

void Frontier::EndLease(uint64_t id) {
  const auto it = leases_.find(id);
  const Held& held = it->second;
  std::vector<std::string>& leased = hosts_[held.host].queue.leased;
  leased.erase(std::find(leased.begin(), leased.end(), held.record.url()));
  turns_.Ended(held.host);
  lease_ends_.erase({held.until_us, id});
  leases_.erase(it);
}

absl::Status Frontier::ExpireLeases(absl::Time now) {
  if (lease_ends_.empty() || lease_ends_.begin()->first > ToMicros(now)) return absl::OkStatus();
  Completion silence;
  // What the site answered, if it did, is not known here.
  silence.outcome = FetchOutcome::kNotKept;
  silence.reason = "nothing was heard before the lease ended";
  Edit edit;
  for (const auto& [until_us, id] : lease_ends_) {
    if (until_us > ToMicros(now)) break;
    EndOne(id, silence, {now}, edit);
  }
  return Commit(std::move(edit), kv::Durability::kSynced);
}

absl::Status Frontier::Finish(absl::string_view url, const FinalOutcome& outcome, kv::WriteBatch batch) {
  MutexLock lock(mu_);
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> before, store_.Url(url));
  if (!before.has_value() || before->state() != disk::v1::URL_RECORD_STATE_IN_OUTBOX) {
    return absl::FailedPreconditionError(absl::StrCat("URL ", url, " is not in the outbox"));
  }
  Edit edit;
  edit.batch = std::move(batch);
  UrlRecord after = *before;
  const auto host = host_index_.find(before->host());
  if (host == host_index_.end()) {
    // The site has left the configuration while its page was under way; another crawler may take it over.
    ASSIGN_OR_RETURN(HostRecord host_record, store_.Host(before->host()));
    ASSIGN_OR_RETURN(SiteRecord site_record, store_.Site(before->site()));
    tintinh::crawler::Finish(outcome, options_.patience, Now(), {after, host_record, site_record});
    if (!IsArticle(after)) ForgetAnswer(after);
    store_.PutUrl(&*before, after, nullptr, edit.batch);
    store_.PutHost(host_record, edit.batch);
    store_.PutSite(site_record, edit.batch);
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
        if (entry.due_us > ToMicros(now)) later.push_back(entry.url);
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
  edit.queues.insert(sites_[index].hosts.begin(), sites_[index].hosts.end());
  return Commit(std::move(edit), kv::Durability::kSynced);
}

absl::Status Frontier::Commit(Edit edit, kv::Durability durability) {
  for (const auto& [index, record] : edit.hosts) store_.PutHost(record, edit.batch);
  for (const auto& [index, record] : edit.sites) store_.PutSite(record, edit.batch);
  absl::Status written = store_.Write(std::move(edit.batch), durability);
  if (!written.ok()) {
    for (const size_t index : edit.queues) hosts_[index].queue.Forget();
    for (auto& [index, record] : edit.hosts) KeepPace(index, std::move(record)).IgnoreError();
    return written;
  }
  for (auto& [index, record] : edit.sites) sites_[index].record = std::move(record);
  for (auto& [index, record] : edit.hosts) {
    hosts_[index].record = std::move(record);
    edit.queues.insert(index);
    const HostRecord& host = hosts_[index].record;
    if (!host.server_address().empty()) SetServer(index, host.server_address());
    KeepServerDistance(index, host);
  }
  for (const uint64_t id : edit.ended) EndLease(id);
  for (const size_t index : edit.queues) RETURN_IF_ERROR(Reschedule(index));
  return absl::OkStatus();
}

// What a host asked for holds while this process lives, though the disk did not take it.
absl::Status Frontier::KeepPace(size_t index, HostRecord record) {
  HostRecord& host = hosts_[index].record;
  host.mutable_leases()->Swap(record.mutable_leases());
  host = std::move(record);
  KeepServerDistance(index, host);
  return Reschedule(index);
}

absl::Status Frontier::Reschedule(size_t index) {
  Host& host = hosts_[index];
  host.earliest_due_us = kNever;
  for (const disk::v1::UrlRank rank : kRanks) {
    ASSIGN_OR_RETURN(const DueUrl* const first, store_.due().First(host.queue, rank));
    if (first == nullptr) continue;
    const int64_t opens_us = rank == disk::v1::URL_RANK_BACKLOG ? BacklogOpens(sites_[host.site]) : 0;
    host.earliest_due_us = std::min(host.earliest_due_us, std::max(first->due_us, opens_us));
  }
  const bool robots_known = host.record.robots_until_us() > ToMicros(clock_.Now());
  const bool full = turns_.in_flight(index) >= (robots_known ? host.policy.max_concurrent : 1);
  turns_.SetReady(index, full || Rests(sites_[host.site]) ? kNever : HostReady(host));
  return absl::OkStatus();
}

int64_t Frontier::BacklogOpens(const Site& site) const {
  if (site.backlog_per_day == 0 || site.record.backlog_used() < site.backlog_per_day) return 0;
  const int64_t today = DayOf(clock_.Now());
  return site.record.backlog_day() == today ? ToMicros(StartOfDay(today + 1)) : 0;
}

// Hosts that have not answered yet may be one server: the next of them is met a while later.
void Frontier::MeetServer(const Host& host, absl::Time now) {
  if (!host.record.server_address().empty()) return;
  const absl::Duration delay = DelayInForce(host.policy.delay, host.record);
  first_contact_us_ = ToMicros(now + std::min(options_.server_delay, delay));
}

// Ready, though its hours have ended meanwhile, or another host is being met that may be on the same server.
bool Frontier::MustWait(size_t index, absl::Time now) {
  const Host& host = hosts_[index];
  int64_t until_us = host.record.server_address().empty() ? first_contact_us_ : 0;
  if (host.policy.opens != nullptr) until_us = std::max(until_us, ToMicros(host.policy.opens(now)));
  if (until_us <= ToMicros(now)) return false;
  turns_.SetReady(index, until_us);
  return true;
}

int64_t Frontier::HostReady(const Host& host) const {
  const int64_t ready_us =
      std::max({host.earliest_due_us, host.record.next_request_us(), host.record.blocked_until_us()});
  if (ready_us == kNever || host.policy.opens == nullptr) return ready_us;
  return ToMicros(host.policy.opens(std::max(FromMicros(ready_us), clock_.Now())));
}

}  // namespace tintinh::crawler
