#include "services/indexer/search/doc_iterator.h"

#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/indexer/search/boolean_iterator.h"
#include "services/indexer/search/leaf_iterators.h"

namespace tintinh::indexer {
namespace {

std::unique_ptr<DocIterator> NoMatches() { return std::make_unique<MatchAllIterator>(0); }

absl::StatusOr<std::unique_ptr<DocIterator>> OpenTerms(const PlanNode& plan, const SegmentView& view) {
  std::vector<std::unique_ptr<PostingCursor>> cursors;
  for (const std::string& term : plan.terms) {
    ASSIGN_OR_RETURN(std::unique_ptr<PostingCursor> cursor, view.segment->OpenTerm(term, view.documents));
    if (cursor == nullptr) return NoMatches();
    cursors.push_back(std::move(cursor));
  }
  const uint8_t* const norms = view.segment->columns().norms[plan.field];
  if (plan.kind == PlanNode::Kind::kTerm) {
    return std::make_unique<TermIterator>(plan, std::move(cursors.front()), norms);
  }
  return std::make_unique<PhraseIterator>(plan, std::move(cursors), norms);
}

absl::StatusOr<DocIterators> OpenAll(const std::vector<PlanNode>& plans, const SegmentView& view) {
  DocIterators iterators;
  for (const PlanNode& plan : plans) {
    ASSIGN_OR_RETURN(iterators.emplace_back(), OpenIterator(plan, view));
  }
  return iterators;
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

absl::StatusOr<std::unique_ptr<DocIterator>> OpenIterator(const PlanNode& plan, const SegmentView& view) {
  switch (plan.kind) {
    case PlanNode::Kind::kTerm:
    case PlanNode::Kind::kPhrase:
      return OpenTerms(plan, view);
    case PlanNode::Kind::kBoolean:
      return OpenBoolean(plan, view);
    case PlanNode::Kind::kMatchAll:
      break;
  }
  return std::make_unique<MatchAllIterator>(view.documents);
}

}  // namespace tintinh::indexer
