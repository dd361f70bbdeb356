// Iterator over the documents where all terms of a phrase stand at their distances; the number of such places is the
// freq that is scored.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_PHRASE_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_PHRASE_ITERATOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/term_iterator.h"

namespace tintinh::indexer {

using PostingCursors = std::vector<std::unique_ptr<PostingCursor>>;

// Every place of a phrase is also a place of each of its pairs: pairs, being rarer than their syllables, lead to the
// documents, and the least of the freqs bounds the number of places before any position is read.
class PhraseIterator final : public DocIterator {
 public:
  // One cursor per term of the plan, and one per pair.
  PhraseIterator(const PlanNode& plan, PostingCursors terms, PostingCursors pairs, const FieldInSegment& field);

  bool Matches(uint32_t doc) override;
  double Score() override;
  uint32_t Seek(uint32_t target) override;
  double MaxScore(uint32_t begin, uint32_t end) override;
  void RaiseFloor(double floor) override { floor_ = floor; }
  void AddChampions(std::vector<uint32_t>& docs) override;
  uint64_t cost() const override { return order_.front()->statistics().document_frequency; }
  absl::Status status() const override;
  void Rewind() override;

 private:
  bool CanReachFloor(uint32_t doc, const PostingCursors& cursors) const;
  uint32_t CountPlaces();

  const PlanNode& plan_;
  const PostingCursors terms_;
  const PostingCursors pairs_;
  std::vector<PostingCursor*> order_;  // those that lead, rarest first: the pairs, or the terms where there is none
  std::vector<absl::Span<const uint32_t>> positions_;  // what is left of each term's, in the current document
  const FieldInSegment field_;
  double floor_ = kNoFloor;
  uint32_t doc_ = 0;
  uint32_t freq_ = 0;
  std::optional<uint32_t> found_;  // by the last Seek(), when nothing else was asked since
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_PHRASE_ITERATOR_H_
