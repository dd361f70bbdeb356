// The frame around every page: head, search form, foot.
#ifndef TINTINH_SERVICES_WEB_HTML_PAGE_FRAME_H_
#define TINTINH_SERVICES_WEB_HTML_PAGE_FRAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/web/api/search_params.h"

namespace tintinh::web {

// The frame with `main_html` in it and the form filled from `params`. `title` is text, `main_html` is HTML; `kind`
// (home, results, article, error) is for the style sheet.
std::string Frame(absl::string_view kind, absl::string_view title, const Params& params, absl::string_view main_html);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_PAGE_FRAME_H_
