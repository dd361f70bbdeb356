// The crawler: leases URLs, asks for them politely, keeps what comes and delivers it to the normalizer.
#ifndef TINTINH_SERVICES_CRAWLER_CRAWLER_H_
#define TINTINH_SERVICES_CRAWLER_CRAWLER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "common/sync/bounded_queue.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "services/crawler/crawl_state.h"
#include "services/crawler/crawler_options.h"
#include "services/crawler/deliver/deliverer.h"
#include "services/crawler/fetch/fetcher.h"
#include "services/crawler/handover/take_over.h"
#include "services/crawler/intake.h"
#include "services/crawler/overview.h"
#include "services/crawler/sites/sites.h"
#include "services/crawler/visit/robots_gate.h"
#include "tintinh/v1/crawler_service.pb.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::crawler {

// What a crawler uses and does not own.
struct CrawlerPeers {
  v1::NormalizerService::StubInterface& normalizer;
  Metrics& metrics;
  const Clock& clock;
  std::vector<Member> others = {};  // asked first where sites are held
};

// Thread-safe. Three threads of its own (what to fetch next; what came; the deliverer's) beside the fetcher's, and one
// while sites are taken over.
class Crawler {
 public:
  // Opens the data directory and takes up where an earlier process stopped. Nothing is sent before Start. The peers
  // outlive the result.
  static absl::StatusOr<std::unique_ptr<Crawler>> Open(CrawlerOptions options, Sites sites, const CrawlerPeers& peers);
  ~Crawler();  // drains
  Crawler(const Crawler&) = delete;
  Crawler& operator=(const Crawler&) = delete;

  // Queues the configured listings and starts. Once only.
  absl::Status Start();

  // Leases nothing more, waits drain_patience for fetches under way, gives outcomes under way a moment, closes the
  // archive. Idempotent. Questions are still answered afterwards.
  void Drain();

  // RPCs of tintinh.v1.CrawlerService; crawler_service.proto says what they promise.
  absl::StatusOr<v1::GetCrawlerStatusResponse> Status() const { return overview_.OfAll(); }
  absl::StatusOr<v1::ExplainUrlResponse> Explain(absl::string_view url) const { return overview_.Explain(url); }
  absl::Status SetPaused(absl::string_view site, bool paused);
  absl::StatusOr<v1::CrawlNowResponse> CrawlNow(absl::string_view site);
  absl::StatusOr<v1::SubmitUrlResponse> Submit(absl::string_view url);
  absl::Status HandOver(const v1::HandOverSiteRequest& request,
                        const std::function<bool(const v1::HandOverSiteResponse&)>& write) const;

  // Waits; false as soon as draining begins.
  bool Wait(absl::Duration pause) const;

 private:
  Crawler(CrawlerOptions options, Sites sites, CrawlState state, const CrawlerPeers& peers);

  absl::Status AddListings(const Site& site);
  absl::Status CheckHeld(absl::string_view site) const;
  void TakeOverSites();
  void Schedule();
  absl::Time Step();
  size_t Room() const;
  absl::Status DispatchAll(std::vector<Lease> leases);
  absl::Status Dispatch(Lease lease);
  // How long the host waits that a robots.txt is asked of instead; zero: its turn is taken.
  absl::StatusOr<absl::Duration> WaitFor(const Fetched& request);
  void Request(Fetched request, FetchRequest what);
  void TakeArrivals();
  void Offer(const std::vector<Intake::Taken>& taken);
  void Wake();
  void AwaitFetches();

  const CrawlerOptions options_;
  const Sites sites_;
  const Clock& clock_;
  CrawlState state_;
  const RobotsGate gate_;
  const Overview overview_;
  Intake intake_;
  Gauge& outbox_pages_;
  Deliverer deliverer_;
  absl::BitGen random_;             // the scheduling thread's
  BoundedQueue<Fetched> arrivals_;  // has room for every fetch under way: the I/O thread never waits

  mutable Mutex mu_;
  mutable CondVar changed_;
  size_t fetching_ ABSL_GUARDED_BY(mu_) = 0;
  bool poked_ ABSL_GUARDED_BY(mu_) = false;
  bool draining_ ABSL_GUARDED_BY(mu_) = false;
  bool started_ ABSL_GUARDED_BY(mu_) = false;
  absl::Time disk_trouble_until_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();

  std::unique_ptr<TakeOver> take_over_;  // null: there are no others
  std::unique_ptr<Fetcher> fetcher_;
  std::thread scheduling_;
  std::thread taking_;
  std::thread taking_over_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_CRAWLER_H_
