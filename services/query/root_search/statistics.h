// Statistics of the whole collection from those of its parts.
#ifndef TINTINH_SERVICES_QUERY_ROOT_SEARCH_STATISTICS_H_
#define TINTINH_SERVICES_QUERY_ROOT_SEARCH_STATISTICS_H_

#include <vector>

#include "absl/status/status.h"
#include "tintinh/v1/indexer_service.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

// Every term a query scores by, keys of phrases included, each once, in the order of first use.
std::vector<v1::TermKey> CollectTerms(const v1::LeafQuery& query);

// Adds `part` to `sum`, both about the same `terms` terms. INTERNAL, and `sum` untouched, when `part` has another
// number of frequencies.
absl::Status AddStatistics(const v1::CollectionStatistics& part, int terms, v1::CollectionStatistics& sum);

// Makes the figures of the parts those of the article: a key is as frequent in each part as in the one where it is most
// frequent, among as many documents, and lengths stay what they are on average. "của" is in one title of ten and in
// every text; by the titles alone it would score there like a rare word. `terms` are what `sum` has frequencies for.
void ShareAmongParts(const std::vector<v1::TermKey>& terms, v1::CollectionStatistics& sum);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_ROOT_SEARCH_STATISTICS_H_
