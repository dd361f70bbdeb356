// The 34 provinces of today, each with those before 1 July 2025 that it was made of, and how many articles are of each.
#ifndef TINTINH_SERVICES_WEB_HTML_PLACE_LIST_H_
#define TINTINH_SERVICES_WEB_HTML_PLACE_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/web/api/search_params.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

struct PlaceCount {
  std::string name;
  uint64_t articles = 0;
};

// `earlier` leaves out a province that kept its name: a search for that name finds both, so a count of the earlier one
// alone would promise what no search gives.
struct PlaceRow {
  PlaceCount today;
  std::vector<PlaceCount> earlier;
};

// All 34, in the order of the alphabet as Vietnamese readers know it from lists: cities first.
std::vector<PlaceRow> PlaceRows(const v1::FacetsResponse& counts);

// Each place a link to its articles.
std::string PlaceLinks(const Params& params, const v1::FacetsResponse& counts);

// Each place a box to tick: those with the most articles, the rest unfolded on request. Ticked are those of `params`.
std::string PlaceBoxes(const Params& params, const v1::FacetsResponse& counts);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_PLACE_LIST_H_
