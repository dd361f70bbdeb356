// The operator's page: what each site yields, what holds it up, and how far each shard is.
#ifndef TINTINH_SERVICES_WEB_HTML_OPERATOR_PAGE_H_
#define TINTINH_SERVICES_WEB_HTML_OPERATOR_PAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/web/api/search_params.h"
#include "tintinh/v1/crawler_service.pb.h"
#include "tintinh/v1/indexer_service.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// A snapshot. The counts are of the facet site over articles published in the hour and the day before `now`, empty
// where the query service did not answer.
struct OperatorSnapshot {
  absl::Time now;
  absl::StatusOr<v1::GetCrawlerStatusResponse> crawler;
  absl::StatusOr<v1::GetIndexStatusResponse> index;
  v1::FacetsResponse last_hour, last_day;
};

std::string OperatorPage(const Params& params, const OperatorSnapshot& snapshot);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_OPERATOR_PAGE_H_
