// The postings of one list, added in any order and visited in the order of their documents.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_GATHERED_POSTINGS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_GATHERED_POSTINGS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

class GatheredPostings {
 public:
  void Clear() {
    keys_.clear();
    entries_.clear();
    positions_.clear();
  }

  // REQUIRES: each document once.
  void Add(const Posting& posting) {
    keys_.push_back(uint64_t{posting.doc} << 32 | entries_.size());
    entries_.push_back({posting.freq, posting.norm, positions_.size(), posting.positions.size()});
    positions_.insert(positions_.end(), posting.positions.begin(), posting.positions.end());
  }

  // Calls `visit(posting)` until it fails.
  template <typename Visit>
  absl::Status ForEach(const Visit& visit) {
    std::sort(keys_.begin(), keys_.end());
    for (const uint64_t key : keys_) {
      const Entry& entry = entries_[static_cast<uint32_t>(key)];
      const absl::Span<const uint32_t> positions(positions_.data() + entry.first_position, entry.positions);
      RETURN_IF_ERROR(visit(Posting{static_cast<uint32_t>(key >> 32), entry.freq, entry.norm, positions}));
    }
    return absl::OkStatus();
  }

 private:
  struct Entry {
    uint32_t freq;
    uint8_t norm;
    size_t first_position;
    size_t positions;
  };

  std::vector<uint64_t> keys_;  // document and number of the entry: quick to sort
  std::vector<Entry> entries_;
  std::vector<uint32_t> positions_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_GATHERED_POSTINGS_H_
