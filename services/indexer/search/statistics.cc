#include "services/indexer/search/statistics.h"

#include <array>

#include "common/status/status_macros.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {
namespace {

absl::StatusOr<uint64_t> CountDocuments(const Snapshot& snapshot, absl::string_view term) {
  uint64_t count = 0;
  for (const SegmentView& view : snapshot.segments) {
    ASSIGN_OR_RETURN(const uint32_t in_segment, view.segment->DocumentFrequency(term));
    count += in_segment;
  }
  return count;
}

AllFieldFigures SumFigures(const Snapshot& snapshot) {
  AllFieldFigures sum{};
  for (const SegmentView& view : snapshot.segments) {
    const AllFieldFigures figures = view.segment->figures();
    for (size_t field = 0; field < kFieldCount; ++field) {
      sum[field].documents += figures[field].documents;
      sum[field].length += figures[field].length;
    }
  }
  return sum;
}

v1::FieldStatistics& EntryOf(FieldId field, v1::CollectionStatistics* statistics) {
  for (v1::FieldStatistics& entry : *statistics->mutable_fields()) {
    if (FieldOf(entry.part(), entry.kind()) == field) return entry;
  }
  v1::FieldStatistics& entry = *statistics->add_fields();
  entry.set_part(PartOf(field));
  entry.set_kind(KindOf(field));
  return entry;
}

}  // namespace

absl::Status AddStatistics(const Snapshot& snapshot, const v1::LeafStatisticsRequest& request,
                           v1::CollectionStatistics* statistics, const ScanDeadline& deadline) {
  for (const SegmentView& view : snapshot.segments) {
    statistics->set_document_count(statistics->document_count() + view.documents);
  }
  const AllFieldFigures figures = SumFigures(snapshot);
  for (size_t field = 0; field < kFieldCount; ++field) {
    if (figures[field].documents == 0) continue;
    v1::FieldStatistics& entry = EntryOf(static_cast<FieldId>(field), statistics);
    entry.set_document_count(entry.document_count() + figures[field].documents);
    entry.set_total_length(entry.total_length() + figures[field].length);
  }
  auto& frequencies = *statistics->mutable_document_frequencies();
  frequencies.Resize(request.terms_size(), 0);
  for (int i = 0; i < request.terms_size(); ++i) {
    RETURN_IF_ERROR(deadline.Check());
    const v1::TermKey& key = request.terms(i);
    ASSIGN_OR_RETURN(const uint64_t count,
                     CountDocuments(snapshot, TermOf(FieldOf(key.part(), key.kind()), key.key())));
    frequencies.Set(i, frequencies.Get(i) + count);
  }
  return absl::OkStatus();
}

ScoringStatistics::ScoringStatistics(const Snapshot& snapshot, const v1::LeafSearchRequest& request)
    : snapshot_(snapshot) {
  if (!request.has_statistics()) return;
  for (int i = 0; i < request.statistics_terms_size(); ++i) {
    const v1::TermKey& key = request.statistics_terms(i);
    document_frequencies_[TermOf(FieldOf(key.part(), key.kind()), key.key())] =
        request.statistics().document_frequencies(i);
  }
  for (const v1::FieldStatistics& field : request.statistics().fields()) {
    figures_[FieldOf(field.part(), field.kind())] = {field.document_count(), field.total_length()};
  }
}

absl::StatusOr<uint64_t> ScoringStatistics::DocumentFrequency(const std::string& term) {
  const auto found = document_frequencies_.find(term);
  if (found != document_frequencies_.end()) return found->second;
  ASSIGN_OR_RETURN(const uint64_t count, CountDocuments(snapshot_, term));
  document_frequencies_[term] = count;
  return count;
}

FieldFigures ScoringStatistics::figures(FieldId field) {
  const auto found = figures_.find(field);
  if (found != figures_.end()) return found->second;
  return figures_[field] = SumFigures(snapshot_)[field];
}

}  // namespace tintinh::indexer
