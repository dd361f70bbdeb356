// A forward cursor over one term's postings in one segment, whatever they are stored in.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_CURSOR_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_CURSOR_H_

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/postings/term_record.h"

namespace tintinh::indexer {

// Where a cursor's blocks come from. Not thread-safe.
class BlockSource {
 public:
  virtual ~BlockSource() = default;

  // Decodes the first block, after the one given before, that holds a document >= target. False when there is none or
  // on failure; status() tells which. Every document is below the segment's document count.
  virtual bool NextBlock(uint32_t target, PostingBlock& block) = 0;

  // The positions of the block given last, valid until the next call on this; null on failure. REQUIRES: the field
  // stores positions.
  virtual const PositionBlock* Positions(const PostingBlock& block) = 0;

  virtual absl::Status status() const = 0;
};

// Starts before the first document. After a failure it is at the end, and status() is not OK.
class PostingCursor {
 public:
  PostingCursor(std::unique_ptr<BlockSource> source, const TermStatistics& statistics)
      : source_(std::move(source)), statistics_(statistics) {}

  const TermStatistics& statistics() const { return statistics_; }

  // kNoMoreDocs at the end. REQUIRES: Seek() was called.
  uint32_t doc() const { return block_.docs[index_]; }
  uint32_t freq() const { return block_.freqs[index_]; }  // REQUIRES: doc() != kNoMoreDocs

  // Moves to the first document >= target and returns it. Never moves back.
  uint32_t Seek(uint32_t target) {
    if (index_ + 1 < block_.size && block_.docs[index_ + 1] >= target && started_) {
      if (block_.docs[index_] < target) ++index_;
      return doc();
    }
    return SeekFar(target);
  }

  // Of the current document, ascending; empty on failure. Valid until the next Seek().
  absl::Span<const uint32_t> Positions();

  absl::Status status() const { return source_->status(); }

 private:
  uint32_t SeekFar(uint32_t target);

  std::unique_ptr<BlockSource> source_;
  TermStatistics statistics_;
  PostingBlock block_;
  uint32_t index_ = 0;
  bool started_ = false;
  const PositionBlock* positions_ = nullptr;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_CURSOR_H_
