// Every URL the crawler knows, one queue per host, and when each host may be asked again. Durable: what a host was
// promised (a delay, a block, a pause) holds across kill -9 and a power cut.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_FRONTIER_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_FRONTIER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/kv/database.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "services/crawler/frontier/completion.h"
#include "services/crawler/frontier/store.h"
#include "services/crawler/frontier/transition.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// How one host queue is used.
struct HostPolicy {
  std::string host;
  std::string site;
  absl::Duration delay = absl::ZeroDuration();  // between the end of one request and the start of the next
  uint32_t max_concurrent = 1;                  // requests at once, after robots.txt is known; one before
  uint32_t max_articles = 1'000'000;            // of the site, known at once
};

struct FrontierOptions {
  std::vector<HostPolicy> hosts;  // URLs of other hosts are neither taken nor handed out
  Patience patience;
  absl::Duration lease_time = absl::Minutes(10);  // then the URL goes back and the late completion is refused
};

struct NewUrl {
  std::string url;   // canonical, at most 2,048 bytes
  std::string host;  // its queue
  disk::v1::UrlRecordKind kind = disk::v1::URL_RECORD_KIND_ARTICLE;
  disk::v1::UrlRank rank = disk::v1::URL_RANK_BACKLOG;
  uint32_t redirects = 0;
  uint32_t depth = 0;
};

// Feeds, sitemaps and sections of one site, known at once. Discovered ones beyond it are refused, so that sitemaps that
// name ever more sitemaps come to an end; configured ones (depth 0) are always taken.
inline constexpr uint64_t kMaxListingsPerSite = 10'000;

enum class AddResult {
  kAdded,
  kKnown,
  kFull,     // the site has max_articles, or kMaxListingsPerSite
  kForeign,  // no such host
};

// The right and duty to send one request for `record.url()`, or for its robots.txt, and to say what came of it.
struct Lease {
  uint64_t id = 0;
  disk::v1::UrlRecord record;
};

// A lease, or how long nothing can be leased unless a URL is added, completed, finished, resumed or made due.
struct Turn {
  std::optional<Lease> lease;
  absl::Time wait_until = absl::InfiniteFuture();
};

struct HostView {
  disk::v1::HostRecord record;
  std::string site;
  absl::Duration delay;  // in force: the policy's or robots.txt's
  absl::Time next_turn;  // when its first URL may be leased; infinite when nothing waits or the site is paused
  uint32_t in_flight = 0;
};

struct SiteView {
  disk::v1::SiteRecord record;
  uint64_t urls_due = 0;
  std::vector<HostView> hosts;
};

// Thread-safe. Every call is one atomic write; calls wait for one another's writes, for that is the order they promise.
class Frontier {
 public:
  static std::vector<kv::ColumnFamily> ColumnFamilies() { return FrontierStore::ColumnFamilies(); }

  // `database` and `clock` must outlive the result. URLs that a dead process had leased are queued again, and
  // their hosts wait as if they had been asked just now.
  static absl::StatusOr<std::unique_ptr<Frontier>> Open(kv::Database& database, FrontierOptions options,
                                                        const Clock& clock);

  // Queues URLs that are not known yet, due at once. Idempotent. A known article that still waits takes the better
  // rank; one that an operator submits (URL_RANK_SUBMITTED) after it failed or was disallowed waits anew; a known
  // article that is now a configured listing (depth 0) becomes one. What waits anew is read whole, not conditionally.
  // Survives a kill; durable with the next Complete.
  absl::StatusOr<std::vector<AddResult>> Add(absl::Span<const NewUrl> urls);

  // The next URL whose host may be asked now: lowest rank, then longest due. The host's next request is put off, and
  // that is on disk, before this returns.
  absl::StatusOr<Turn> Next();

