// Codec of position chunks: the positions of the postings of one chunk, block by block. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSITION_CHUNK_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSITION_CHUNK_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

// Collects the gaps of one block's positions after another; Finish() returns the chunk and starts the next.
class PositionChunkWriter {
 public:
  // `gaps`: for each posting its first position, then the distances to the following ones.
  void AddBlock(absl::Span<const uint32_t> gaps);
  std::string Finish();

 private:
  uint32_t block_count_ = 0;
  std::string rows_;
  std::string payload_;
};

// A checked view, like ChunkReader.
class PositionChunkReader {
 public:
  static absl::StatusOr<PositionChunkReader> Parse(absl::string_view value);

  // The positions of the postings of `postings`, which is the same block of the same chunk. DATA_LOSS when the two do
  // not belong together.
  absl::Status Decode(uint32_t block, const PostingBlock& postings, PositionBlock& out) const;

 private:
  PositionChunkReader() = default;

  uint32_t block_count_ = 0;
  absl::string_view rows_;
  absl::string_view payload_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSITION_CHUNK_H_
