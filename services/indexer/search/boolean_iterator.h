// Iterator over a boolean combination.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_BOOLEAN_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_BOOLEAN_ITERATOR_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {

using DocIterators = std::vector<std::unique_ptr<DocIterator>>;

struct BooleanParts {
  DocIterators must, should, must_not;
  uint32_t minimum_should = 0;  // >= 1 where there is no must
};

class BooleanIterator final : public DocIterator {
 public:
  explicit BooleanIterator(BooleanParts parts);
  double Score() override;
  uint64_t cost() const override;
  absl::Status status() const override;

 private:
  uint32_t Advance(uint32_t target) override;
  uint32_t NextCandidate(uint32_t target);
  uint32_t NextOfAll(uint32_t target);
  uint32_t NextOfAny(uint32_t target);
  bool Accepts(uint32_t doc);

  const BooleanParts parts_;
  std::vector<DocIterator*> order_;  // must, rarest first
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_BOOLEAN_ITERATOR_H_
