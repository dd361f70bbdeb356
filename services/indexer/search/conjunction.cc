#include "services/indexer/search/conjunction.h"

#include <algorithm>

#include "common/status/status_macros.h"
#include "services/indexer/search/hit_collector.h"

namespace tintinh::indexer {
namespace {

class Conjunction {
 public:
  Conjunction(const ConjunctionClauses& clauses, const Eligible& eligible, const ScanDeadline& deadline, TopHits& top)
      : lead_(*clauses.must.front()),
        required_(clauses.must.size() - 1),
        documents_(eligible.view.documents),
        deadline_(deadline),
        top_(top),
        collector_(eligible, clauses.must_not, top),
        rest_bounds_(clauses.must.size() + clauses.should.size(), 0) {
    others_.assign(clauses.must.begin() + 1, clauses.must.end());
    others_.insert(others_.end(), clauses.should.begin(), clauses.should.end());
  }

  absl::StatusOr<uint64_t> Run() {
    for (uint32_t begin = 0; begin < documents_;) {
      RETURN_IF_ERROR(deadline_.Check());
      const uint32_t end = std::min(lead_.BoundEnd(begin), documents_);
      if (CanReachFloor(begin, end)) SearchRange(begin, end);
      begin = end;
    }
    return collector_.found();
  }

 private:
  // Fills rest_bounds_, where there is a floor: what the clauses from the i-th of others_ on can add.
  bool CanReachFloor(uint32_t begin, uint32_t end) {
    if (top_.floor() == kNoFloor) return true;
    const double lead_bound = lead_.MaxScore(begin, end);
    rest_bounds_.back() = 0;
    for (size_t i = others_.size(); i-- > 0;) {
      rest_bounds_[i] = rest_bounds_[i + 1] + others_[i]->MaxScore(begin, end);
    }
    return lead_bound + rest_bounds_[0] >= top_.floor();
  }

  void SearchRange(uint32_t begin, uint32_t end) {
    candidates_.Resize(0);
    if (others_.empty()) lead_.RaiseFloor(top_.floor());
    lead_.Collect(begin, end, top_.floor() - rest_bounds_.front(), candidates_);
    for (size_t i = 0; i < others_.size() && candidates_.size() > 0; ++i) {
      others_[i]->AddScores(candidates_, i < required_);
      candidates_.KeepFrom(top_.floor() - rest_bounds_[i + 1]);
    }
    collector_.Add(candidates_);
  }

  DocIterator& lead_;
  std::vector<DocIterator*> others_;  // required ones first
  const size_t required_;
  const uint32_t documents_;
  const ScanDeadline& deadline_;
  TopHits& top_;
  HitCollector collector_;
  std::vector<double> rest_bounds_;
  Candidates candidates_;
};

}  // namespace

ConjunctionClauses ClausesOf(const BooleanIterator& boolean) {
  ConjunctionClauses clauses;
  clauses.must = boolean.must_by_cost();
  for (const auto& clause : boolean.parts().should) clauses.should.push_back(clause.get());
  for (const auto& clause : boolean.parts().must_not) clauses.must_not.push_back(clause.get());
  return clauses;
}

absl::StatusOr<uint64_t> SearchConjunction(const ConjunctionClauses& clauses, const Eligible& eligible,
                                           const ScanDeadline& deadline, TopHits& top) {
  return Conjunction(clauses, eligible, deadline, top).Run();
}

}  // namespace tintinh::indexer
