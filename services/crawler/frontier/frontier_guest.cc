// Frontier's hosts that are asked for another's sake: a robots.txt may redirect to them.
#include <algorithm>

#include "common/status/status_macros.h"
#include "services/crawler/frontier/edit.h"
#include "services/crawler/frontier/frontier.h"

namespace tintinh::crawler {
namespace {

// For a host that will not be asked before somebody changes that.
constexpr absl::Duration kAskAgain = absl::Hours(1);
constexpr absl::Duration kBusy = absl::Seconds(1);

}  // namespace

// The visitor's own lease stands for its turn on a server that they share.
absl::Duration Frontier::GuestWait(size_t index, bool own_server, absl::Time now) const {
  const Host& host = hosts_[index];
  if (Rests(sites_[host.site])) return kAskAgain;
  const int64_t server_us = own_server ? turns_.server_until(index) : 0;
  const int64_t contact_us = host.record.server_address().empty() ? first_contact_us_ : 0;
  absl::Time free =
      FromMicros(std::max({host.record.next_request_us(), host.record.blocked_until_us(), server_us, contact_us}));
  if (host.policy.opens != nullptr) free = host.policy.opens(std::max(free, now));
  if (free > now) return free - now;
  const bool busy = turns_.in_flight(index) > 0 || (own_server && turns_.server_is_busy(index));
  return busy ? kBusy : absl::ZeroDuration();
}

absl::StatusOr<absl::Duration> Frontier::BeginVisit(absl::string_view host, absl::string_view visitor) {
  MutexLock lock(mu_);
  const auto it = host_index_.find(host);
  if (it == host_index_.end()) return absl::ZeroDuration();
  const auto from = host_index_.find(visitor);
  const bool own_server = from == host_index_.end() || !turns_.SameServer(it->second, from->second);
  const absl::Time now = clock_.Now();
  const absl::Duration wait = GuestWait(it->second, own_server, now);
  if (wait > absl::ZeroDuration()) return wait;
  Edit edit;
  KeepDistance(now, hosts_[it->second].policy.delay, absl::ZeroDuration(), edit.host(it->second, *this));
  RETURN_IF_ERROR(Commit(std::move(edit), kv::Durability::kSynced));
  MeetServer(hosts_[it->second], now);
  turns_.Began(it->second);
  RETURN_IF_ERROR(Reschedule(it->second));
  return absl::ZeroDuration();
}

absl::Status Frontier::EndVisit(absl::string_view host, const Completion& answer) {
  MutexLock lock(mu_);
  const auto it = host_index_.find(host);
  if (it == host_index_.end()) return absl::OkStatus();
  turns_.Ended(it->second);
  Edit edit;
  disk::v1::HostRecord& record = edit.host(it->second, *this);
  if (AsksForLess(answer.http_status)) {
    Completion refusal = answer;
    refusal.outcome = FetchOutcome::kRobotsRefused;
    disk::v1::UrlRecord nobodys_url;
    disk::v1::SiteRecord nobodys_site;
    tintinh::crawler::Complete(refusal, options_.patience, Now(), {nobodys_url, record, nobodys_site});
  }
  KeepDistance(clock_.Now(), hosts_[it->second].policy.delay, answer.took, record);
  return Commit(std::move(edit), kv::Durability::kSynced);
}

}  // namespace tintinh::crawler
