// Iterators over the leaves of a query: a term, a phrase, every document, none.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_LEAF_ITERATORS_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_LEAF_ITERATORS_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {

class TermIterator final : public DocIterator {
 public:
  // `norms`: of the field, by document.
  TermIterator(const PlanNode& plan, std::unique_ptr<PostingCursor> cursor, const uint8_t* norms);
  double Score() override;
  uint64_t cost() const override { return cursor_->statistics().document_frequency; }
  absl::Status status() const override { return cursor_->status(); }

 private:
  uint32_t Advance(uint32_t target) override { return cursor_->Seek(target); }

  const PlanNode& plan_;
  const std::unique_ptr<PostingCursor> cursor_;
  const uint8_t* const norms_;
};

// Documents where all terms stand at their distances; the number of such places is the freq that is scored.
class PhraseIterator final : public DocIterator {
 public:
  // One cursor per term of the plan.
  PhraseIterator(const PlanNode& plan, std::vector<std::unique_ptr<PostingCursor>> cursors, const uint8_t* norms);
  double Score() override;
  uint64_t cost() const override { return order_.front()->statistics().document_frequency; }
  absl::Status status() const override;

 private:
  uint32_t Advance(uint32_t target) override;
  uint32_t NextCommon(uint32_t target);
  uint32_t CountPlaces();

  const PlanNode& plan_;
  const std::vector<std::unique_ptr<PostingCursor>> cursors_;
  std::vector<PostingCursor*> order_;                  // rarest first
  std::vector<absl::Span<const uint32_t>> positions_;  // what is left of each term's, in the current document
  const uint8_t* const norms_;
  uint32_t freq_ = 0;
};

class MatchAllIterator final : public DocIterator {
 public:
  explicit MatchAllIterator(uint32_t documents) : documents_(documents) { doc_ = Advance(0); }
  double Score() override { return 0; }
  uint64_t cost() const override { return documents_; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  uint32_t Advance(uint32_t target) override { return target < documents_ ? target : kNoMoreDocs; }

  const uint32_t documents_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_LEAF_ITERATORS_H_
