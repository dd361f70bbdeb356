#include "services/indexer/postings/posting_cursor.h"

#include <algorithm>

namespace tintinh::indexer {

uint32_t PostingCursor::SeekFar(uint32_t target) {
  if (started_ && doc() >= target) return doc();
  if (!started_ || block_.docs[block_.size - 1] < target) {
    started_ = true;
    positions_ = nullptr;
    index_ = 0;
    if (!source_->NextBlock(target, block_)) {
      block_.docs[0] = kNoMoreDocs;
      block_.size = 1;
      return kNoMoreDocs;
    }
  }
  const auto begin = block_.docs.begin();
  index_ = static_cast<uint32_t>(std::lower_bound(begin + index_, begin + block_.size, target) - begin);
  return doc();
}

absl::Span<const uint32_t> PostingCursor::Positions() {
  if (positions_ == nullptr) positions_ = source_->Positions(block_);
  if (positions_ == nullptr) return {};
  const uint32_t start = positions_->starts[index_];
  return absl::MakeConstSpan(positions_->positions).subspan(start, positions_->starts[index_ + 1] - start);
}

}  // namespace tintinh::indexer
