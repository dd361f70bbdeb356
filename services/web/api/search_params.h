// From the query part of a URL to a SearchRequest.
#ifndef TINTINH_SERVICES_WEB_API_SEARCH_PARAMS_H_
#define TINTINH_SERVICES_WEB_API_SEARCH_PARAMS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

using Params = std::multimap<std::string, std::string>;  // decoded

inline constexpr size_t kMaxParams = 64;

// q, page_token, page_size, snippet_bytes, sort (relevance, newest, oldest), exact_total (true, false), from and to
// (days as 2021-09-30 in Viet Nam, both inclusive), each at most once; province, site, district, section, language and
// document any number of times. Empty values count as absent, other names are ignored,
// ill-formed UTF-8 becomes U+FFFD. INVALID_ARGUMENT names the
// parameter and its value; limits that the query service keeps are left to it.
absl::StatusOr<v1::SearchRequest> ReadSearchParams(const Params& params);

// True when there is neither text nor any condition to search for.
bool AsksNothing(const v1::SearchRequest& request);

// The value of a parameter, empty when it is absent.
absl::string_view Param(const Params& params, const std::string& name);

// "/search?…" with the parameters above that are set, page_token replaced by `page_token`.
std::string SearchUrl(const Params& params, absl::string_view page_token);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_API_SEARCH_PARAMS_H_
