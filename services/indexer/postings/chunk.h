// Codec of posting chunks: up to 128 blocks of up to 128 postings behind a skip table. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_CHUNK_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_CHUNK_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

inline constexpr uint32_t kBlocksPerChunk = 128;

// What a scorer may rely on without decoding: no posting of the block has a higher freq or a shorter field.
struct BlockBounds {
  uint32_t last_doc = 0;
  uint32_t max_freq = 0;
  uint8_t min_norm = 255;
};

// Collects blocks of ascending documents; Finish() returns the encoded chunk and starts the next.
class ChunkWriter {
 public:
  explicit ChunkWriter(uint32_t first_doc_base = kNoMoreDocs) : base_(first_doc_base) {}

  // REQUIRES: block.size > 0, documents ascend over all blocks, fewer than kBlocksPerChunk blocks since Finish().
  void AddBlock(const PostingBlock& block, uint8_t min_norm);

  uint32_t block_count() const { return block_count_; }
  const BlockBounds& bounds() const { return bounds_; }  // over all blocks since Finish()
  std::string Finish();

 private:
  uint32_t base_;  // the document before the next block; kNoMoreDocs at the start of a list
  uint32_t chunk_base_ = base_;
  uint32_t block_count_ = 0;
  BlockBounds bounds_;
  std::string rows_;
  std::string payload_;
};

// A chunk that was checked from end to end once, so that Decode() needs no checks but cheap ones. A view: the bytes
// must outlive it.
class ChunkReader {
 public:
  // DATA_LOSS unless `value` is a whole chunk whose table stays within it and whose documents are below `doc_limit`.
  static absl::StatusOr<ChunkReader> Parse(absl::string_view value, uint32_t doc_limit);

  uint32_t block_count() const { return block_count_; }
  BlockBounds Bounds(uint32_t block) const;  // REQUIRES: block < block_count()
  uint32_t LastDoc(uint32_t block) const;    // the same, cheaper

  // DATA_LOSS when the block contradicts the table. REQUIRES: block < block_count().
  absl::Status Decode(uint32_t block, PostingBlock& out) const;

 private:
  ChunkReader() = default;
  uint32_t Base(uint32_t block) const { return block == 0 ? base_ : LastDoc(block - 1); }

  uint32_t base_ = 0;
  uint32_t block_count_ = 0;
  absl::string_view rows_;
  absl::string_view payload_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_CHUNK_H_
