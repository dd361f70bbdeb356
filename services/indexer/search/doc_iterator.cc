#include "services/indexer/search/doc_iterator.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/indexer/search/best_of_iterator.h"
#include "services/indexer/search/boolean_iterator.h"
#include "services/indexer/search/match_all_iterator.h"
#include "services/indexer/search/phrase_iterator.h"
#include "services/indexer/search/term_iterator.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kBoundWindow = 2'048;

std::unique_ptr<DocIterator> NoMatches() { return std::make_unique<MatchAllIterator>(0); }

// False when a term is in no document.
absl::StatusOr<bool> OpenTerms(const std::vector<std::string>& terms, const SegmentView& view,
                               PostingCursors& cursors) {
  for (const std::string& term : terms) {
    ASSIGN_OR_RETURN(std::unique_ptr<PostingCursor> cursor, view.segment->OpenTerm(term, view.documents));
    if (cursor == nullptr) return false;
    cursors.push_back(std::move(cursor));
  }
  return true;
}

FieldInSegment FieldOfView(const PlanNode& plan, const SegmentView& view) {
  return {.norms = view.segment->columns().norms[plan.field],
          .impacts = ImpactBound(view.segment->impact_average(plan.field), plan.scoring->average_length)};
}

absl::StatusOr<std::unique_ptr<DocIterator>> OpenTerm(const PlanNode& plan, const SegmentView& view) {
  PostingCursors cursors;
  ASSIGN_OR_RETURN(const bool found, OpenTerms(plan.terms, view, cursors));
  if (!found) return NoMatches();
  return std::make_unique<TermIterator>(plan, std::move(cursors.front()), FieldOfView(plan, view));
}

absl::StatusOr<std::unique_ptr<DocIterator>> OpenPhrase(const PlanNode& plan, const SegmentView& view) {
  PostingCursors terms;
  PostingCursors pairs;
  // Pairs first: they are rarer, and one that is nowhere saves the rest.
  ASSIGN_OR_RETURN(const bool found_pairs, OpenTerms(plan.pairs, view, pairs));
  if (!found_pairs) return NoMatches();
  ASSIGN_OR_RETURN(const bool found, OpenTerms(plan.terms, view, terms));
  if (!found) return NoMatches();
  return std::make_unique<PhraseIterator>(plan, std::move(terms), std::move(pairs), FieldOfView(plan, view));
}

absl::StatusOr<DocIterators> OpenAll(const std::vector<PlanNode>& plans, const SegmentView& view) {
  DocIterators iterators;
  for (const PlanNode& plan : plans) {
    ASSIGN_OR_RETURN(iterators.emplace_back(), OpenIterator(plan, view));
  }
  return iterators;
}

absl::StatusOr<std::unique_ptr<DocIterator>> OpenBestOf(const PlanNode& plan, const SegmentView& view) {
  DocIterators terms;
  for (const PlanNode& term : plan.should) {
    PostingCursors cursors;
    ASSIGN_OR_RETURN(const bool found, OpenTerms(term.terms, view, cursors));
    if (!found) continue;
    terms.push_back(std::make_unique<TermIterator>(term, std::move(cursors.front()), FieldOfView(term, view)));
  }
  if (terms.empty()) return NoMatches();
  return std::make_unique<BestOfIterator>(std::move(terms));
}

absl::StatusOr<std::unique_ptr<DocIterator>> OpenBoolean(const PlanNode& plan, const SegmentView& view) {
  BooleanParts parts;
  ASSIGN_OR_RETURN(parts.must, OpenAll(plan.must, view));
  ASSIGN_OR_RETURN(parts.should, OpenAll(plan.should, view));
  ASSIGN_OR_RETURN(parts.must_not, OpenAll(plan.must_not, view));
  parts.minimum_should = plan.minimum_should;
  return std::make_unique<BooleanIterator>(std::move(parts));
}

}  // namespace

uint32_t DocIterator::BoundEnd(uint32_t begin) { return begin + kBoundWindow; }

void DocIterator::Collect(uint32_t begin, uint32_t end, double least, Candidates& candidates) {
  for (uint32_t doc = Seek(begin); doc < end; doc = Seek(doc + 1)) {
    const double score = Score();
    if (score < least) continue;
    candidates.docs.push_back(doc);
    candidates.scores.push_back(score);
  }
}

void DocIterator::Accumulate(uint32_t begin, uint32_t end, ScoreSums& sums) {
  for (uint32_t doc = Seek(begin); doc < end; doc = Seek(doc + 1)) sums.Add(doc, Score());
}

void DocIterator::AddScores(Candidates& candidates, bool required) {
  size_t kept = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const bool matches = Matches(candidates.docs[i]);
    if (!matches && required) continue;
    candidates.docs[kept] = candidates.docs[i];
    candidates.scores[kept++] = candidates.scores[i] + (matches ? Score() : 0);
  }
  candidates.Resize(kept);
}

void DocIterator::FillBits(uint32_t begin, uint32_t end, uint64_t* bits) {
  for (uint32_t doc = Seek(begin); doc < end; doc = Seek(doc + 1)) {
    const uint32_t bit = doc - begin;
    bits[bit / 64] |= uint64_t{1} << (bit % 64);
  }
}

absl::StatusOr<std::unique_ptr<DocIterator>> OpenIterator(const PlanNode& plan, const SegmentView& view) {
  switch (plan.kind) {
    case PlanNode::Kind::kTerm:
      return OpenTerm(plan, view);
    case PlanNode::Kind::kPhrase:
      return OpenPhrase(plan, view);
    case PlanNode::Kind::kBoolean:
      return OpenBoolean(plan, view);
    case PlanNode::Kind::kBestOf:
      return OpenBestOf(plan, view);
    case PlanNode::Kind::kMatchAll:
      break;
  }
  return std::make_unique<MatchAllIterator>(view.documents);
}

}  // namespace tintinh::indexer
