// The matches of a query in one segment: document at a time, as bitmaps of windows, or as scored candidates with bounds
// that tell what can be left out.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_DOC_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_DOC_ITERATOR_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/search/candidates.h"
#include "services/indexer/search/query_plan.h"
#include "services/indexer/search/score_sums.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

// Deleted documents are matches like others. Documents asked for never go back, whichever functions are called, until
// Rewind(); after a failure there are no more matches, and status() is not OK. Not thread-safe.
class DocIterator {
 public:
  virtual ~DocIterator() = default;

  // Whether `doc` matches; if so, Score() is of it.
  virtual bool Matches(uint32_t doc) = 0;
  virtual double Score() = 0;

  // The first match >= target, kNoMoreDocs when there is none. Score() is of it.
  virtual uint32_t Seek(uint32_t target) = 0;

  // An upper bound of the scores of all matches in [begin, end).
  virtual double MaxScore(uint32_t begin, uint32_t end) = 0;

  // How far from `begin` on the matches are cheapest to bound together; > begin.
  virtual uint32_t BoundEnd(uint32_t begin);

  // Appends the matches of [begin, end) that score at least `least`, with their scores.
  virtual void Collect(uint32_t begin, uint32_t end, double least, Candidates& candidates);

  // Adds the scores of the matches of [begin, end) to their sums.
  virtual void Accumulate(uint32_t begin, uint32_t end, ScoreSums& sums);

  // Adds the scores of those candidates that match. The others stay, or go if `required`.
  virtual void AddScores(Candidates& candidates, bool required);

  // Sets bits (document - begin) of the matches of [begin, end).
  virtual void FillBits(uint32_t begin, uint32_t end, uint64_t* bits);

  // Only matches that score at least this matter from now on: the others may be left out.
  virtual void RaiseFloor(double) {}

  // Appends documents that are likely to score high, in no order.
  virtual void AddChampions(std::vector<uint32_t>& docs) = 0;

  virtual uint64_t cost() const = 0;                   // an upper bound of the number of matches
  virtual uint64_t sure_matches() const { return 0; }  // a lower bound of it, in a segment on disk
  virtual absl::Status status() const = 0;
  virtual void Rewind() = 0;
};

using DocIterators = std::vector<std::unique_ptr<DocIterator>>;

inline constexpr double kNoFloor = -std::numeric_limits<double>::infinity();

// `plan` and `view` must outlive the iterator. DATA_LOSS names what is damaged.
absl::StatusOr<std::unique_ptr<DocIterator>> OpenIterator(const PlanNode& plan, const SegmentView& view);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_DOC_ITERATOR_H_
