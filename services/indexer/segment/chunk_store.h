// The posting and position chunks of one segment on disk. A chunk's checksum and structure are looked at when it is
// read for the first time; RocksDB's own checksums guard what is read from the disk again.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_STORE_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_STORE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"
#include "common/kv/reader.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/segment/held_chunks.h"

namespace tintinh::indexer {

// Thread-safe. `db` must outlive this.
class ChunkStore {
 public:
  ChunkStore(const kv::Database& db, uint32_t segment, uint32_t chunks);

  // As LoadPostings(), kept for the next reader.
  absl::StatusOr<std::shared_ptr<const LoadedChunk>> Postings(uint32_t chunk, uint32_t doc_limit) const;

  // The reader is a view into `value`. DATA_LOSS names the chunk when it is missing, damaged or not of this segment.
  absl::StatusOr<ChunkReader> LoadPostings(uint32_t chunk, uint32_t doc_limit, kv::PinnedValue& value) const;
  absl::StatusOr<PositionChunkReader> LoadPositions(uint32_t chunk, kv::PinnedValue& value) const;

 private:
  using Checked = std::vector<std::atomic<bool>>;  // by chunk
  absl::Status Load(const char* family, uint32_t chunk, Checked& checked,
                    absl::FunctionRef<absl::Status(absl::string_view)> check, kv::PinnedValue& value) const;

  const kv::Database& db_;
  const uint32_t segment_;
  mutable HeldChunks held_;
  mutable Checked postings_checked_;
  mutable Checked positions_checked_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_CHUNK_STORE_H_