  // Ends a lease; `batch` (a page for the outbox, a robots.txt record) is written with it, or not at all. A completion
  // without a request gives the host's turn back. FAILED_PRECONDITION when the lease has ended already; nothing is
  // written then. On disk when this returns.
  absl::Status Complete(const Lease& lease, const Completion& completion, kv::WriteBatch batch = {});

  // The final outcome of a page in the outbox; `batch` removes it there. FAILED_PRECONDITION when the URL is not in the
  // outbox; nothing is written then. Survives a kill.
  absl::Status Finish(absl::string_view url, const FinalOutcome& outcome, kv::WriteBatch batch = {});

  // NOT_FOUND: no such site. Durable.
  absl::Status SetPaused(absl::string_view site, bool paused);

  // Makes the listings of a site due now and returns how many were not. NOT_FOUND: no such site.
  absl::StatusOr<uint32_t> MakeListingsDue(absl::string_view site);

  absl::StatusOr<std::optional<disk::v1::UrlRecord>> Find(absl::string_view url) const;
  absl::StatusOr<std::optional<disk::v1::RobotsRecord>> FindRobots(absl::string_view origin) const;
  void PutRobots(const disk::v1::RobotsRecord& robots, kv::WriteBatch& batch) const;  // for Complete

  std::optional<HostView> ViewHost(absl::string_view host) const;
  absl::StatusOr<SiteView> ViewSite(absl::string_view site) const;  // NOT_FOUND: no such site

  // True when some URL is due and its host neither blocked nor paused; the delay between requests does not count.
  bool HasFetchable() const;
  size_t leases() const;

 private:
  struct Host {
    HostPolicy policy;
    size_t site = 0;
    disk::v1::HostRecord record;
    uint32_t in_flight = 0;
    int64_t earliest_due_us = kNever;  // over all ranks
    int64_t ready_us = kNever;         // its key in ready_; kNever: not there
  };
  struct Site {
    disk::v1::SiteRecord record;
    uint32_t max_articles = 0;
    std::vector<size_t> hosts;
  };
  struct Held {
    std::string url;
    size_t host = 0;
    int64_t until_us = 0;
    int64_t next_request_before_us = 0;  // the host's, were the turn given back
    int64_t next_request_after_us = 0;
  };
  struct Edit;

  Frontier(kv::Database& database, FrontierOptions options, const Clock& clock);

  absl::Status Load() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status LoadHost(const HostPolicy& policy) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status ReleaseAbandonedLeases() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Release(uint64_t id, const std::string& url, Edit& edit) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<AddResult> AddOne(const NewUrl& url, Edit& edit) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status ExpireLeases(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Expire(uint64_t id, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<std::optional<std::string>> FirstDue(Host& host, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<Lease> Grant(size_t host, const std::string& url, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void EndLease(uint64_t id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void GiveBackTurn(const Held& held, disk::v1::HostRecord& host) const;
  absl::Status Commit(Edit edit, kv::Durability durability) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Reschedule(size_t host) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void SetReady(size_t host, int64_t ready_us) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  HostView View(const Host& host) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<uint64_t> CountDue(const Site& site) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<size_t> SiteIndex(absl::string_view site) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  Moment Now() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const FrontierOptions options_;
  const Clock& clock_;

  mutable Mutex mu_;
  FrontierStore store_ ABSL_GUARDED_BY(mu_);
  absl::BitGen random_ ABSL_GUARDED_BY(mu_);
  std::vector<Host> hosts_ ABSL_GUARDED_BY(mu_);
  std::vector<Site> sites_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, size_t> host_index_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, size_t> site_index_ ABSL_GUARDED_BY(mu_);
  std::set<std::pair<int64_t, size_t>> ready_ ABSL_GUARDED_BY(mu_);  // when each host's turn comes
  absl::flat_hash_map<uint64_t, Held> leases_ ABSL_GUARDED_BY(mu_);
  std::set<std::pair<int64_t, uint64_t>> lease_ends_ ABSL_GUARDED_BY(mu_);
  uint64_t last_lease_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_FRONTIER_H_
