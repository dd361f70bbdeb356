// Addresses within the site: a search with one condition more or less, and everything else as it was.
#ifndef TINTINH_SERVICES_WEB_HTML_LINKS_H_
#define TINTINH_SERVICES_WEB_HTML_LINKS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/web/api/search_params.h"

namespace tintinh::web {

// All return URLs, not HTML, of the first page; the language stays.
std::string SearchLink(const Params& params, absl::string_view page_token = "");
std::string SearchWith(Params params, const std::string& name, absl::string_view value);     // in place of the others
std::string SearchWithout(Params params, const std::string& name, absl::string_view value);  // of several values one
std::string SearchWithout(Params params, const std::string& name);

// A search for one condition only.
std::string SearchFor(const Params& params, const std::string& name, absl::string_view value);

// An article, with the search that it was found by, so that the reader finds back.
std::string ArticleLink(const Params& params, absl::string_view article_id);

std::string HomeLink(const Params& params);
std::string OperatorLink(const Params& params);

// The same parameters in the other language.
Params InOtherLanguage(Params params);

// Whether `params` have this value among those of `name`.
bool HasParam(const Params& params, const std::string& name, absl::string_view value);

// Whether there is any text or condition in it.
bool IsSearch(const Params& params);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_LINKS_H_
