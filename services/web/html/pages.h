// The pages as HTML, complete without JavaScript.
#ifndef TINTINH_SERVICES_WEB_HTML_PAGES_H_
#define TINTINH_SERVICES_WEB_HTML_PAGES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/web/api/search_params.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// Every text that comes from outside is escaped. `params` fill the search form.
std::string HomePage(const Params& params);
std::string ResultsPage(const Params& params, const v1::SearchResponse& response);
std::string ArticlePage(const v1::Article& article);
// What went wrong in a reader's words; what is wrong with the request is added where it is.
std::string ErrorPage(const Params& params, const absl::Status& status);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_PAGES_H_
