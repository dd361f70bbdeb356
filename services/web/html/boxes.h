// Values of a facet as boxes to tick in the search form.
#ifndef TINTINH_SERVICES_WEB_HTML_BOXES_H_
#define TINTINH_SERVICES_WEB_HTML_BOXES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/web/api/search_params.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// The facet of a field; an empty one where it was not counted.
const v1::Facet& FacetOf(const v1::FacetsResponse& counts, v1::FacetField field);

// What readers call a value, by value; values without a label are called what they are.
using Labels = absl::flat_hash_map<std::string, std::string>;
const std::string& LabelOf(const Labels& labels, const std::string& value);

// A parameter of the form and its value, whether it is ticked, and how many articles have it.
struct Box {
  std::string name, value, label;
  uint64_t articles = 0;
  bool ticked = false;
};

// The values of a facet as the parameter `name`, in their order. Values of `params` that count nothing come last: what
// is in force is seen.
std::vector<Box> BoxesOf(const Params& params, const std::string& name, const v1::Facet& facet,
                         const Labels& labels = {});

std::string BoxHtml(const Params& params, const Box& box);

// The first `shown` and every ticked one; the others, where there are more than two, unfolded on request, at most
// `kMostBoxes` in all.
inline constexpr size_t kMostBoxes = 60;
std::string BoxList(const Params& params, const std::vector<Box>& boxes, size_t shown);

// <details> that the script keeps open over new results; `id` is unique on the page.
std::string Unfolding(const std::string& id, const std::string& summary_html, const std::string& html);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_BOXES_H_
