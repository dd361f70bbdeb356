// Every URL the crawler knows, one queue per host, and when each host may be asked again. Durable: what a host was
// promised (a delay, a block, a pause) holds across kill -9 and a power cut.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_FRONTIER_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_FRONTIER_H_

#include <cstdint>
#include <functional>
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
#include "services/crawler/frontier/options.h"
#include "services/crawler/frontier/site_copy.h"
#include "services/crawler/frontier/store.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/frontier/turns.h"
#include "services/crawler/frontier/view.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct NewUrl {
  std::string url;   // canonical, at most 2,048 bytes
  std::string host;  // its queue
  disk::v1::UrlRecordKind kind = disk::v1::URL_RECORD_KIND_ARTICLE;
  disk::v1::UrlRank rank = disk::v1::URL_RANK_BACKLOG;
  uint32_t redirects = 0;
  uint32_t depth = 0;
  bool again = false;  // a listing that is known and settled waits anew
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

// Leases, and until when no more can be had unless a URL is added, completed, finished, resumed or made due.
struct Turn {
  std::vector<Lease> leases;
  absl::Time wait_until = absl::InfiniteFuture();  // the past: there are more
};

// The end of a lease, and what is written with it.
struct Ended {
  const Lease& lease;
  const Completion& completion;
  std::function<void(kv::WriteBatch&)> with;  // adds to the write; not called when the lease has ended already
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

  // Up to `most` URLs whose hosts may be asked now: of each host lowest rank, then longest due; fresh articles before
  // listings due for less than a minute. The hosts' next requests are put off, on disk, before this returns: one write.
  absl::StatusOr<Turn> Next(size_t most = 1);

  // Ends leases; what comes with each (a page for the outbox, a robots.txt record) is written with its end, or not at
  // all. A completion without a request gives the host's turn back. One answer for each: FAILED_PRECONDITION when the
  // lease had ended already; nothing of it is written then. On disk when this returns; an error: nothing was written.
  absl::StatusOr<std::vector<absl::Status>> CompleteAll(absl::Span<const Ended> ended);
  absl::Status Complete(const Lease& lease, const Completion& completion, kv::WriteBatch batch = {});

  // A request to `host` under a lease of `visitor`, another host: a robots.txt may redirect there. Zero: it may be sent
  // now, and its turn is taken, on disk; else how long to wait. EndVisit tells what came of it. Hosts that are not
  // among the options may always be asked.
  absl::StatusOr<absl::Duration> BeginVisit(absl::string_view host, absl::string_view visitor);
  absl::Status EndVisit(absl::string_view host, const Completion& answer);

  // The final outcome of a page in the outbox; `batch` removes it there. FAILED_PRECONDITION when the URL is not in the
  // outbox; nothing is written then. Survives a kill.
  absl::Status Finish(absl::string_view url, const FinalOutcome& outcome, kv::WriteBatch batch = {});

  // NOT_FOUND: no such site. Durable.
  absl::Status SetPaused(absl::string_view site, bool paused);

  // Makes the listings of a site due now and returns how many were not. NOT_FOUND: no such site.
  absl::StatusOr<uint32_t> MakeListingsDue(absl::string_view site);

  absl::StatusOr<std::optional<disk::v1::UrlRecord>> Find(absl::string_view url) const;
  absl::StatusOr<std::optional<disk::v1::RobotsRecord>> FindRobots(absl::string_view origin) const;
  // For what is written with the end of a lease, from within the call too.
  void PutRobots(const disk::v1::RobotsRecord& robots, kv::WriteBatch& batch) const;

  // Handing a site over, from the crawler that had it to the one that has it now. Export is for sites that are not
  // among the hosts of the options: nothing else changes them; what it stops with is returned. Import takes URLs of a
  // site that is not held yet (else FAILED_PRECONDITION), again or anew. Hold ends it, durably: `copy` (null: there was
  // none) is in force, hosts wait as if they had been asked just now, and robots.txt is read again. INVALID_ARGUMENT:
  // records of another site.
  absl::Status Export(absl::string_view site, const std::function<absl::Status(SiteCopy)>& visit) const;
  absl::Status Import(absl::string_view site, std::vector<disk::v1::UrlRecord> urls);
  absl::Status Hold(absl::string_view site, uint64_t term, const SiteCopy* copy);
  // As on disk, of any site; made when absent.
  absl::StatusOr<disk::v1::SiteRecord> StoredSite(absl::string_view site) const;

  std::optional<HostView> ViewHost(absl::string_view host) const;
  absl::StatusOr<SiteView> ViewSite(absl::string_view site) const;  // NOT_FOUND: no such site
  // The record alone: nothing is read from disk.
  absl::StatusOr<disk::v1::SiteRecord> FindSite(absl::string_view site) const;

