// Every document of a segment, all with the score 0.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_MATCH_ALL_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_MATCH_ALL_ITERATOR_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {

class MatchAllIterator final : public DocIterator {
 public:
  explicit MatchAllIterator(uint32_t documents) : documents_(documents) {}
  bool Matches(uint32_t doc) override { return doc < documents_; }
  double Score() override { return 0; }
  uint32_t Seek(uint32_t target) override { return target < documents_ ? target : kNoMoreDocs; }
  double MaxScore(uint32_t, uint32_t) override { return 0; }
  void FillBits(uint32_t begin, uint32_t end, uint64_t* bits) override {
    end = std::min(end, documents_);
    for (; begin < end; begin += 64, ++bits) {
      *bits |= end - begin >= 64 ? ~uint64_t{0} : (uint64_t{1} << (end - begin)) - 1;
    }
  }
  void AddChampions(std::vector<uint32_t>&) override {}
  uint64_t cost() const override { return documents_; }
  absl::Status status() const override { return absl::OkStatus(); }
  void Rewind() override {}

 private:
  const uint32_t documents_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_MATCH_ALL_ITERATOR_H_
