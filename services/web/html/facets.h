// The conditions beside the results, and those in force with a way to be rid of each.
#ifndef TINTINH_SERVICES_WEB_HTML_FACETS_H_
#define TINTINH_SERVICES_WEB_HTML_FACETS_H_

#include <string>

#include "services/web/api/search_params.h"
#include "services/web/html/boxes.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// Provinces, papers and sections to tick, with a button for browsers without script; says where counts are partial.
// Papers are called by `site_names`.
std::string FacetsHtml(const Params& params, const v1::FacetsResponse& counts, const Labels& site_names);

// The conditions in force, each a link that removes it; empty where there is none.
std::string ChipsHtml(const Params& params, const Labels& site_names);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_FACETS_H_
