// A forward cursor over one term's postings in one segment, whatever they are stored in. It moves over blocks without
// decoding them, and decodes of a block no more than what is asked for.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_CURSOR_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_CURSOR_H_

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/impact.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/postings/term_record.h"

namespace tintinh::indexer {

// A block as a source gives it: encoded, or, with `plain` set, decoded already.
struct SourceBlock {
  EncodedBlock encoded;                            // base, last_doc and size hold in both cases
  const PostingBlock* plain = nullptr;             // valid until the next call of NextBlock or Rewind
  const PositionBlock* plain_positions = nullptr;  // likewise; null in fields without positions
};

// Where a cursor's blocks come from. Not thread-safe.
class BlockSource {
 public:
  virtual ~BlockSource() = default;

  // Gives the first block, at or behind the one given before, that holds a document >= target. False when there is
  // none or on failure; status() tells which. Every document is below the segment's document count.
  virtual bool NextBlock(uint32_t target, SourceBlock& block) = 0;

  // The greatest impact (impact.h) of blocks that reach into [begin, end), 0 when there are none. Looks no further back
  // than the block given last. kUnknownImpact when the source does not know.
  static constexpr uint32_t kUnknownImpact = uint32_t{kMaxImpact} + 1;
  virtual uint32_t MaxImpact(uint32_t begin, uint32_t end) = 0;

  // The positions of the encoded block given last. False on failure. REQUIRES: the field stores positions.
  virtual bool Positions(EncodedPositions& positions) = 0;

  // Back to before the first block.
  virtual void Rewind() = 0;

  // Notes damage that the cursor found in what it was given: status() tells it from now on.
  virtual void Fail(absl::string_view what) = 0;

  virtual absl::Status status() const = 0;
};

// Starts before the first document. After a failure it is at the end, and status() is not OK.
class PostingCursor {
 public:
  PostingCursor(std::unique_ptr<BlockSource> source, const TermStatistics& statistics);

  const TermStatistics& statistics() const { return statistics_; }
  // Documents whose impact was among the greatest when the segment was written; may be empty.
  absl::Span<const ChampionPosting> champions() const { return champions_; }
  void set_champions(std::vector<ChampionPosting> champions) { champions_ = std::move(champions); }

  // kNoMoreDocs at the end. REQUIRES: Seek() was called since the last SeekBlock().
  uint32_t doc() const { return doc_; }
  uint32_t freq();  // REQUIRES: doc() is a document

  // Moves to the first document >= target and returns it. Never moves back.
  uint32_t Seek(uint32_t target) {
    if (doc_ >= target && doc_is_known_) return doc_;
    return SeekFar(target);
  }

  // Looks up many: which of `docs`, ascending from where the cursor is, the list has. Moves to the block of the last.
  // REQUIRES: docs.size() <= kBlockSize.
  struct Found {
    size_t count = 0;
    std::array<uint32_t, kBlockSize + 1> places;  // in `docs`, ascending
    std::array<uint32_t, kBlockSize + 1> freqs;   // parallel
  };
  void FindAll(absl::Span<const uint32_t> docs, Found& found);

  // Of the current document, ascending; empty on failure. Valid until the cursor moves.
  absl::Span<const uint32_t> PositionsOfDoc();

  // Block at a time: moves to the first block that holds a document >= target, without decoding it. False at the end.
  bool SeekBlock(uint32_t target);
  // Of the current block. REQUIRES: SeekBlock() or Seek() returned one.
  uint32_t block_first() const { return block_.encoded.base + 1; }  // at most its first document
  uint32_t block_last() const { return block_.encoded.last_doc; }
  absl::Span<const uint32_t> BlockDocs();
  absl::Span<const uint32_t> BlockFreqs();

  // Sets bits (document - begin) for all documents of [begin, end). Moves to the last block looked at.
  void FillBits(uint32_t begin, uint32_t end, uint64_t* bits);

  // As BlockSource::MaxImpact.
  uint32_t MaxImpact(uint32_t begin, uint32_t end) { return source_->MaxImpact(begin, end); }

  void Rewind();
  absl::Status status() const { return source_->status(); }

 private:
  uint32_t SeekFar(uint32_t target);
  uint32_t SeekInBlock(uint32_t target);
  void FindInBlock(absl::Span<const uint32_t> docs, uint32_t first_place, Found& found);
  void Enter();
  void End();
  bool LoadPositions();

  std::unique_ptr<BlockSource> source_;
  const TermStatistics statistics_;
  std::vector<ChampionPosting> champions_;

  bool at_end_ = false;
  bool doc_is_known_ = false;
  uint32_t doc_ = 0;

  // The current block, as far as it was looked at.
  bool has_block_ = false;
  SourceBlock block_;
  uint32_t index_ = 0;               // of doc_
  uint32_t lookups_ = 0;             // of single values
  const uint32_t* docs_ = nullptr;   // null: not decoded yet
  const uint32_t* freqs_ = nullptr;  // likewise
  PostingBlock decoded_;
  bool starts_known_ = false;
  EncodedPositions encoded_positions_;
  std::array<uint32_t, kBlockSize + 1> starts_;  // of each posting's positions
  std::vector<uint32_t> positions_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_CURSOR_H_
