#include "services/indexer/search/top_k.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "common/status/status_macros.h"
#include "services/indexer/search/boolean_iterator.h"
#include "services/indexer/search/conjunction.h"
#include "services/indexer/search/disjunction.h"

namespace tintinh::indexer {
namespace {

constexpr uint64_t kMatchesPerDeadlineCheck = 1'024;

// The limit-th best score among champions is the least that the last hit can have. Exact: they are matches like others.
void SeedFloor(DocIterator& matches, const Eligible& eligible, TopHits& top) {
  if (top.resumes()) return;
  std::vector<uint32_t> champions;
  matches.AddChampions(champions);
  if (champions.size() < top.limit()) return;
  std::sort(champions.begin(), champions.end());
  champions.erase(std::unique(champions.begin(), champions.end()), champions.end());
  std::vector<double> scores;
  for (const uint32_t doc : champions) {
    if (doc < eligible.view.documents && eligible.Has(doc) && matches.Matches(doc)) scores.push_back(matches.Score());
  }
  matches.Rewind();
  if (scores.size() < top.limit()) return;
  const auto last = scores.begin() + static_cast<ptrdiff_t>(top.limit()) - 1;
  std::nth_element(scores.begin(), last, scores.end(), std::greater<>());
  top.RaiseFloor(*last);
}

absl::StatusOr<uint64_t> ScoreAll(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline,
                                  TopHits& top) {
  uint64_t found = 0;
  uint64_t seen = 0;
  const ColumnArrays& columns = eligible.view.segment->columns();
  for (uint32_t doc = matches.Seek(0); doc < eligible.view.documents; doc = matches.Seek(doc + 1)) {
    if (seen++ % kMatchesPerDeadlineCheck == 0) RETURN_IF_ERROR(deadline.Check());
    if (!eligible.Has(doc)) continue;
    ++found;
    top.Add({matches.Score(), doc, &columns});
  }
  return found;
}

}  // namespace

absl::StatusOr<uint64_t> SearchTopK(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline,
                                    TopHits& top) {
  SeedFloor(matches, eligible, top);
  absl::StatusOr<uint64_t> found;
  const auto* const boolean = dynamic_cast<const BooleanIterator*>(&matches);
  if (boolean == nullptr) {
    found = SearchConjunction({.must = {&matches}}, eligible, deadline, top);
  } else if (boolean->parts().must.empty() && boolean->parts().minimum_should == 1) {
    found = SearchDisjunction(boolean->parts(), eligible, deadline, top);
  } else if (boolean->parts().minimum_should == 0) {
    found = SearchConjunction(ClausesOf(*boolean), eligible, deadline, top);
  } else {
    found = ScoreAll(matches, eligible, deadline, top);
  }
  RETURN_IF_ERROR(matches.status());
  return found;
}

}  // namespace tintinh::indexer
