// Serves the blocks of a chunked posting list to a cursor, reading chunks only when they are reached.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_SOURCE_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_SOURCE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "common/kv/database.h"
#include "common/kv/reader.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/posting_cursor.h"

namespace tintinh::indexer {

// Where the chunks of a term are.
struct ChunkedList {
  uint32_t segment = 0;
  uint32_t term_id = 0;
  std::vector<BlockBounds> chunks;
};

class ChunkSource final : public BlockSource {
 public:
  // `db` must outlive this. Documents at or past `doc_limit` are damage.
  ChunkSource(const kv::Database& db, ChunkedList list, uint32_t doc_limit);

  bool NextBlock(uint32_t target, PostingBlock& block) override;
  const PositionBlock* Positions(const PostingBlock& block) override;
  absl::Status status() const override { return status_; }

 private:
  absl::Status LoadChunk();
  absl::Status LoadPositions(const PostingBlock& block);

  const kv::Database& db_;
  const ChunkedList list_;
  const uint32_t doc_limit_;
  absl::Status status_;
  uint32_t chunk_ = 0;       // the one chunk_reader_ reads, or will
  uint32_t next_block_ = 0;  // of it
  kv::PinnedValue chunk_value_;
  std::optional<ChunkReader> chunk_reader_;
  std::optional<uint32_t> positions_chunk_;  // the one positions_reader_ reads
  kv::PinnedValue positions_value_;
  std::optional<PositionChunkReader> positions_reader_;
  PositionBlock positions_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_SOURCE_H_
