// What comes in goes where it belongs: answers from the network into the archive, the outbox and the frontier; outcomes
// from the normalizer into the frontier, and the page out of the outbox.
#ifndef TINTINH_SERVICES_CRAWLER_INTAKE_H_
#define TINTINH_SERVICES_CRAWLER_INTAKE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "services/crawler/crawl_state.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/sites/sites.h"
#include "services/crawler/visit/robots_gate.h"
#include "services/crawler/visit/visit.h"
#include "tintinh/v1/normalizer_service.pb.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::crawler {

// An answer to the request that a lease allowed.
struct Fetched {
  enum class Purpose { kUrl, kRobots };
  Lease lease;
  Location location;
  Purpose purpose = Purpose::kUrl;
  std::string trace_id;  // 32 hex digits
  FetchResult result;
  bool elsewhere = false;  // a robots.txt of another host was asked for: there is no telling who answers for this one
  std::string guest_of = {};  // and that host's queue, where it is one of ours
};

// Thread-safe. All references outlive this.
class Intake {
 public:
  Intake(const Sites& sites, CrawlState& state, const RobotsGate& gate, Metrics& metrics, const Clock& clock)
      : sites_(sites), state_(state), gate_(gate), metrics_(metrics), clock_(clock) {}

  // What came of each answer: the number of the page kept, nothing when it held none, or FAILED_PRECONDITION when its
  // lease had ended. One write to the archive and one to the database for all. An error: they could not be put on disk;
  // the URLs wait on, and nothing more should be fetched for a while.
  using Taken = absl::StatusOr<std::optional<uint64_t>>;
  absl::StatusOr<std::vector<Taken>> TakeAll(std::vector<Fetched> fetched);
  Taken Take(Fetched fetched);  // one answer

  // The message for a page of the outbox. NOT_FOUND: it is not there any more.
  absl::StatusOr<v1::Page> ReadPage(uint64_t sequence) const;

  // Queues the links of a page, records its final outcome and takes it out of the outbox.
  absl::Status SettlePage(uint64_t sequence, const v1::ProcessResponse& response);

 private:
  // An answer, judged.
  struct Judged {
    Visit visit;
    std::optional<disk::v1::RobotsRecord> robots;
    std::optional<uint64_t> sequence;  // of the page, once it is in the outbox
  };
  Judged JudgeOne(Fetched& fetched, absl::Status& trouble) const;
  Judged JudgeRobots(const Fetched& fetched, absl::Status& trouble) const;
  absl::Status AddDiscovered(const std::vector<Fetched>& fetched, std::vector<Judged>& judged);
  absl::Status Archive(const std::vector<Fetched>& fetched, std::vector<Judged>& judged);
  void Store(Judged& judged, kv::WriteBatch& batch);
  absl::StatusOr<std::vector<Taken>> Complete(const std::vector<Fetched>& fetched, std::vector<Judged>& judged);
  absl::Status PlanRevisit(const std::string& url, uint32_t new_links, FinalOutcome& outcome) const;
  absl::Status ReportSite(const std::string& site) const;
  void Report(const Fetched& fetched, const Visit& visit) const;

  const Sites& sites_;
  CrawlState& state_;
  const RobotsGate& gate_;
  Metrics& metrics_;
  const Clock& clock_;
};

// "page_kept", "not_modified", …: for logs and metrics.
absl::string_view NameOf(FetchOutcome outcome);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_INTAKE_H_
