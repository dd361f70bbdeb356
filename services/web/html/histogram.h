// How many articles a search finds over time, drawn by the server.
#ifndef TINTINH_SERVICES_WEB_HTML_HISTOGRAM_H_
#define TINTINH_SERVICES_WEB_HTML_HISTOGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/web/api/search_params.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// Buckets of the same number of months without a gap, from the first month that has articles to the last; none where no
// month has any. As many months to a bucket (1, 3 or 12) as keep them at most kMostBuckets; when years are still too
// many the earliest are left out: a page that says it is of the year 1 takes no room from the others.
struct Histogram {
  absl::CivilMonth first;
  int months_per_bucket = 1;
  std::vector<uint64_t> counts;

  absl::CivilMonth End() const;  // the month after the last
};
inline constexpr int kMostBuckets = 120;
Histogram MakeHistogram(const v1::Facet& months);

// The band above the results: bars where there are two at least, two sliders for the script, and the form's fields from
// and to, which are there without bars too.
std::string TimeBandHtml(const Params& params, const v1::Facet& months);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_HISTOGRAM_H_
