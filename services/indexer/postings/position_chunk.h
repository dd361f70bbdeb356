// Codec of position chunks: the positions of the postings of one chunk, block by block. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSITION_CHUNK_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSITION_CHUNK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace tintinh::indexer {

// Collects the gaps of one block's positions after another; Finish() returns the chunk and starts the next.
class PositionChunkWriter {
 public:
  // `gaps`: for each posting its first position, then the distances to the following ones.
  void AddBlock(absl::Span<const uint32_t> gaps);
  std::string Finish();

 private:
  std::vector<uint32_t> offsets_;
  std::string payload_;
};

// The gaps of one block where they lie in a chunk.
struct EncodedPositions {
  uint32_t count = 0;  // positions of all postings together
  const char* bytes = nullptr;
};

// A view of a chunk: the bytes must outlive it.
class PositionChunkReader {
 public:
  // DATA_LOSS unless `value` is a whole, undamaged chunk. Reads it through: once per value is enough.
  static absl::Status Check(absl::string_view value);

  PositionChunkReader() = default;
  explicit PositionChunkReader(absl::string_view value);  // REQUIRES: Check(value) is OK

  uint32_t block_count() const { return block_count_; }
  EncodedPositions Block(uint32_t block) const;  // REQUIRES: block < block_count()

 private:
  uint32_t block_count_ = 0;
  const char* offsets_ = nullptr;
  const char* payload_ = nullptr;
};

// The `count` positions of one posting; `start` of the block's stand before them. REQUIRES: start + count <=
// block.count; room for `count`.
void DecodePositions(const EncodedPositions& block, uint32_t start, uint32_t count, uint32_t* positions);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSITION_CHUNK_H_
