#include "services/indexer/segment/merged_terms.h"

#include "common/status/status_macros.h"

namespace tintinh::indexer {

MergedTerms::MergedTerms(absl::Span<const SegmentView> sources) {
  for (const SegmentView& source : sources) walkers_.push_back(source.segment->WalkTerms());
}

bool MergedTerms::Next() {
  for (const size_t holder : holders_) walkers_[holder]->Next();
  holders_.clear();
  for (size_t i = 0; i < walkers_.size(); ++i) {
    if (!walkers_[i]->Valid()) continue;
    const int order = holders_.empty() ? -1 : walkers_[i]->term().compare(walkers_[holders_.front()]->term());
    if (order < 0) holders_.clear();
    if (order <= 0) holders_.push_back(i);
  }
  if (holders_.empty() || !status().ok()) return false;
  const absl::string_view term = walkers_[holders_.front()]->term();
  term_.assign(term.data(), term.size());
  return true;
}

absl::Status MergedTerms::status() const {
  for (const auto& walker : walkers_) RETURN_IF_ERROR(walker->status());
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
