// What a crawler is built from, as its configuration says.
#ifndef TINTINH_SERVICES_CRAWLER_CRAWLER_OPTIONS_H_
#define TINTINH_SERVICES_CRAWLER_CRAWLER_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/crawler/deliver/deliverer.h"
#include "services/crawler/fetch/transfer.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::crawler {

struct CrawlerOptions {
  std::string data_directory;  // holds frontier/ and warc/
  FetcherOptions fetch;
  Patience patience;
  DelivererOptions delivery;
  size_t max_outbox_pages = 1000;
  uint64_t warc_file_bytes = uint64_t{1} << 30;
  uint64_t warc_total_bytes = 0;  // 0: no bound
  absl::Duration server_delay = absl::Milliseconds(500);
  absl::Duration drain_patience = absl::Seconds(10);  // for fetches under way; then they are cut off
};

// INVALID_ARGUMENT names the setting that is wrong. An empty user agent becomes "tintinh".
absl::StatusOr<CrawlerOptions> OptionsOf(const config::v1::CrawlerConfig& config);

// Reads and checks the sites file that `config` names; see Sites::Create for what is refused.
absl::StatusOr<Sites> LoadSites(const config::v1::CrawlerConfig& config);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_CRAWLER_OPTIONS_H_
