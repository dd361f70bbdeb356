#include "services/query/search_plan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"
#include "services/query/filter/resolve_filter.h"
#include "services/query/snippet/snippet.h"

namespace tintinh::query {
namespace {

constexpr uint32_t kDefaultFacetValues = 20;
constexpr uint32_t kMaxFacetValues = 1000;

absl::Status CheckText(absl::string_view query) {
  if (query.size() <= kMaxQueryBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("query: ", query.size(), " bytes, at most ", kMaxQueryBytes, " are allowed"));
}

absl::Status CheckRange(absl::string_view field, uint32_t value, uint32_t min, uint32_t max) {
  if (value == 0 || (value >= min && value <= max)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", value, " is outside ", min, " to ", max));
}

absl::Status CheckSearch(const v1::SearchRequest& request) {
  RETURN_IF_ERROR(CheckText(request.query()));
  RETURN_IF_ERROR(CheckRange("page_size", request.page_size(), 1, kMaxPageSize));
  RETURN_IF_ERROR(CheckRange("snippet_bytes", request.snippet_bytes(), kMinSnippetBytes, kMaxSnippetBytes));
  if (!v1::SortOrder_IsValid(request.sort())) {
    return absl::InvalidArgumentError(absl::StrCat("sort: ", request.sort(), " is no sort order"));
  }
  if (request.minimum_positions_size() > kMaxMinimumPositions) {
    return absl::InvalidArgumentError(absl::StrCat("minimum_positions: ", request.minimum_positions_size(),
                                                   " values, at most ", kMaxMinimumPositions, " are allowed"));
  }
  return absl::OkStatus();
}

bool IsBlank(absl::string_view text) { return absl::StripAsciiWhitespace(text).empty(); }

bool IsDateOrder(v1::SortOrder sort) { return sort == v1::SORT_ORDER_NEWEST || sort == v1::SORT_ORDER_OLDEST; }

v1::LeafQuery MatchAll() {
  v1::LeafQuery query;
  query.mutable_match_all();
  return query;
}

bool IsSet(const v1::LeafQuery& query) { return query.node_case() != v1::LeafQuery::NODE_NOT_SET; }

// RELEVANCE needs scores; without wanted words there are none.
v1::SortOrder EffectiveSort(v1::SortOrder asked, const ParsedQuery& parsed) {
  if (IsDateOrder(asked)) return asked;
  return IsSet(parsed.strict) && !parsed.only_exclusions ? v1::SORT_ORDER_RELEVANCE : v1::SORT_ORDER_NEWEST;
}

absl::Status ReadPageStart(const v1::SearchRequest& request, SearchPlan& plan) {
  if (request.page_token().empty()) {
    plan.may_widen = IsSet(plan.parsed.widened);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(PageStart start, ReadPageToken(request));
  plan.widened = start.widened && IsSet(plan.parsed.widened);
  plan.root.after = std::move(start.after);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SearchPlan> PlanSearch(const v1::SearchRequest& request) {
  RETURN_IF_ERROR(CheckSearch(request));
  SearchPlan plan;
  ASSIGN_OR_RETURN(plan.root.filter, ResolveFilter(request.filter()));
  if (IsBlank(request.query()) && IsEmpty(request.filter())) {
    return absl::InvalidArgumentError("query: is empty, and so is filter; give at least one");
  }
  plan.parsed = Parse(request.query(), IsDateOrder(request.sort()) ? Ranking::kDate : Ranking::kScore);
  RETURN_IF_ERROR(plan.parsed.status);
  plan.root.filter = BothFilters(std::move(plan.root.filter), plan.parsed.conditions);
  RETURN_IF_ERROR(ReadPageStart(request, plan));
  plan.root.query = plan.widened ? plan.parsed.widened : plan.parsed.strict;
  if (!IsSet(plan.root.query)) {
    plan.finds_nothing = IsEmpty(plan.root.filter);
    plan.root.query = MatchAll();
  }
  plan.root.sort = EffectiveSort(request.sort(), plan.parsed);
  plan.page_size = request.page_size() == 0 ? kDefaultPageSize : request.page_size();
  plan.snippet_bytes = request.snippet_bytes() == 0 ? kDefaultSnippetBytes : request.snippet_bytes();
  plan.root.limit = plan.page_size + 1;  // one more tells whether there is a next page
  plan.root.exact_total = request.exact_total();
  plan.root.minimum_positions.assign(request.minimum_positions().begin(), request.minimum_positions().end());
  return plan;
}

absl::StatusOr<v1::LeafFacetsRequest> PlanFacets(const v1::FacetsRequest& request) {
  RETURN_IF_ERROR(CheckText(request.query()));
  RETURN_IF_ERROR(CheckRange("limit", request.limit(), 1, kMaxFacetValues));
  if (request.fields_size() > v1::FacetField_ARRAYSIZE) {
    return absl::InvalidArgumentError(
        absl::StrCat("fields: ", request.fields_size(), " values, at most ", v1::FacetField_ARRAYSIZE, " are allowed"));
  }
  v1::LeafFacetsRequest leaf;
  for (const int field : request.fields()) {
    if (!v1::FacetField_IsValid(field) || field == v1::FACET_FIELD_UNSPECIFIED) {
      return absl::InvalidArgumentError(absl::StrCat("fields: ", field, " is no facet field"));
    }
    if (std::count(leaf.fields().begin(), leaf.fields().end(), field) > 0) {
      return absl::InvalidArgumentError(absl::StrCat("fields: ", field, " is there twice"));
    }
    leaf.add_fields(static_cast<v1::FacetField>(field));
  }
  for (int field = v1::FacetField_MIN + 1; request.fields().empty() && field < v1::FacetField_ARRAYSIZE; ++field) {
    leaf.add_fields(static_cast<v1::FacetField>(field));
  }
  ASSIGN_OR_RETURN(v1::Filter filter, ResolveFilter(request.filter()));
  const ParsedQuery parsed = Parse(request.query(), Ranking::kScore);
  RETURN_IF_ERROR(parsed.status);
  *leaf.mutable_filter() = BothFilters(std::move(filter), parsed.conditions);
  *leaf.mutable_query() = IsSet(parsed.strict) ? parsed.strict : MatchAll();
  leaf.set_limit(request.limit() == 0 ? kDefaultFacetValues : request.limit());
  return leaf;
}

}  // namespace tintinh::query
