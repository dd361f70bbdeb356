// Iterator over the documents that have any of several terms, each with the score of the best one.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_BEST_OF_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_BEST_OF_ITERATOR_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "services/indexer/search/candidates.h"
#include "services/indexer/search/doc_iterator.h"

namespace tintinh::indexer {

// Scores are worked out for a window of documents at a time: with many terms that costs what their postings there do,
// not terms times documents.
class BestOfIterator final : public DocIterator {
 public:
  explicit BestOfIterator(DocIterators terms);

  bool Matches(uint32_t doc) override;
  double Score() override;
  uint32_t Seek(uint32_t target) override;
  double MaxScore(uint32_t begin, uint32_t end) override;
  void Collect(uint32_t begin, uint32_t end, double least, Candidates& candidates) override;
  void Accumulate(uint32_t begin, uint32_t end, ScoreSums& sums) override;
  void AddScores(Candidates& candidates, bool required) override;
  void FillBits(uint32_t begin, uint32_t end, uint64_t* bits) override;
  void AddChampions(std::vector<uint32_t>& docs) override;
  uint64_t cost() const override;
  uint64_t sure_matches() const override;
  absl::Status status() const override;
  void Rewind() override;

 private:
  static constexpr uint32_t kWindow = 2'048;

  // The best scores of [begin, end) by document, from `least` on. REQUIRES: end - begin <= kWindow; none are there.
  void FillBest(uint32_t begin, uint32_t end, double least);
  // Calls `visit` with each document and its score, in order, and forgets them.
  template <typename Visit>
  void TakeBest(uint32_t begin, const Visit& visit);
  // The same for a range of any size.
  template <typename Visit>
  void ForEachBest(uint32_t begin, uint32_t end, double least, const Visit& visit);

  const DocIterators terms_;
  std::vector<DocIterator*> matching_;  // at the current document
  Candidates of_term_;
  std::vector<double> best_;  // of kWindow documents
  std::array<uint64_t, kWindow / 64> has_best_{};
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_BEST_OF_ITERATOR_H_
