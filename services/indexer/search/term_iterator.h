// Iterator over the documents that have a term.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_TERM_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_TERM_ITERATOR_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "services/indexer/postings/impact.h"
#include "services/indexer/postings/kernels.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {

// What scoring needs of a field in one segment.
struct FieldInSegment {
  const uint8_t* norms = nullptr;  // by document
  ImpactBound impacts{1, 1};
};

class TermIterator final : public DocIterator {
 public:
  TermIterator(const PlanNode& plan, std::unique_ptr<PostingCursor> cursor, const FieldInSegment& field);

  bool Matches(uint32_t doc) override { return cursor_->Seek(doc) == doc; }
  double Score() override;
  uint32_t Seek(uint32_t target) override { return cursor_->Seek(target); }
  double MaxScore(uint32_t begin, uint32_t end) override;
  uint32_t BoundEnd(uint32_t begin) override;
  void Collect(uint32_t begin, uint32_t end, double least, Candidates& candidates) override;
  void Accumulate(uint32_t begin, uint32_t end, ScoreSums& sums) override;
  void AddScores(Candidates& candidates, bool required) override;
  void FillBits(uint32_t begin, uint32_t end, uint64_t* bits) override { cursor_->FillBits(begin, end, bits); }
  void AddChampions(std::vector<uint32_t>& docs) override;
  uint64_t cost() const override { return cursor_->statistics().document_frequency; }
  uint64_t sure_matches() const override { return cost(); }
  absl::Status status() const override { return cursor_->status(); }
  void Rewind() override { cursor_->Rewind(); }

 private:
  double MaxScoreOfList();
  using BlockScores = std::array<float, kBlockSize>;
  // Calls `visit` with the documents and freqs of each block, as far as they are in [begin, end).
  template <typename Visit>
  void ForEachBlock(uint32_t begin, uint32_t end, const Visit& visit);
  double BoundList();
  absl::Span<const uint32_t> ScoreOnlyBlock(BlockScores& scores);
  void AddBestOfShortList(std::vector<uint32_t>& docs);

  const std::unique_ptr<PostingCursor> cursor_;
  const ScoringTable table_;
  const ImpactBound impacts_;
  std::optional<double> max_score_of_list_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_TERM_ITERATOR_H_
