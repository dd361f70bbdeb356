#include "services/indexer/search/top_k.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "common/status/status_macros.h"
#include "services/indexer/search/boolean_iterator.h"
#include "services/indexer/search/candidates.h"
#include "services/indexer/search/conjunction.h"
#include "services/indexer/search/disjunction.h"

namespace tintinh::indexer {
namespace {

constexpr uint64_t kMatchesPerDeadlineCheck = 1'024;

// Whether enough champions of the rarest of the required clauses can be expected to match the others, too.
bool ChampionsMayDo(const BooleanIterator& boolean, uint32_t documents, size_t limit) {
  double matching = static_cast<double>(2 * kMaxChampions);
  for (size_t i = 1; i < boolean.must_by_cost().size(); ++i) {
    matching *= static_cast<double>(boolean.must_by_cost()[i]->cost()) / documents;
  }
  return matching >= static_cast<double>(limit);
}

// Scores those candidates that match, and drops the others.
void ScoreMatches(DocIterator& matches, const BooleanIterator* boolean, Candidates& candidates) {
  // Clause by clause is faster where that tells what matches.
  const bool by_clause = boolean != nullptr && boolean->parts().must_not.empty() &&
                         boolean->parts().minimum_should == (boolean->parts().must.empty() ? 1 : 0);
  if (!by_clause) return matches.AddScores(candidates, true);
  for (DocIterator* clause : boolean->must_by_cost()) clause->AddScores(candidates, true);
  for (const auto& clause : boolean->parts().should) clause->AddScores(candidates, false);
}

// The limit-th best score among champions is the least that the last hit can have. Exact: they are matches like others.
void SeedFloor(DocIterator& matches, const BooleanIterator* boolean, const Eligible& eligible, TopHits& top) {
  if (top.resumes()) return;
  if (boolean != nullptr && !ChampionsMayDo(*boolean, eligible.view.documents, top.limit())) return;
  Candidates champions;
  matches.AddChampions(champions.docs);
  if (champions.size() < top.limit()) return;
  std::sort(champions.docs.begin(), champions.docs.end());
  champions.docs.erase(std::unique(champions.docs.begin(), champions.docs.end()), champions.docs.end());
  champions.docs.erase(
      std::remove_if(champions.docs.begin(), champions.docs.end(),
                     [&](uint32_t doc) { return doc >= eligible.view.documents || !eligible.Has(doc); }),
      champions.docs.end());
  if (champions.size() < top.limit()) return;
  champions.scores.resize(champions.size());
  ScoreMatches(matches, boolean, champions);
  matches.Rewind();
  if (champions.size() < top.limit()) return;
  const auto last = champions.scores.begin() + static_cast<ptrdiff_t>(top.limit()) - 1;
  std::nth_element(champions.scores.begin(), last, champions.scores.end(), std::greater<>());
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
  const auto* const boolean = dynamic_cast<const BooleanIterator*>(&matches);
  SeedFloor(matches, boolean, eligible, top);
  absl::StatusOr<uint64_t> found;
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
