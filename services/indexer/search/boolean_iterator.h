// Iterator over a boolean combination.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_BOOLEAN_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_BOOLEAN_ITERATOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {

struct BooleanParts {
  DocIterators must, should, must_not;
  uint32_t minimum_should = 0;  // >= 1 where there is no must
};

class BooleanIterator final : public DocIterator {
 public:
  explicit BooleanIterator(BooleanParts parts);

  const BooleanParts& parts() const { return parts_; }
  const std::vector<DocIterator*>& must_by_cost() const { return order_; }  // rarest first

  bool Matches(uint32_t doc) override;
  double Score() override;
  uint32_t Seek(uint32_t target) override;
  double MaxScore(uint32_t begin, uint32_t end) override;
  void FillBits(uint32_t begin, uint32_t end, uint64_t* bits) override;
  void AddChampions(std::vector<uint32_t>& docs) override;
  uint64_t cost() const override;
  uint64_t sure_matches() const override;
  absl::Status status() const override;
  void Rewind() override;

 private:
  uint32_t NextCandidate(uint32_t target);
  uint32_t NextOfAny(uint32_t target);
  bool Excludes(uint32_t doc);

  const BooleanParts parts_;
  std::vector<DocIterator*> order_;
  std::vector<DocIterator*> matching_;  // of must and should, at the current document
  std::optional<uint32_t> found_;       // by the last Seek(), when nothing else was asked since
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_BOOLEAN_ITERATOR_H_
