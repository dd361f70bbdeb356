#include "services/indexer/search/phrase_iterator.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/indexer/search/seek_all.h"

namespace tintinh::indexer {

PhraseIterator::PhraseIterator(const PlanNode& plan, PostingCursors terms, PostingCursors pairs,
                               const FieldInSegment& field)
    : plan_(plan), terms_(std::move(terms)), pairs_(std::move(pairs)), positions_(terms_.size()), field_(field) {
  for (const auto& cursor : pairs_.empty() ? terms_ : pairs_) order_.push_back(cursor.get());
  std::stable_sort(order_.begin(), order_.end(), [](const PostingCursor* a, const PostingCursor* b) {
    return a->statistics().document_frequency < b->statistics().document_frequency;
  });
}

double PhraseIterator::Score() { return Bm25(plan_.weight, freq_, plan_.scoring->penalties[field_.norms[doc_]]); }

absl::Status PhraseIterator::status() const {
  for (const PostingCursors* cursors : {&pairs_, &terms_}) {
    for (const auto& cursor : *cursors) RETURN_IF_ERROR(cursor->status());
  }
  return absl::OkStatus();
}

void PhraseIterator::Rewind() {
  found_.reset();
  for (const PostingCursors* cursors : {&pairs_, &terms_}) {
    for (const auto& cursor : *cursors) cursor->Rewind();
  }
}

bool PhraseIterator::Matches(uint32_t doc) {
  if (found_ == doc) return true;
  found_.reset();
  for (PostingCursor* cursor : order_) {
    if (cursor->Seek(doc) != doc) return false;
  }
  if (!CanReachFloor(doc, pairs_)) return false;
  for (const auto& cursor : terms_) {
    if (cursor->Seek(doc) != doc) return false;
  }
  if (!CanReachFloor(doc, terms_)) return false;
  doc_ = doc;
  freq_ = CountPlaces();
  return freq_ > 0;
}

uint32_t PhraseIterator::Seek(uint32_t target) {
  if (found_.has_value() && *found_ >= target) return *found_;
  uint32_t doc = SeekAll(order_, target);
  while (doc != kNoMoreDocs && !Matches(doc)) doc = SeekAll(order_, doc + 1);
  found_ = doc;
  return doc;
}

bool PhraseIterator::CanReachFloor(uint32_t doc, const PostingCursors& cursors) const {
  if (floor_ == kNoFloor) return true;
  const float penalty = plan_.scoring->penalties[field_.norms[doc]];
  for (const auto& cursor : cursors) {
    if (static_cast<double>(Bm25(plan_.weight, cursor->freq(), penalty)) < floor_) return false;
  }
  return true;
}

// Impacts of pairs are of another field's lengths: only those of the terms bound the phrase.
double PhraseIterator::MaxScore(uint32_t begin, uint32_t end) {
  uint32_t least = kMaxImpact;
  for (const auto& cursor : terms_) least = std::min(least, cursor->MaxImpact(begin, end));
  return static_cast<double>(plan_.weight) * field_.impacts.Of(least);
}

void PhraseIterator::AddChampions(std::vector<uint32_t>& docs) {
  for (const ChampionPosting& champion : order_.front()->champions()) docs.push_back(champion.doc);
}

uint32_t PhraseIterator::CountPlaces() {
  for (size_t i = 0; i < terms_.size(); ++i) positions_[i] = terms_[i]->PositionsOfDoc();
  uint32_t places = 0;
  for (const uint32_t start : positions_[0]) {
    bool all = true;
    for (size_t i = 1; i < terms_.size() && all; ++i) {
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
