#include "services/indexer/search/query_plan.h"

#include <utility>

#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"
#include "services/indexer/search/prefix_expansion.h"

namespace tintinh::indexer {
namespace {

float WeightOf(float weight, double rarity) {
  return static_cast<float>(static_cast<double>(weight) * rarity * (kBm25K1 + 1));
}

}  // namespace

absl::StatusOr<QueryPlan> QueryPlan::Make(const v1::LeafQuery& query, ScoringStatistics& statistics,
                                          const ScanDeadline& deadline) {
  QueryPlan plan(deadline);
  ASSIGN_OR_RETURN(plan.root_, plan.Plan(query, statistics));
  return plan;
}

absl::StatusOr<PlanNode> QueryPlan::Plan(const v1::LeafQuery& query, ScoringStatistics& statistics) {
  if (query.has_term()) return PlanTerm(query.term(), statistics);
  if (query.has_phrase()) return PlanPhrase(query.phrase(), statistics);
  if (query.has_boolean()) return PlanBoolean(query.boolean(), statistics);
  if (query.has_prefix()) return PlanPrefix(query.prefix(), statistics);
  return PlanNode();
}

absl::StatusOr<PlanNode> QueryPlan::PlanTerm(const v1::TermQuery& term, ScoringStatistics& statistics) {
  PlanNode node = NewNode(PlanNode::Kind::kTerm, FieldOf(term.part(), term.kind()), statistics);
  ASSIGN_OR_RETURN(const double rarity, AddTerm(node, term.key(), statistics));
  node.weight = WeightOf(term.weight(), rarity);
  return node;
}

absl::StatusOr<PlanNode> QueryPlan::PlanPhrase(const v1::PhraseQuery& phrase, ScoringStatistics& statistics) {
  PlanNode node = NewNode(PlanNode::Kind::kPhrase, FieldOf(phrase.part(), v1::KEY_KIND_EXACT), statistics);
  double rarity = 0;
  for (const std::string& key : phrase.keys()) {
    ASSIGN_OR_RETURN(const double of_term, AddTerm(node, key, statistics));
    rarity += of_term;
  }
  node.weight = WeightOf(phrase.weight(), rarity);
  node.offsets.assign(phrase.offsets().begin(), phrase.offsets().end());
  for (const std::string& key : phrase.pair_keys()) {
    if (!key.empty()) node.pairs.push_back(TermOf(FieldOf(phrase.part(), v1::KEY_KIND_PAIR), key));
  }
  return node;
}

absl::StatusOr<PlanNode> QueryPlan::PlanBoolean(const v1::BooleanQuery& boolean, ScoringStatistics& statistics) {
  PlanNode node;
  node.kind = PlanNode::Kind::kBoolean;
  const auto plan_all = [&](const auto& children, std::vector<PlanNode>& out) -> absl::Status {
    for (const v1::LeafQuery& child : children) {
      ASSIGN_OR_RETURN(out.emplace_back(), Plan(child, statistics));
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(plan_all(boolean.must(), node.must));
  RETURN_IF_ERROR(plan_all(boolean.should(), node.should));
  RETURN_IF_ERROR(plan_all(boolean.must_not(), node.must_not));
  node.minimum_should = boolean.minimum_should();
  if (node.must.empty() && node.minimum_should == 0) node.minimum_should = 1;
  return node;
}

absl::StatusOr<PlanNode> QueryPlan::PlanPrefix(const v1::PrefixQuery& prefix, ScoringStatistics& statistics) {
  PlanNode node = NewNode(PlanNode::Kind::kBestOf, FieldOf(prefix.part(), prefix.kind()), statistics);
  ASSIGN_OR_RETURN(
      const std::vector<ExpandedTerm> terms,
      ExpandPrefix(statistics.snapshot(), TermOf(node.field, prefix.prefix()), prefix.expansions(), deadline_));
  for (const ExpandedTerm& term : terms) {
    statistics.Learn(term.term, term.document_frequency);
    PlanNode& child = node.should.emplace_back(NewNode(PlanNode::Kind::kTerm, node.field, statistics));
    ASSIGN_OR_RETURN(const double rarity, AddTerm(child, absl::string_view(term.term).substr(1), statistics));
    child.weight = WeightOf(prefix.weight(), rarity);
  }
  return node;
}

absl::StatusOr<double> QueryPlan::AddTerm(PlanNode& node, absl::string_view key, ScoringStatistics& statistics) {
  node.terms.push_back(TermOf(node.field, key));
  ASSIGN_OR_RETURN(const uint64_t df, statistics.DocumentFrequency(node.terms.back()));
  return InverseDocumentFrequency(statistics.figures(node.field).documents, df);
}

PlanNode QueryPlan::NewNode(PlanNode::Kind kind, FieldId field, ScoringStatistics& statistics) {
  std::unique_ptr<FieldScoring>& scoring = scorings_[field];
  if (scoring == nullptr) scoring = std::make_unique<FieldScoring>(statistics.figures(field));
  PlanNode node;
  node.kind = kind;
  node.field = field;
  node.scoring = scoring.get();
  return node;
}

}  // namespace tintinh::indexer
