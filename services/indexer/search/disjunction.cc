#include "services/indexer/search/disjunction.h"

#include <algorithm>
#include <vector>

#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "services/indexer/search/hit_collector.h"
#include "services/indexer/search/score_sums.h"

namespace tintinh::indexer {
namespace {

// Small windows have tight bounds, large ones little overhead: as many documents as have about this many postings.
constexpr uint64_t kPostingsPerWindow = 4'096;
constexpr uint32_t kSmallestWindow = 2'048;
constexpr uint32_t kLargestWindow = 65'536;

uint32_t WindowFor(const DocIterators& clauses, uint32_t documents) {
  uint64_t postings = 1;
  for (const auto& clause : clauses) postings += clause->cost();
  const uint64_t wanted = kPostingsPerWindow * documents / postings;
  return static_cast<uint32_t>(std::clamp<uint64_t>(wanted / 64 * 64, kSmallestWindow, kLargestWindow));
}

class Disjunction {
 public:
  Disjunction(const BooleanParts& parts, const Eligible& eligible, const ScanDeadline& deadline, TopHits& top)
      : documents_(eligible.view.documents),
        window_(WindowFor(parts.should, documents_)),
        deadline_(deadline),
        top_(top),
        collector_(eligible, Pointers(parts.must_not), top),
        sums_(window_) {
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
      sums_.Start(begin);
      for (const Clause& clause : essential) clause.matches->Accumulate(begin, end, sums_);
      sums_.Take(top_.floor() - others, candidates_);
    }
    for (size_t i = optional; i-- > 0 && candidates_.size() > 0;) {
      clauses_[i].matches->AddScores(candidates_, false);
      candidates_.KeepFrom(top_.floor() - clauses_[i].below);
    }
    collector_.Add(candidates_);
  }

  // Block by block: those whose bound is too low are not even decoded.
  void CollectOne(DocIterator& clause, uint32_t begin, uint32_t end, double others) {
    while (begin < end) {
      const uint32_t block_end = std::min(clause.BoundEnd(begin), end);
      if (clause.MaxScore(begin, block_end) + others >= top_.floor()) {
        clause.Collect(begin, block_end, top_.floor() - others, candidates_);
      }
      begin = block_end;
    }
  }

  const uint32_t documents_;
  const uint32_t window_;
  const ScanDeadline& deadline_;
  TopHits& top_;
  HitCollector collector_;
  std::vector<Clause> clauses_;
  ScoreSums sums_;
  Candidates candidates_;
};

}  // namespace

absl::StatusOr<uint64_t> SearchDisjunction(const BooleanParts& parts, const Eligible& eligible,
                                           const ScanDeadline& deadline, TopHits& top) {
  return Disjunction(parts, eligible, deadline, top).Run();
}

}  // namespace tintinh::indexer
