// Terms of a segment in memory in byte order.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SORT_TERMS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SORT_TERMS_H_

#include <vector>

#include "services/indexer/segment/term_list.h"

namespace tintinh::indexer {

void SortTerms(std::vector<const TermList*>& lists);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SORT_TERMS_H_
