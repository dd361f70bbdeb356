// One stored article.
#ifndef TINTINH_SERVICES_WEB_HTML_ARTICLE_PAGE_H_
#define TINTINH_SERVICES_WEB_HTML_ARTICLE_PAGE_H_

#include <string>

#include "services/web/api/search_params.h"
#include "services/web/html/hits.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::web {

// Text, captions, source, cited documents, articles like it where `similar` has any, and where the copy comes from.
// `params` are of the page's address: the search that led here, for the way back.
std::string ArticlePage(const Params& params, const v1::Article& article, const Hits& similar);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_ARTICLE_PAGE_H_
