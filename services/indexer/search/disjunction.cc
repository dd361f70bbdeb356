#include "services/indexer/search/disjunction.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "services/indexer/search/hit_collector.h"

namespace tintinh::indexer {
namespace {

// Small windows have tight bounds, large ones little overhead: as many documents as have about this many postings.
constexpr uint64_t kPostingsPerWindow = 2'048;
constexpr uint32_t kSmallestWindow = 1'024;
constexpr uint32_t kLargestWindow = 65'536;

uint32_t WindowFor(const DocIterators& clauses, uint32_t documents) {
  uint64_t postings = 1;
  for (const auto& clause : clauses) postings += clause->cost();
  const uint64_t wanted = kPostingsPerWindow * documents / postings;
  return static_cast<uint32_t>(std::clamp<uint64_t>(wanted / 64 * 64, kSmallestWindow, kLargestWindow));
}

// Sums scores by document, in any order of documents within a window.
class Accumulator {
 public:
  explicit Accumulator(uint32_t window) : sums_(std::make_unique_for_overwrite<double[]>(window)), bits_(window / 64) {}

  void Add(const Candidates& candidates, uint32_t begin) {
    for (size_t i = 0; i < candidates.size(); ++i) {
      const uint32_t at = candidates.docs[i] - begin;
      const uint64_t bit = uint64_t{1} << (at % 64);
      sums_[at] = (bits_[at / 64] & bit) != 0 ? sums_[at] + candidates.scores[i] : candidates.scores[i];
      bits_[at / 64] |= bit;
    }
  }

  // Moves what is at least `least` to `candidates`, in order, and forgets the rest.
  void Take(uint32_t begin, double least, Candidates& candidates) {
    for (size_t word = 0; word < bits_.size(); ++word) {
      for (uint64_t left = bits_[word]; left != 0; left &= left - 1) {
        const uint32_t at = static_cast<uint32_t>(word * 64) + static_cast<uint32_t>(__builtin_ctzll(left));
        if (sums_[at] < least) continue;
        candidates.docs.push_back(begin + at);
        candidates.scores.push_back(sums_[at]);
      }
      bits_[word] = 0;
    }
  }

 private:
  const std::unique_ptr<double[]> sums_;  // of documents with a bit only
  std::vector<uint64_t> bits_;
};

class Disjunction {
 public:
  Disjunction(const BooleanParts& parts, const Eligible& eligible, const ScanDeadline& deadline, TopHits& top)
      : documents_(eligible.view.documents),
        window_(WindowFor(parts.should, documents_)),
        deadline_(deadline),
        top_(top),
        collector_(eligible, Pointers(parts.must_not), top),
        accumulator_(window_) {
    for (const auto& clause : parts.should) clauses_.push_back({clause.get(), -kNoFloor, 0});
  }

  absl::StatusOr<uint64_t> Run() {
    for (uint32_t begin = 0; begin < documents_;) {
      RETURN_IF_ERROR(deadline_.Check());
      const uint32_t end = documents_ - begin > window_ ? begin + window_ : documents_;
      SearchWindow(begin, end);
      begin = end;
    }
    return collector_.found();
  }

 private:
  struct Clause {
    DocIterator* matches;
    double bound;  // of its scores in the window
    double below;  // sum of the bounds of the clauses before it, which have lower ones
  };

  static std::vector<DocIterator*> Pointers(const DocIterators& iterators) {
    std::vector<DocIterator*> pointers;
    for (const auto& iterator : iterators) pointers.push_back(iterator.get());
    return pointers;
  }

  // Sorts the clauses by their bounds. How many of the first cannot reach the floor together; all: the window is done.
  size_t Partition(uint32_t begin, uint32_t end) {
    if (top_.floor() == kNoFloor) return 0;
    for (Clause& clause : clauses_) clause.bound = clause.matches->MaxScore(begin, end);
    std::sort(clauses_.begin(), clauses_.end(), [](const Clause& a, const Clause& b) { return a.bound < b.bound; });
    double sum = 0;
    size_t unable = 0;
    for (Clause& clause : clauses_) {
      clause.below = sum;
      sum += clause.bound;
      unable += sum < top_.floor() ? 1 : 0;
    }
    return unable;
  }

  void SearchWindow(uint32_t begin, uint32_t end) {
    const size_t optional = Partition(begin, end);
    if (optional == clauses_.size()) return;
    candidates_.Resize(0);
    const absl::Span<Clause> essential = absl::MakeSpan(clauses_).subspan(optional);
    const double others = optional == 0 ? 0 : essential.front().below;
    if (essential.size() == 1) {
      CollectOne(*essential.front().matches, begin, end, others);
    } else {
      for (const Clause& clause : essential) Accumulate(*clause.matches, begin, end);
      accumulator_.Take(begin, top_.floor() - others, candidates_);
    }
    for (size_t i = optional; i-- > 0 && candidates_.size() > 0;) {
      candidates_.KeepFrom(top_.floor() - clauses_[i].below - clauses_[i].bound);
      clauses_[i].matches->AddScores(candidates_, false);
    }
    collector_.Add(candidates_);
  }

  // Block by block: those whose bound is too low are not even decoded.
  void CollectOne(DocIterator& clause, uint32_t begin, uint32_t end, double others) {
    while (begin < end) {
      const uint32_t block_end = std::min(clause.BoundEnd(begin), end);
      if (clause.MaxScore(begin, block_end) + others >= top_.floor()) clause.Collect(begin, block_end, candidates_);
      begin = block_end;
    }
  }

  void Accumulate(DocIterator& clause, uint32_t begin, uint32_t end) {
    collected_.Resize(0);
    clause.Collect(begin, end, collected_);
    accumulator_.Add(collected_, begin);
  }

  const uint32_t documents_;
  const uint32_t window_;
  const ScanDeadline& deadline_;
  TopHits& top_;
  HitCollector collector_;
  std::vector<Clause> clauses_;
  Accumulator accumulator_;
  Candidates candidates_;
  Candidates collected_;
};

}  // namespace

absl::StatusOr<uint64_t> SearchDisjunction(const BooleanParts& parts, const Eligible& eligible,
                                           const ScanDeadline& deadline, TopHits& top) {
  return Disjunction(parts, eligible, deadline, top).Run();
}

}  // namespace tintinh::indexer
