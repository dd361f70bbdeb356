#include "services/indexer/search/search.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/indexer/search/column_filter.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/query_check.h"
#include "services/indexer/search/query_plan.h"
#include "services/indexer/search/segment_matches.h"
#include "services/indexer/search/statistics.h"
#include "services/indexer/search/top_hits.h"
#include "services/indexer/search/top_k.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {
namespace {

v1::SortOrder OrderOf(const v1::LeafSearchRequest& request, const QueryPlan& plan) {
  if (request.sort() != v1::SORT_ORDER_UNSPECIFIED) return request.sort();
  return plan.has_text() ? v1::SORT_ORDER_RELEVANCE : v1::SORT_ORDER_NEWEST;
}

v1::LeafQuery QueryOrAll(bool has_query, const v1::LeafQuery& query) {
  if (has_query) return query;
  v1::LeafQuery all;
  all.mutable_match_all();
  return all;
}

// Counts the values of one field in one segment.
class FieldCounter {
 public:
  FieldCounter(v1::FacetField field, const Segment& segment) : field_(field), segment_(segment) {}

  void Count(uint32_t doc) {
    const ColumnArrays& columns = segment_.columns();
    switch (field_) {
      case v1::FACET_FIELD_SECTION:
        for (const uint32_t code : columns.code_lists(Column::kSections)[doc]) Increase(code);
        break;
      case v1::FACET_FIELD_MONTH:
        if (columns.published_us[doc] != kNoTime) ++months_[MonthOf(columns.published_us[doc])];
        break;
      default:
        Increase(columns.codes(ColumnOf(field_))[doc]);
    }
  }

  void AddTo(FacetCounts& counts) const {
    for (uint32_t code = 1; code < by_code_.size(); ++code) {  // code 0 is "no value"
      if (by_code_[code] > 0) counts.Add(field_, segment_.ValueOf(ColumnOf(field_), code), by_code_[code]);
    }
    for (const auto& [month, count] : months_) {
      const std::string digits = absl::StrCat(month.month());
      counts.Add(field_, absl::StrCat(month.year(), digits.size() == 1 ? "-0" : "-", digits), count);
    }
  }

 private:
  static Column ColumnOf(v1::FacetField field) {
    if (field == v1::FACET_FIELD_SITE) return Column::kSite;
    if (field == v1::FACET_FIELD_PROVINCE) return Column::kProvince;
    return field == v1::FACET_FIELD_PROVINCE_TODAY ? Column::kProvinceToday : Column::kSections;
  }

  static absl::CivilMonth MonthOf(int64_t published_us) {
    return absl::ToCivilMonth(absl::FromUnixMicros(published_us), VietnamTimeZone());
  }

  void Increase(uint32_t code) {
    if (by_code_.size() <= code) by_code_.resize(code + 1);
    ++by_code_[code];
  }

  const v1::FacetField field_;
  const Segment& segment_;
  std::vector<uint64_t> by_code_;
  absl::flat_hash_map<absl::CivilMonth, uint64_t> months_;
};

constexpr size_t kMostWaiting = 4'096;  // matches that are looked at backwards

// Collects the best hits over the segments of a snapshot, and how many match.
class SnapshotSearch {
 public:
  // All must outlive this.
  SnapshotSearch(const QueryPlan& plan, const v1::LeafSearchRequest& request, const ScanDeadline& deadline)
      : plan_(plan),
        request_(request),
        deadline_(deadline),
        top_(OrderOf(request, plan), request.limit(), request.has_after() ? &request.after() : nullptr) {}

  absl::Status Add(const SegmentView& view) {
    const ColumnFilter filter(request_.filter(), *view.segment);
    if (!filter.can_match()) return absl::OkStatus();
    const Eligible eligible{view, filter.matches_all() ? nullptr : &filter};
    ASSIGN_OR_RETURN(const std::unique_ptr<DocIterator> matches, OpenIterator(plan_.root(), view));
    if (!top_.order().by_relevance()) return AddByTime(*matches, eligible);
    if (request_.exact_total()) RETURN_IF_ERROR(Count(*matches, eligible));
    ASSIGN_OR_RETURN(const uint64_t found, SearchTopK(*matches, eligible, deadline_, top_));
    if (!request_.exact_total()) total_ += std::max(found, SureMatches(*matches, eligible));
    return absl::OkStatus();
  }

