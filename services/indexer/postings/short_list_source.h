// Serves the blocks of a short list to a cursor.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_SOURCE_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_SOURCE_H_

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/postings/short_list.h"

namespace tintinh::indexer {

// `Bytes` has bool ReadByte(uint8_t*) and can be copied; what it reads from must outlive this.
template <typename Bytes>
class ShortListSource final : public BlockSource {
 public:
  // Reads `count` postings at most and stops before `doc_limit`.
  ShortListSource(Bytes bytes, enum Positions stored, uint32_t count, uint32_t doc_limit)
      : begin_(bytes), stored_(stored), count_(count), doc_limit_(doc_limit), decoder_(bytes, stored), left_(count) {}

  bool NextBlock(uint32_t target, SourceBlock& block) override {
    if (postings_.size > 0 && postings_.docs[postings_.size - 1] >= target) return Give(block);
    while (left_ > 0) {
      if (!Fill()) return false;
      if (postings_.size > 0 && postings_.docs[postings_.size - 1] >= target) return Give(block);
    }
    return false;
  }

  uint32_t MaxImpact(uint32_t, uint32_t) override { return kUnknownImpact; }

  // Never asked for: blocks are given decoded.
  bool Positions(EncodedPositions&) override { return false; }

  void Rewind() override {
    decoder_ = ShortListDecoder<Bytes>(begin_, stored_);
    left_ = count_;
    postings_.size = 0;
    base_ = kBeforeFirstDoc;
  }

  void Fail(absl::string_view what) override {
    if (status_.ok()) status_ = absl::DataLossError(absl::StrCat("short posting list: ", what));
  }
  absl::Status status() const override { return status_; }

 private:
  bool Give(SourceBlock& block) const {
    block.encoded = {.base = base_, .last_doc = postings_.docs[postings_.size - 1], .size = postings_.size};
    block.plain = &postings_;
    block.plain_positions = stored_ == indexer::Positions::kStored ? &positions_ : nullptr;
    return true;
  }

  bool Fill() {
    if (postings_.size > 0) base_ = postings_.docs[postings_.size - 1];
    postings_.size = 0;
    positions_.positions.clear();
    positions_.starts[0] = 0;
    while (left_ > 0 && postings_.size < kBlockSize) {
      if (!decoder_.Next(postings_, positions_)) {
        Fail("cut off or malformed");
        left_ = 0;
        return false;
      }
      --left_;
      if (postings_.docs[postings_.size - 1] >= doc_limit_) {
        --postings_.size;
        left_ = 0;
      }
    }
    return true;
  }

  const Bytes begin_;
  const enum Positions stored_;
  const uint32_t count_;
  const uint32_t doc_limit_;
  ShortListDecoder<Bytes> decoder_;
  uint32_t left_;
  uint32_t base_ = kBeforeFirstDoc;
  PostingBlock postings_;
  PositionBlock positions_;
  absl::Status status_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_SOURCE_H_