  // True when some URL is due and its host neither blocked nor paused and within its hours; the delay between requests
  // does not count.
  bool HasFetchable() const;
  size_t leases() const;

 private:
  struct Host {
    HostPolicy policy;
    size_t site = 0;
    size_t domain = 0;
    disk::v1::HostRecord record;
    DueQueue queue;
    int64_t earliest_due_us = kNever;  // over all ranks
  };
  struct Site {
    disk::v1::SiteRecord record;
    uint32_t max_articles = 0;
    uint32_t backlog_per_day = 0;
    std::vector<size_t> hosts;
  };
  struct Held {
    disk::v1::UrlRecord record;  // as on disk
    size_t host = 0;
    int64_t until_us = 0;
    // What the lease put off, were the turn given back.
    int64_t host_before_us = 0;
    int64_t host_after_us = 0;
    int64_t last_request_before_us = 0;
    int64_t server_before_us = 0;
    int64_t server_after_us = 0;
  };
  struct Due {
    const DueUrl* entry;  // of a window: valid until the queue changes
    disk::v1::UrlRank rank;
  };
  struct Edit;

  Frontier(kv::Database& database, FrontierOptions options, const Clock& clock);

  absl::Status Load() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status LoadHost(const HostPolicy& policy) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void PlaceHost(size_t index) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  std::string ServerOfMates(size_t domain, absl::string_view name) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status CheckImport(size_t site, const std::vector<disk::v1::UrlRecord>& urls,
                           const std::vector<std::optional<disk::v1::UrlRecord>>& before) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Believe(const disk::v1::HostRecord& told, size_t site, Edit& edit) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status LetGoOfOthers() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status ReleaseAbandonedLeases() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  AddResult AddOne(const NewUrl& url, const std::optional<disk::v1::UrlRecord>& known, Edit& edit)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  AddResult AddKnown(const NewUrl& url, const disk::v1::UrlRecord& known, size_t host, Edit& edit)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<std::optional<disk::v1::UrlRecord>> Known(absl::string_view url) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void MarkLeased(disk::v1::UrlRecord& record) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status ExpireLeases(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<std::optional<Due>> FirstDue(Host& host, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<disk::v1::UrlRecord> RecordFor(const Host& host, const Due& due) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Grant(size_t host, const Due& due, absl::Time now, kv::WriteBatch& batch, std::vector<Lease>& leases)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status WriteLeases(kv::WriteBatch batch, std::vector<Lease>& leases) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status CheckHeld(const Lease& lease) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void EndOne(uint64_t id, const Completion& completion, Moment moment, Edit& edit) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void EndLease(uint64_t id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void GiveBackTurn(const Held& held, disk::v1::HostRecord& host) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void SetServer(size_t host, const std::string& server) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void KeepServerDistance(size_t host, const disk::v1::HostRecord& record) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Commit(Edit edit, kv::Durability durability) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status Reschedule(size_t host) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool Rests(const Site& site) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  int64_t BacklogOpens(const Site& site) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Duration GuestWait(size_t host, bool own_server, absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void MeetServer(const Host& host, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool MustWait(size_t host, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status KeepPace(size_t host, disk::v1::HostRecord record) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  int64_t HostReady(const Host& host) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  HostView View(size_t host) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<uint64_t> CountDue(const Site& site) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::StatusOr<size_t> SiteIndex(absl::string_view site) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  Moment Now() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  kv::Database& database_;
  const FrontierOptions options_;
  const Clock& clock_;

  mutable Mutex mu_;
  FrontierStore store_ ABSL_GUARDED_BY(mu_);
  absl::BitGen random_ ABSL_GUARDED_BY(mu_);
  std::vector<Host> hosts_ ABSL_GUARDED_BY(mu_);
  std::vector<Site> sites_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, size_t> host_index_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, size_t> site_index_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, size_t> domain_index_ ABSL_GUARDED_BY(mu_);
  std::vector<std::vector<size_t>> domains_ ABSL_GUARDED_BY(mu_);  // the hosts of each registrable domain
  Turns turns_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<uint64_t, Held> leases_ ABSL_GUARDED_BY(mu_);
  std::set<std::pair<int64_t, uint64_t>> lease_ends_ ABSL_GUARDED_BY(mu_);
  uint64_t last_lease_ ABSL_GUARDED_BY(mu_) = 0;
  int64_t first_contact_us_ ABSL_GUARDED_BY(mu_) = 0;  // when the next host may be asked whose server is not known
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_FRONTIER_H_
