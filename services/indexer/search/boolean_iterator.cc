#include "services/indexer/search/boolean_iterator.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"

namespace tintinh::indexer {

BooleanIterator::BooleanIterator(BooleanParts parts) : parts_(std::move(parts)) {
  for (const auto& child : parts_.must) order_.push_back(child.get());
  std::sort(order_.begin(), order_.end(),
            [](const DocIterator* a, const DocIterator* b) { return a->cost() < b->cost(); });
  doc_ = Advance(0);
}

double BooleanIterator::Score() {
  double score = 0;
  for (const auto& child : parts_.must) score += child->Score();
  for (const auto& child : parts_.should) {
    if (child->Seek(doc_) == doc_) score += child->Score();
  }
  return score;
}

uint64_t BooleanIterator::cost() const {
  if (!order_.empty()) return order_.front()->cost();
  uint64_t sum = 0;
  for (const auto& child : parts_.should) sum += child->cost();
  return sum;
}

absl::Status BooleanIterator::status() const {
  for (const DocIterators* children : {&parts_.must, &parts_.should, &parts_.must_not}) {
    for (const auto& child : *children) RETURN_IF_ERROR(child->status());
  }
  return absl::OkStatus();
}

uint32_t BooleanIterator::Advance(uint32_t target) {
  uint32_t doc = NextCandidate(target);
  while (doc != kNoMoreDocs && !Accepts(doc)) doc = NextCandidate(doc + 1);
  return doc;
}

uint32_t BooleanIterator::NextCandidate(uint32_t target) {
  return order_.empty() ? NextOfAny(target) : NextOfAll(target);
}

uint32_t BooleanIterator::NextOfAll(uint32_t target) {
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

uint32_t BooleanIterator::NextOfAny(uint32_t target) {
  uint32_t nearest = kNoMoreDocs;
  for (const auto& child : parts_.should) nearest = std::min(nearest, child->Seek(target));
  return nearest;
}

bool BooleanIterator::Accepts(uint32_t doc) {
  for (const auto& child : parts_.must_not) {
    if (child->Seek(doc) == doc) return false;
  }
  uint32_t matching = 0;
  for (size_t i = 0; i < parts_.should.size() && matching < parts_.minimum_should; ++i) {
    if (parts_.should[i]->Seek(doc) == doc) ++matching;
  }
  return matching >= parts_.minimum_should;
}

}  // namespace tintinh::indexer
