// Serves the blocks of a chunked posting list to a cursor, reading chunks only when they are reached.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_SOURCE_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_SOURCE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/reader.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/segment/chunk_store.h"

namespace tintinh::indexer {

class ChunkSource final : public BlockSource {
 public:
  // `store` must outlive this. `chunks` is the list's directory, `first_chunk` the number of its first one. Documents
  // at or past `doc_limit` are damage.
  ChunkSource(const ChunkStore& store, uint32_t first_chunk, std::vector<BlockBounds> chunks, uint32_t doc_limit);

  bool NextBlock(uint32_t target, SourceBlock& block) override;
  uint32_t MaxImpact(uint32_t begin, uint32_t end) override;
  bool Positions(EncodedPositions& positions) override;
  void Rewind() override;
  void Fail(absl::string_view what) override;
  absl::Status status() const override { return status_; }

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // A chunk of the list, kept while it is read.
  struct Loaded {
    uint32_t index = kNone;
    std::shared_ptr<const LoadedChunk> chunk;
    ChunkReader reader;
  };
  // Bounds run ahead of what is decoded, often into the same chunk.
  bool Load(uint32_t index, Loaded& loaded) { return loaded.index == index || LoadOther(index, loaded); }
  bool LoadOther(uint32_t index, Loaded& loaded);
  uint32_t FindChunk(uint32_t from, uint32_t target) const;

  const ChunkStore& store_;
  const uint32_t first_chunk_;
  const std::vector<BlockBounds> chunks_;
  const uint32_t doc_limit_;
  absl::Status status_;

  Loaded current_;  // holds the block given last
  uint32_t current_block_ = 0;
  Loaded bounds_;  // holds the block bounded last
  uint32_t bounds_block_ = 0;

  uint32_t positions_index_ = kNone;
  kv::PinnedValue positions_value_;
  PositionChunkReader positions_reader_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_SOURCE_H_
