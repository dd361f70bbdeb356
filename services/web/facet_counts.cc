#include "services/web/facet_counts.h"

#include <cstdint>
#include <utility>

#include "absl/status/status.h"

namespace tintinh::web {
namespace {

constexpr uint32_t kLimit = 1000;  // what a facets call allows: every month of 83 years

enum class Dimension { kPlace, kSite, kSection, kTime };
constexpr Dimension kDimensions[] = {Dimension::kPlace, Dimension::kSite, Dimension::kSection, Dimension::kTime};

void AddFields(Dimension dimension, v1::FacetsRequest& request) {
  switch (dimension) {
    case Dimension::kPlace:
      request.add_fields(v1::FACET_FIELD_PROVINCE_TODAY);
      request.add_fields(v1::FACET_FIELD_PROVINCE);
      break;
    case Dimension::kSite:
      request.add_fields(v1::FACET_FIELD_SITE);
      break;
    case Dimension::kSection:
      request.add_fields(v1::FACET_FIELD_SECTION);
      break;
    case Dimension::kTime:
      request.add_fields(v1::FACET_FIELD_MONTH);
      break;
  }
}

bool Restricts(const v1::Filter& filter, Dimension dimension) {
  switch (dimension) {
    case Dimension::kPlace:
      return !filter.provinces().empty();
    case Dimension::kSite:
      return !filter.sites().empty();
    case Dimension::kSection:
      return !filter.sections().empty();
    case Dimension::kTime:
      return filter.has_published_from() || filter.has_published_before();
  }
  return false;
}

void Lift(Dimension dimension, v1::Filter& filter) {
  switch (dimension) {
    case Dimension::kPlace:
      filter.clear_provinces();
      break;
    case Dimension::kSite:
      filter.clear_sites();
      break;
    case Dimension::kSection:
      filter.clear_sections();
      break;
    case Dimension::kTime:
      filter.clear_published_from();
      filter.clear_published_before();
      break;
  }
}

v1::FacetsRequest EmptyRequest(const v1::SearchRequest& search) {
  v1::FacetsRequest request;
  request.set_query(search.query());
  *request.mutable_filter() = search.filter();
  request.set_limit(kLimit);
  return request;
}

// A call must ask for something: without words and conditions, for everything that is dated.
void AskForSomething(v1::FacetsRequest& request) {
  if (request.query().empty() && request.filter().ByteSizeLong() == 0) {
    request.mutable_filter()->mutable_published_from()->set_seconds(0);
  }
}

void Merge(const v1::FacetsResponse& part, v1::FacetsResponse& whole) {
  const bool poorer = whole.facets().empty() || part.shards_answered() < whole.shards_answered();
  if (poorer) {
    whole.set_shards_answered(part.shards_answered());
    whole.set_shards_asked(part.shards_asked());
  }
  whole.mutable_facets()->MergeFrom(part.facets());
}

}  // namespace

std::vector<v1::FacetsRequest> FacetRequests(const v1::SearchRequest& search) {
  std::vector<v1::FacetsRequest> requests;
  v1::FacetsRequest common = EmptyRequest(search);
  for (const Dimension dimension : kDimensions) {
    if (!Restricts(search.filter(), dimension)) {
      AddFields(dimension, common);
      continue;
    }
    v1::FacetsRequest own = EmptyRequest(search);
    Lift(dimension, *own.mutable_filter());
    AddFields(dimension, own);
    requests.push_back(std::move(own));
  }
  if (!common.fields().empty()) requests.push_back(std::move(common));
  for (v1::FacetsRequest& request : requests) AskForSomething(request);
  return requests;
}

v1::FacetsResponse CountBeside(const Api& api, const v1::SearchRequest& search) {
  v1::FacetsResponse counts;
  for (const v1::FacetsRequest& request : FacetRequests(search)) {
    const absl::StatusOr<v1::FacetsResponse> part = api.CountFacets(request);
    if (part.ok()) Merge(*part, counts);
    if (absl::IsDeadlineExceeded(part.status())) break;
  }
  return counts;
}

}  // namespace tintinh::web
