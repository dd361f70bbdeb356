// Serves the blocks of a short list to a cursor.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_SOURCE_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_SOURCE_H_

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/postings/short_list.h"

namespace tintinh::indexer {

// `Bytes` has bool ReadByte(uint8_t*); what it reads from must outlive this.
template <typename Bytes>
class ShortListSource final : public BlockSource {
 public:
  // Reads `count` postings at most and stops before `doc_limit`.
  ShortListSource(Bytes bytes, enum Positions stored, uint32_t count, uint32_t doc_limit)
      : decoder_(std::move(bytes), stored), left_(count), doc_limit_(doc_limit) {}

  bool NextBlock(uint32_t target, PostingBlock& block) override {
    while (left_ > 0) {
      if (!Fill(block)) return false;
      if (block.size > 0 && block.docs[block.size - 1] >= target) return true;
    }
    return false;
  }

  const PositionBlock* Positions(const PostingBlock&) override { return &positions_; }

  absl::Status status() const override {
    return damaged_ ? absl::DataLossError("short posting list cut off or malformed") : absl::OkStatus();
  }

 private:
  bool Fill(PostingBlock& block) {
    block.size = 0;
    positions_.positions.clear();
    positions_.starts[0] = 0;
    while (left_ > 0 && block.size < kBlockSize) {
      if (!decoder_.Next(block, positions_)) {
        damaged_ = true;
        left_ = 0;
        return false;
      }
      --left_;
      if (block.docs[block.size - 1] >= doc_limit_) {
        --block.size;
        left_ = 0;
      }
    }
    return true;
  }

  ShortListDecoder<Bytes> decoder_;
  uint32_t left_;
  const uint32_t doc_limit_;
  PositionBlock positions_;
  bool damaged_ = false;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_SOURCE_H_