  v1::ShardResult Take() {
    // Without a floor nothing was left out.
    const bool exact = !top_.order().by_relevance() || request_.exact_total() || top_.floor() == kNoFloor;
    v1::ShardResult result;
    for (const Hit& hit : top_.Take()) {
      v1::LeafHit& out = *result.add_hits();
      out.set_article_id(UnpackId(hit.packed_id()));
      out.set_score(hit.score);
      out.set_published_us(hit.published_us());
    }
    result.set_total(total_);
    result.set_total_is_exact(exact);
    return result;
  }

 private:
  // Documents lie nearly in the order they were published in: with the newest first, few others are kept for a while.
  absl::Status AddByTime(DocIterator& matches, const Eligible& eligible) {
    const ColumnArrays& columns = eligible.view.segment->columns();
    const bool backwards = top_.order().newest_first();
    std::vector<uint32_t> waiting;
    const auto add_waiting = [&] {
      for (auto doc = waiting.rbegin(); doc != waiting.rend(); ++doc) top_.Add({0, *doc, &columns});
      waiting.clear();
    };
    RETURN_IF_ERROR(ForEachMatch(matches, eligible, deadline_, [&](uint32_t doc) {
      ++total_;
      if (!backwards) return top_.Add({0, doc, &columns});
      waiting.push_back(doc);
      if (waiting.size() == kMostWaiting) add_waiting();
    }));
    add_waiting();
    return absl::OkStatus();
  }

  absl::Status Count(DocIterator& matches, const Eligible& eligible) {
    if (plan_.root().kind == PlanNode::Kind::kTerm && CountsAll(eligible)) {
      total_ += matches.cost();
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const uint64_t count, CountMatches(matches, eligible, deadline_));
    total_ += count;
    matches.Rewind();
    return absl::OkStatus();
  }

  // Every posting is of a document that counts.
  static bool CountsAll(const Eligible& eligible) {
    return eligible.view.segment->is_on_disk() && eligible.view.deleted_count() == 0 && eligible.filter == nullptr;
  }

  static uint64_t SureMatches(const DocIterator& matches, const Eligible& eligible) {
    if (!eligible.view.segment->is_on_disk() || eligible.filter != nullptr) return 0;
    const uint64_t deleted = eligible.view.deleted_count();
    return matches.sure_matches() > deleted ? matches.sure_matches() - deleted : 0;
  }

  const QueryPlan& plan_;
  const v1::LeafSearchRequest& request_;
  const ScanDeadline& deadline_;
  TopHits top_;
  uint64_t total_ = 0;
};

}  // namespace

absl::StatusOr<v1::ShardResult> Search(const Snapshot& snapshot, const v1::LeafSearchRequest& request,
                                       const ScanDeadline& deadline) {
  RETURN_IF_ERROR(CheckSearch(request));
  ScoringStatistics statistics(snapshot, request);
  ASSIGN_OR_RETURN(const QueryPlan plan,
                   QueryPlan::Make(QueryOrAll(request.has_query(), request.query()), statistics, deadline));
  SnapshotSearch search(plan, request, deadline);
  // The last has the newest documents: by time, few of the others displace them.
  for (auto view = snapshot.segments.rbegin(); view != snapshot.segments.rend(); ++view) {
    RETURN_IF_ERROR(search.Add(*view));
  }
  v1::ShardResult result = search.Take();
  result.set_applied_position(snapshot.applied_position);
  return result;
}

absl::Status CountFacets(const Snapshot& snapshot, const v1::LeafFacetsRequest& request, FacetCounts& counts,
                         const ScanDeadline& deadline) {
  RETURN_IF_ERROR(CheckFacets(request));
  ScoringStatistics statistics(snapshot);
  ASSIGN_OR_RETURN(const QueryPlan plan,
                   QueryPlan::Make(QueryOrAll(request.has_query(), request.query()), statistics, deadline));
  for (const SegmentView& view : snapshot.segments) {
    const ColumnFilter filter(request.filter(), *view.segment);
    if (!filter.can_match()) continue;
    ASSIGN_OR_RETURN(const std::unique_ptr<DocIterator> matches, OpenIterator(plan.root(), view));
    std::vector<FieldCounter> counters;
    for (const int field : request.fields()) counters.emplace_back(static_cast<v1::FacetField>(field), *view.segment);
    RETURN_IF_ERROR(ForEachMatch(*matches, {view, &filter}, deadline, [&counters](uint32_t doc) {
      for (FieldCounter& counter : counters) counter.Count(doc);
    }));
    for (const FieldCounter& counter : counters) counter.AddTo(counts);
  }
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
