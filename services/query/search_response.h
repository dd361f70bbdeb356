// Builds the SearchResponse from what the shards found.
#ifndef TINTINH_SERVICES_QUERY_SEARCH_RESPONSE_H_
#define TINTINH_SERVICES_QUERY_SEARCH_RESPONSE_H_

#include "services/query/root_search/root_search.h"
#include "services/query/search_plan.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

// `found` holds at most plan.page_size + 1 hits, `fetched` the articles of the first page_size in any order. A hit
// whose article is missing is left out, and the next page starts behind it: silently when the article was deleted
// since, with a notice when an indexer failed. Notices are in Vietnamese, for readers.
v1::SearchResponse BuildSearchResponse(const SearchPlan& plan, const v1::SearchRequest& request,
                                       const RootResult& found, const FetchedArticles& fetched);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SEARCH_RESPONSE_H_
