#include "services/indexer/search/search.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/indexer/search/column_filter.h"
#include "services/indexer/search/doc_iterator.h"
#include "services/indexer/search/query_check.h"
#include "services/indexer/search/query_plan.h"
#include "services/indexer/search/statistics.h"
#include "services/indexer/search/top_hits.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kMatchesPerDeadlineCheck = 4'096;

// Calls `visit` for every live document of the view that matches plan and filter, in order.
absl::Status ForEachMatch(const QueryPlan& plan, const v1::Filter& filter, const SegmentView& view,
                          const ScanDeadline& deadline,
                          absl::FunctionRef<void(uint32_t doc, DocIterator& match)> visit) {
  const ColumnFilter column_filter(filter, *view.segment);
  if (!column_filter.can_match()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::unique_ptr<DocIterator> match, OpenIterator(plan.root(), view));
  uint32_t matches = 0;
  for (uint32_t doc = match->doc(); doc != kNoMoreDocs; doc = match->Seek(doc + 1)) {
    if (matches++ % kMatchesPerDeadlineCheck == 0) RETURN_IF_ERROR(deadline.Check());
    if (view.IsLive(doc) && column_filter.Matches(doc)) visit(doc, *match);
  }
  return match->status();
}

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

}  // namespace

absl::StatusOr<v1::ShardResult> Search(const Snapshot& snapshot, const v1::LeafSearchRequest& request,
                                       const ScanDeadline& deadline) {
  RETURN_IF_ERROR(CheckSearch(request));
  ScoringStatistics statistics(snapshot, request);
  ASSIGN_OR_RETURN(const QueryPlan plan, QueryPlan::Make(QueryOrAll(request.has_query(), request.query()), statistics));
  TopHits top(OrderOf(request, plan), request.limit(), request.has_after() ? &request.after() : nullptr);
  uint64_t total = 0;
  for (const SegmentView& view : snapshot.segments) {
    const ColumnArrays& columns = view.segment->columns();
    const auto collect = [&](uint32_t doc, DocIterator& match) {
      ++total;
      const double score = top.order().by_relevance() ? match.Score() : 0;
      top.Add({score, columns.published_us[doc], columns.packed_ids[doc]});
    };
    RETURN_IF_ERROR(ForEachMatch(plan, request.filter(), view, deadline, collect));
  }
  v1::ShardResult result;
  for (const Hit& hit : top.Take()) {
    v1::LeafHit& out = *result.add_hits();
    out.set_article_id(UnpackId(hit.packed_id));
    out.set_score(hit.score);
    out.set_published_us(hit.published_us);
  }
  result.set_total(total);
  result.set_total_is_exact(true);
  result.set_applied_position(snapshot.applied_position);
  return result;
}

absl::Status CountFacets(const Snapshot& snapshot, const v1::LeafFacetsRequest& request, FacetCounts& counts,
                         const ScanDeadline& deadline) {
  RETURN_IF_ERROR(CheckFacets(request));
  ScoringStatistics statistics(snapshot);
  ASSIGN_OR_RETURN(const QueryPlan plan, QueryPlan::Make(QueryOrAll(request.has_query(), request.query()), statistics));
  for (const SegmentView& view : snapshot.segments) {
    std::vector<FieldCounter> counters;
    for (const int field : request.fields()) counters.emplace_back(static_cast<v1::FacetField>(field), *view.segment);
    const auto count = [&counters](uint32_t doc, DocIterator&) {
      for (FieldCounter& counter : counters) counter.Count(doc);
    };
    RETURN_IF_ERROR(ForEachMatch(plan, request.filter(), view, deadline, count));
    for (const FieldCounter& counter : counters) counter.AddTo(counts);
  }
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
