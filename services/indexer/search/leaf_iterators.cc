#include "services/indexer/search/leaf_iterators.h"

#include <algorithm>

#include "common/status/status_macros.h"

namespace tintinh::indexer {

TermIterator::TermIterator(const PlanNode& plan, std::unique_ptr<PostingCursor> cursor, const uint8_t* norms)
    : plan_(plan), cursor_(std::move(cursor)), norms_(norms) {
  doc_ = cursor_->Seek(0);
}

double TermIterator::Score() { return Bm25(plan_.weight, cursor_->freq(), (*plan_.penalties)[norms_[doc_]]); }

PhraseIterator::PhraseIterator(const PlanNode& plan, std::vector<std::unique_ptr<PostingCursor>> cursors,
                               const uint8_t* norms)
    : plan_(plan), cursors_(std::move(cursors)), positions_(cursors_.size()), norms_(norms) {
  for (const auto& cursor : cursors_) order_.push_back(cursor.get());
  std::sort(order_.begin(), order_.end(), [](const PostingCursor* a, const PostingCursor* b) {
    return a->statistics().document_frequency < b->statistics().document_frequency;
  });
  doc_ = Advance(0);
}

double PhraseIterator::Score() { return Bm25(plan_.weight, freq_, (*plan_.penalties)[norms_[doc_]]); }

absl::Status PhraseIterator::status() const {
  for (const auto& cursor : cursors_) RETURN_IF_ERROR(cursor->status());
  return absl::OkStatus();
}

uint32_t PhraseIterator::Advance(uint32_t target) {
  for (uint32_t doc = NextCommon(target); doc != kNoMoreDocs; doc = NextCommon(doc + 1)) {
    freq_ = CountPlaces();
    if (freq_ > 0) return doc;
    if (!status().ok()) break;
  }
  return kNoMoreDocs;
}

uint32_t PhraseIterator::NextCommon(uint32_t target) {
  for (;;) {
    const uint32_t doc = order_.front()->Seek(target);
    if (doc == kNoMoreDocs) return doc;
    uint32_t furthest = doc;
    for (size_t i = 1; i < order_.size() && furthest == doc; ++i) furthest = order_[i]->Seek(doc);
    if (furthest == doc) return doc;
    if (furthest == kNoMoreDocs) return kNoMoreDocs;
    target = furthest;
  }
}

uint32_t PhraseIterator::CountPlaces() {
  for (size_t i = 0; i < cursors_.size(); ++i) positions_[i] = cursors_[i]->Positions();
  uint32_t places = 0;
  for (const uint32_t start : positions_[0]) {
    bool all = true;
    for (size_t i = 1; i < cursors_.size() && all; ++i) {
      const uint64_t wanted = static_cast<uint64_t>(start) + plan_.offsets[i];
      absl::Span<const uint32_t>& left = positions_[i];
      while (!left.empty() && left.front() < wanted) left.remove_prefix(1);
      if (left.empty()) return places;
      all = left.front() == wanted;
    }
    if (all) ++places;
  }
  return places;
}

}  // namespace tintinh::indexer
