// A small memory segment for search tests.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_SEARCH_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_SEARCH_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/scan_deadline.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/snapshot.h"
#include "tests/support/indexed_documents.h"

namespace tintinh::indexer {

// Moves on by a second whenever it is read.
class ClockOfReads final : public Clock {
 public:
  absl::Time Now() const override { return At(++reads_); }
  static absl::Time At(int reads) { return absl::UnixEpoch() + absl::Seconds(reads); }
  int reads() const { return reads_; }

 private:
  mutable int reads_ = 0;
};

inline v1::LeafQuery TermOfBody(const std::string& key, float weight = 1) {
  v1::LeafQuery query;
  query.mutable_term()->set_part(v1::PART_BODY);
  query.mutable_term()->set_kind(v1::KEY_KIND_EXACT);
  query.mutable_term()->set_key(key);
  query.mutable_term()->set_weight(weight);
  return query;
}

inline v1::LeafQuery PrefixOfBody(const std::string& prefix, uint32_t expansions, float weight = 1) {
  v1::LeafQuery query;
  query.mutable_prefix()->set_part(v1::PART_BODY);
  query.mutable_prefix()->set_kind(v1::KEY_KIND_EXACT);
  query.mutable_prefix()->set_prefix(prefix);
  query.mutable_prefix()->set_weight(weight);
  query.mutable_prefix()->set_expansions(expansions);
  return query;
}

inline v1::LeafQuery PhraseOfBody(const std::vector<std::string>& keys) {
  v1::LeafQuery query;
  query.mutable_phrase()->set_part(v1::PART_BODY);
  query.mutable_phrase()->set_weight(1);
  for (const std::string& key : keys) {
    query.mutable_phrase()->add_offsets(static_cast<uint32_t>(query.phrase().keys_size()));
    query.mutable_phrase()->add_keys(key);
  }
  return query;
}

// Documents 0, 1, … of the words given.
inline Snapshot SnapshotOf(const std::vector<std::vector<std::string>>& documents) {
  auto segment = std::make_shared<MemorySegment>();
  uint32_t number = 0;
  for (const std::vector<std::string>& words : documents) segment->Add(testing::DocumentOf(number++, words));
  Snapshot snapshot;
  snapshot.segments.push_back({segment, nullptr, number});
  snapshot.applied_position = number;
  return snapshot;
}

inline std::vector<uint32_t> MatchesOf(const v1::LeafQuery& query, const Snapshot& snapshot) {
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(query, statistics);
  std::vector<uint32_t> docs;
  const auto match = OpenIterator(plan->root(), snapshot.segments[0]);
  for (uint32_t doc = (*match)->Seek(0); doc != kNoMoreDocs; doc = (*match)->Seek(doc + 1)) docs.push_back(doc);
  return docs;
}

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_SEARCH_FIXTURE_H_
