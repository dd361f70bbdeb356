#include "services/indexer/segment/chunk_store.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/segment/disk_format.h"

namespace tintinh::indexer {

ChunkStore::ChunkStore(const kv::Database& db, uint32_t segment, uint32_t chunks)
    : db_(db), segment_(segment), postings_checked_(chunks), positions_checked_(chunks) {}

absl::StatusOr<std::shared_ptr<const LoadedChunk>> ChunkStore::Postings(uint32_t chunk, uint32_t doc_limit) const {
  std::shared_ptr<const LoadedChunk> held = held_.Find(chunk);
  if (held != nullptr) return held;
  auto loaded = std::make_shared<LoadedChunk>();
  ASSIGN_OR_RETURN(loaded->reader, LoadPostings(chunk, doc_limit, loaded->value));
  held_.Keep(chunk, loaded);
  return std::shared_ptr<const LoadedChunk>(std::move(loaded));
}

absl::StatusOr<ChunkReader> ChunkStore::LoadPostings(uint32_t chunk, uint32_t doc_limit, kv::PinnedValue& value) const {
  RETURN_IF_ERROR(Load(
      kPostingsFamily, chunk, postings_checked_,
      [doc_limit](absl::string_view bytes) { return ChunkReader::Check(bytes, doc_limit); }, value));
  return ChunkReader(value.view());
}

absl::StatusOr<PositionChunkReader> ChunkStore::LoadPositions(uint32_t chunk, kv::PinnedValue& value) const {
  RETURN_IF_ERROR(Load(
      kPositionsFamily, chunk, positions_checked_,
      [](absl::string_view bytes) { return PositionChunkReader::Check(bytes); }, value));
  return PositionChunkReader(value.view());
}

absl::Status ChunkStore::Load(const char* family, uint32_t chunk, Checked& checked,
                              absl::FunctionRef<absl::Status(absl::string_view)> check, kv::PinnedValue& value) const {
  const auto annotate = [&](const absl::Status& status) {
    return absl::Status(status.code(),
                        absl::StrCat(family, " of segment ", segment_, ", chunk ", chunk, ": ", status.message()));
  };
  if (chunk >= checked.size()) return annotate(absl::DataLossError("the segment has no chunk of that number"));
  const absl::StatusOr<bool> found = value.Load(db_, family, ChunkKey(segment_, chunk));
  if (!found.ok()) return annotate(found.status());
  if (!*found) return annotate(absl::DataLossError("missing"));
  if (checked[chunk].load(std::memory_order_acquire)) return absl::OkStatus();
  const absl::Status sound = check(value.view());
  if (!sound.ok()) return annotate(sound);
  checked[chunk].store(true, std::memory_order_release);
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
