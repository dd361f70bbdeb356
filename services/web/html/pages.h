// The pages as HTML, complete without JavaScript. Every text that comes from outside is escaped; `params` are those of
// the page's own address: they choose the language and fill the search form.
#ifndef TINTINH_SERVICES_WEB_HTML_PAGES_H_
#define TINTINH_SERVICES_WEB_HTML_PAGES_H_

#include <string>

#include "absl/status/status.h"
#include "services/web/api/search_params.h"
#include "services/web/html/boxes.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// `latest` and `counts` are of the whole archive; empty where it did not answer, and left out then.
std::string HomePage(const Params& params, const v1::SearchResponse& latest, const v1::FacetsResponse& counts);

// `counts` without facets leave the conditions without figures.
std::string ResultsPage(const Params& params, const v1::SearchResponse& response, const v1::FacetsResponse& counts,
                        const Labels& site_names = {});

// What went wrong in a reader's words; what is wrong with the request is added where it is.
std::string ErrorPage(const Params& params, const absl::Status& status);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_PAGES_H_
