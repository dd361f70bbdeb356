// Builds the SearchResponse from what the shards found.
#ifndef TINTINH_SERVICES_QUERY_SEARCH_RESPONSE_H_
#define TINTINH_SERVICES_QUERY_SEARCH_RESPONSE_H_

#include <vector>

#include "services/query/root_search/root_search.h"
#include "services/query/search_plan.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

// `found` holds at most plan.page_size + 1 hits, `articles` those of the first page_size in any order. A hit whose
// article is missing, because it was deleted since or its indexer failed, is left out; the next page starts behind it.
// Notices are in Vietnamese, for readers.
v1::SearchResponse BuildSearchResponse(const SearchPlan& plan, const v1::SearchRequest& request,
                                       const RootResult& found, const std::vector<v1::Article>& articles);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SEARCH_RESPONSE_H_
