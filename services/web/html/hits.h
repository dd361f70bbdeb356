// The articles that a search found, near-duplicates together.
#ifndef TINTINH_SERVICES_WEB_HTML_HITS_H_
#define TINTINH_SERVICES_WEB_HTML_HITS_H_

#include <string>
#include <vector>

#include "google/protobuf/repeated_field.h"
#include "services/web/api/search_params.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

using Hits = google::protobuf::RepeatedPtrField<v1::Hit>;

// The first found of a duplicate cluster, and the others in order. Views of the hits given.
struct HitGroup {
  const v1::Hit* first = nullptr;
  std::vector<const v1::Hit*> others;
};
std::vector<HitGroup> GroupDuplicates(const Hits& hits);

// A list with snippets, or empty where there is no hit. Links to articles carry the search of `params`.
std::string HitListHtml(const Params& params, const Hits& hits);

// Titles with source, date and place only; one of each duplicate cluster.
std::string HeadlinesHtml(const Params& params, const Hits& hits);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_HITS_H_
