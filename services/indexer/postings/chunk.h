// Codec of posting chunks: up to 512 blocks of 128 postings behind a skip table. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_CHUNK_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_CHUNK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

inline constexpr uint32_t kBlocksPerChunk = 512;

// What is known of a run of postings without decoding it.
struct BlockBounds {
  uint32_t last_doc = 0;
  uint16_t impact = 0;  // impact.h
};

// A block where it lies in a chunk, not decoded.
struct EncodedBlock {
  uint32_t base = kBeforeFirstDoc;  // the document before the first
  uint32_t last_doc = 0;
  uint32_t size = 0;
  const char* bytes = nullptr;
};

// Collects blocks of ascending documents; Finish() returns the encoded chunk and starts the next.
class ChunkWriter {
 public:
  // REQUIRES: block.size > 0, documents ascend over all blocks, fewer than kBlocksPerChunk blocks since Finish(), and
  // only the last of them has fewer than kBlockSize postings.
  void AddBlock(const PostingBlock& block, uint16_t impact);

  uint32_t block_count() const { return static_cast<uint32_t>(bounds_of_blocks_.size()); }
  const BlockBounds& bounds() const { return bounds_; }  // over all blocks since Finish()
  std::string Finish();

 private:
  uint32_t base_ = kBeforeFirstDoc;  // the document before the next block
  uint32_t chunk_base_ = kBeforeFirstDoc;
  uint32_t last_size_ = 0;
  BlockBounds bounds_;
  std::vector<BlockBounds> bounds_of_blocks_;
  std::vector<uint32_t> offsets_;
  std::string payload_;
};

// A view of a chunk: the bytes must outlive it.
class ChunkReader {
 public:
  // DATA_LOSS unless `value` is a whole, undamaged chunk in which every block can be decoded, with documents below
  // `doc_limit`. Reads it through: once per value is enough, since files do not change.
  static absl::Status Check(absl::string_view value, uint32_t doc_limit);

  ChunkReader() = default;
  explicit ChunkReader(absl::string_view value);  // REQUIRES: Check(value, …) is OK

  uint32_t block_count() const { return block_count_; }
  // All of these REQUIRE: block < block_count().
  uint32_t LastDoc(uint32_t block) const { return LoadFixed<uint32_t>(last_docs_ + block * sizeof(uint32_t)); }
  uint16_t Impact(uint32_t block) const { return LoadFixed<uint16_t>(impacts_ + block * sizeof(uint16_t)); }
  uint32_t Base(uint32_t block) const { return block == 0 ? base_ : LastDoc(block - 1); }
  EncodedBlock Block(uint32_t block) const {
    return {.base = Base(block),
            .last_doc = LastDoc(block),
            .size = block + 1 == block_count_ ? last_size_ : kBlockSize,
            .bytes = payload_ + LoadFixed<uint32_t>(offsets_ + block * sizeof(uint32_t))};
  }

  // The first block at or behind `from` whose last document is >= target; block_count() when there is none.
  uint32_t FindBlock(uint32_t from, uint32_t target) const {
    if (from < block_count_ && LastDoc(from) >= target) return from;
    return from + 1 < block_count_ && LastDoc(from + 1) >= target ? from + 1 : FindFar(from, target);
  }

 private:
  uint32_t FindFar(uint32_t from, uint32_t target) const;
  static absl::Status CheckTable(const ChunkReader& chunk, absl::string_view body, uint32_t doc_limit);
  static absl::Status CheckBlock(const ChunkReader& chunk, uint32_t block, const char* end);

  uint32_t base_ = kBeforeFirstDoc;
  uint32_t block_count_ = 0;
  uint32_t last_size_ = 0;
  const char* last_docs_ = nullptr;
  const char* impacts_ = nullptr;
  const char* offsets_ = nullptr;
  const char* payload_ = nullptr;
};

// Decoding of single blocks. `docs` and `freqs` have room for kBlockSize.

// Whether the documents are a bitset, in which one can be found without decoding the others.
inline constexpr char kBitset = '\x7f';  // in place of the width of gaps
inline bool IsBitset(const EncodedBlock& block) { return *block.bytes == kBitset; }
void DecodeDocs(const EncodedBlock& block, uint32_t* docs);
void DecodeFreqs(const EncodedBlock& block, uint32_t* freqs);
uint32_t DecodeFreq(const EncodedBlock& block, uint32_t index);  // REQUIRES: index < block.size
// Those of several postings. REQUIRES: every index < block.size
void DecodeFreqsAt(const EncodedBlock& block, absl::Span<const uint32_t> indexes, uint32_t* freqs);

struct BlockPlace {
  uint32_t doc = 0;
  uint32_t index = 0;
};
// The first document >= target and where it is. REQUIRES: IsBitset(block), base + 1 <= target <= last_doc.
BlockPlace FindInBitset(const EncodedBlock& block, uint32_t target);
// Which of `docs` the block has, as Kernels::find_bits. REQUIRES: IsBitset(block), all of [base + 1, last_doc].
size_t FindAllInBitset(const EncodedBlock& block, absl::Span<const uint32_t> docs, uint32_t* places, uint32_t* indexes);
// Sets bits (document - origin) of all documents of [origin, end). REQUIRES: IsBitset(block).
void OrBitset(const EncodedBlock& block, uint32_t origin, uint32_t end, uint64_t* bits);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_CHUNK_H_
