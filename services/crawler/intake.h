// What comes in goes where it belongs: answers from the network into the archive, the outbox and the frontier; outcomes
// from the normalizer into the frontier, and the page out of the outbox.
#ifndef TINTINH_SERVICES_CRAWLER_INTAKE_H_
#define TINTINH_SERVICES_CRAWLER_INTAKE_H_

#include <cstdint>
#include <optional>
#include <string>

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
};

// Thread-safe. All references outlive this.
class Intake {
 public:
  Intake(const Sites& sites, CrawlState& state, const RobotsGate& gate, Metrics& metrics, const Clock& clock)
      : sites_(sites), state_(state), gate_(gate), metrics_(metrics), clock_(clock) {}

  // The number of the page kept, nothing when the answer held none, or an error when the answer could not be put on
  // disk: its URL then waits on, and nothing more should be fetched for a while.
  absl::StatusOr<std::optional<uint64_t>> Take(Fetched fetched);

  // The message for a page of the outbox. NOT_FOUND: it is not there any more.
  absl::StatusOr<v1::Page> ReadPage(uint64_t sequence) const;

  // Queues the links of a page, records its final outcome and takes it out of the outbox.
  absl::Status SettlePage(uint64_t sequence, const v1::ProcessResponse& response);

 private:
  absl::Status TakeRobots(const Fetched& fetched);
  absl::StatusOr<std::optional<uint64_t>> TakeVisit(Fetched fetched);
  absl::Status Archive(const Fetched& fetched, Visit& visit);
  absl::StatusOr<std::optional<uint64_t>> Keep(const Lease& lease, Visit visit);
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
