// Keeps the best hits in a request's order.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_TOP_HITS_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_TOP_HITS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/indexer/segment/columns.h"
#include "tintinh/v1/indexer_service.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::indexer {

// Its columns are looked at only where the score does not decide.
struct Hit {
  double score = 0;
  uint32_t doc = 0;
  const ColumnArrays* columns = nullptr;  // of the document's segment

  int64_t published_us() const { return columns->published_us[doc]; }
  absl::string_view packed_id() const { return columns->packed_ids[doc]; }
};

// A total order: RELEVANCE by score, highest first; NEWEST and OLDEST by publication time, without one last; ties by
// article id, ascending.
class HitOrder {
 public:
  explicit HitOrder(v1::SortOrder order) : order_(order) {}
  bool Before(const Hit& a, const Hit& b) const;
  // The same with a hit of which only this is known; `packed_id` as packed_id.h makes it.
  struct Key {
    double score = 0;
    int64_t published_us = kNoTime;
    std::string packed_id;
  };
  bool Before(const Key& a, const Hit& b) const;
  bool by_relevance() const { return order_ == v1::SORT_ORDER_RELEVANCE; }
  bool newest_first() const { return order_ == v1::SORT_ORDER_NEWEST; }

 private:
  // Greater is better.
  int64_t TimeRank(int64_t published_us) const;

  const v1::SortOrder order_;
};

class TopHits {
 public:
  // `after`: only hits behind it in the order are kept; null for all.
  TopHits(v1::SortOrder order, size_t limit, const v1::SortKey* after);

  const HitOrder& order() const { return order_; }
  size_t limit() const { return limit_; }
  bool resumes() const { return after_.has_value(); }
  void Add(const Hit& hit);

  // Hits that score less cannot be among the best. REQUIRES: by relevance.
  double floor() const { return floor_; }
  // Says that `limit` hits of at least this score exist, which Add() has seen or will see.
  void RaiseFloor(double floor) { floor_ = floor > floor_ ? floor : floor_; }

  // Best first; empties this.
  std::vector<Hit> Take();

 private:
  const HitOrder order_;
  const size_t limit_;
  std::optional<HitOrder::Key> after_;
  double floor_ = -std::numeric_limits<double>::infinity();
  std::vector<Hit> heap_;  // the worst in front
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_TOP_HITS_H_
