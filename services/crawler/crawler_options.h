// What a crawler is built from, as its configuration says.
#ifndef TINTINH_SERVICES_CRAWLER_CRAWLER_OPTIONS_H_
#define TINTINH_SERVICES_CRAWLER_CRAWLER_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/crawler/deliver/deliverer.h"
#include "services/crawler/fetch/transfer.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::crawler {

struct Member;

struct CrawlerOptions {
  std::string data_directory;  // holds frontier/ and warc/
  FetcherOptions fetch;
  Patience patience;
  DelivererOptions delivery;
  size_t max_outbox_pages = 1000;
  uint64_t warc_file_bytes = uint64_t{1} << 30;
  uint64_t warc_total_bytes = 0;  // 0: no bound
  absl::Duration server_delay = absl::Milliseconds(500);
  bool sites_are_held = false;  // none is visited before the other members were asked for it
  absl::Duration handover_patience = absl::Minutes(10);
  absl::Duration handover_interval = absl::Seconds(5);  // between two looks at sites that others have not given yet
  absl::Duration drain_patience = absl::Seconds(10);    // for fetches under way; then they are cut off
};

// INVALID_ARGUMENT names the setting that is wrong. An empty user agent becomes "tintinh".
absl::StatusOr<CrawlerOptions> OptionsOf(const config::v1::CrawlerConfig& config);

// The members but the one that this is, and the former ones. INVALID_ARGUMENT: not a target for each member, or one
// that cannot be used.
absl::StatusOr<std::vector<Member>> ConnectMembers(const config::v1::CrawlerConfig& config);

// Reads and checks the sites file that `config` names; see Sites::Create for what is refused.
absl::StatusOr<Sites> LoadSites(const config::v1::CrawlerConfig& config);

// All that OptionsOf and LoadSites refuse.
absl::Status CheckConfig(const config::v1::CrawlerConfig& config);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_CRAWLER_OPTIONS_H_
