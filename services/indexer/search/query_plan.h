// A leaf query with everything looked up that is the same in all segments: terms, weights, length penalties.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_QUERY_PLAN_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_QUERY_PLAN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "services/indexer/search/bm25.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/search/statistics.h"
#include "services/indexer/segment/field.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::indexer {

struct PlanNode {
  enum class Kind : uint8_t { kTerm, kPhrase, kBoolean, kMatchAll, kBestOf };

  Kind kind = Kind::kMatchAll;
  FieldId field = 0;               // of terms and phrases
  std::vector<std::string> terms;  // one of a term, several of a phrase
  std::vector<uint32_t> offsets;   // of a phrase, parallel to terms
  std::vector<std::string> pairs;  // of a phrase: terms that are in every document it is in, once a place at least
  float weight = 0;                // as Bm25() takes it; of a phrase over the frequencies of all its terms
  const FieldScoring* scoring = nullptr;         // of the field; owned by the plan
  std::vector<PlanNode> must, should, must_not;  // `should` is also the terms of kBestOf
  uint32_t minimum_should = 0;                   // as it takes effect
};

class QueryPlan {
 public:
  // Prefixes become the terms they stand for in the snapshot of the statistics; DEADLINE_EXCEEDED while they are looked
  // for. REQUIRES: CheckQuery(query) is OK.
  static absl::StatusOr<QueryPlan> Make(const v1::LeafQuery& query, ScoringStatistics& statistics,
                                        const ScanDeadline& deadline = {});

  const PlanNode& root() const { return root_; }
  bool has_text() const { return !scorings_.empty(); }  // some term or phrase: hits have scores

 private:
  explicit QueryPlan(const ScanDeadline& deadline) : deadline_(deadline) {}
  absl::StatusOr<PlanNode> Plan(const v1::LeafQuery& query, ScoringStatistics& statistics);
  absl::StatusOr<PlanNode> PlanTerm(const v1::TermQuery& term, ScoringStatistics& statistics);
  absl::StatusOr<PlanNode> PlanPhrase(const v1::PhraseQuery& phrase, ScoringStatistics& statistics);
  absl::StatusOr<PlanNode> PlanBoolean(const v1::BooleanQuery& boolean, ScoringStatistics& statistics);
  absl::StatusOr<PlanNode> PlanPrefix(const v1::PrefixQuery& prefix, ScoringStatistics& statistics);
  // What the term adds to the weight of the node, which gets the term.
  absl::StatusOr<double> AddTerm(PlanNode& node, absl::string_view key, ScoringStatistics& statistics);
  PlanNode NewNode(PlanNode::Kind kind, FieldId field, ScoringStatistics& statistics);

  ScanDeadline deadline_;
  absl::flat_hash_map<FieldId, std::unique_ptr<FieldScoring>> scorings_;
  PlanNode root_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_QUERY_PLAN_H_
