// Makes hits of candidates that are scored to the end.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_HIT_COLLECTOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_HIT_COLLECTOR_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "services/indexer/search/candidates.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/segment_matches.h"
#include "services/indexer/search/top_hits.h"

namespace tintinh::indexer {

class HitCollector {
 public:
  HitCollector(const Eligible& eligible, std::vector<DocIterator*> must_not, TopHits& top)
      : eligible_(eligible), must_not_(std::move(must_not)), top_(top) {}

  // Documents ascend over all calls.
  void Add(const Candidates& candidates) {
    const ColumnArrays& columns = eligible_.view.segment->columns();
    for (size_t i = 0; i < candidates.size(); ++i) {
      const uint32_t doc = candidates.docs[i];
      if (candidates.scores[i] < top_.floor() || !Accepts(doc)) continue;
      ++found_;
      top_.Add({candidates.scores[i], doc, &columns});
    }
  }

  uint64_t found() const { return found_; }

 private:
  bool Accepts(uint32_t doc) {
    return eligible_.Has(doc) && std::none_of(must_not_.begin(), must_not_.end(),
                                              [doc](DocIterator* clause) { return clause->Matches(doc); });
  }

  const Eligible eligible_;
  const std::vector<DocIterator*> must_not_;
  TopHits& top_;
  uint64_t found_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_HIT_COLLECTOR_H_
