// Which counts the results page shows beside a search.
#ifndef TINTINH_SERVICES_WEB_FACET_COUNTS_H_
#define TINTINH_SERVICES_WEB_FACET_COUNTS_H_

#include <vector>

#include "services/web/api/api.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// The calls that give province (of either epoch), site, section and month over the matches of a search, one to five:
// each condition is left out of its own facet, so that a reader who has ticked one province still sees the others, and
// one who has chosen a year the years around it.
std::vector<v1::FacetsRequest> FacetRequests(const v1::SearchRequest& search);

// All facets in one answer, coverage that of the poorest call. Those of a call that failed are missing, and after
// one that took too long no other is made: a search is shown without counts rather than late or not at all.
v1::FacetsResponse CountBeside(const Api& api, const v1::SearchRequest& search);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_FACET_COUNTS_H_
