#include "services/indexer/search/top_hits.h"

#include <algorithm>
#include <utility>

#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {

int64_t HitOrder::TimeRank(int64_t published_us) const {
  // kNoTime is the least number, and so last in both orders; ~ turns the order of the others around.
  if (order_ == v1::SORT_ORDER_OLDEST && published_us != kNoTime) return ~published_us;
  return published_us;
}

bool HitOrder::Before(const Hit& a, const Hit& b) const {
  if (by_relevance()) {
    if (a.score != b.score) return a.score > b.score;
  } else {
    const int64_t a_rank = TimeRank(a.published_us());
    const int64_t b_rank = TimeRank(b.published_us());
    if (a_rank != b_rank) return a_rank > b_rank;
  }
  return PackedIdLess(a.packed_id(), b.packed_id());
}

bool HitOrder::Before(const Key& a, const Hit& b) const {
  if (by_relevance()) {
    if (a.score != b.score) return a.score > b.score;
  } else {
    const int64_t a_rank = TimeRank(a.published_us);
    const int64_t b_rank = TimeRank(b.published_us());
    if (a_rank != b_rank) return a_rank > b_rank;
  }
  return PackedIdLess(a.packed_id, b.packed_id());
}

TopHits::TopHits(v1::SortOrder order, size_t limit, const v1::SortKey* after) : order_(order), limit_(limit) {
  if (after != nullptr) after_ = {after->score(), after->published_us(), PackId(after->article_id())};
}

void TopHits::Add(const Hit& hit) {
  if (after_.has_value() && !order_.Before(*after_, hit)) return;
  const auto better = [this](const Hit& a, const Hit& b) { return order_.Before(a, b); };
  if (heap_.size() == limit_) {
    if (!order_.Before(hit, heap_.front())) return;
    std::pop_heap(heap_.begin(), heap_.end(), better);
    heap_.back() = hit;
  } else {
    heap_.push_back(hit);
  }
  std::push_heap(heap_.begin(), heap_.end(), better);
  if (heap_.size() == limit_ && order_.by_relevance()) RaiseFloor(heap_.front().score);
}

std::vector<Hit> TopHits::Take() {
  std::sort(heap_.begin(), heap_.end(), [this](const Hit& a, const Hit& b) { return order_.Before(a, b); });
  return std::exchange(heap_, {});
}

}  // namespace tintinh::indexer
