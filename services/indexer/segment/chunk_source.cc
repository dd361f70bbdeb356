#include "services/indexer/segment/chunk_source.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/segment/disk_format.h"

namespace tintinh::indexer {
namespace {

absl::Status Annotate(const absl::Status& status, absl::string_view family, const ChunkedList& list, uint32_t chunk) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat(family, " of segment ", list.segment, ", term ", list.term_id,
                                                  ", chunk ", chunk, ": ", status.message()));
}

absl::Status LoadValue(const kv::Database& db, const char* family, const std::string& key, kv::PinnedValue& value) {
  ASSIGN_OR_RETURN(const bool found, value.Load(db, family, key));
  return found ? absl::OkStatus() : absl::DataLossError("missing");
}

}  // namespace

ChunkSource::ChunkSource(const kv::Database& db, ChunkedList list, uint32_t doc_limit)
    : db_(db), list_(std::move(list)), doc_limit_(doc_limit) {}

bool ChunkSource::NextBlock(uint32_t target, PostingBlock& block) {
  while (status_.ok() && chunk_ < list_.chunks.size()) {
    if (list_.chunks[chunk_].last_doc < target) {
      ++chunk_;
      chunk_reader_.reset();
      continue;
    }
    if (!chunk_reader_.has_value()) status_ = Annotate(LoadChunk(), kPostingsFamily, list_, chunk_);
    if (!status_.ok()) return false;
    while (next_block_ < chunk_reader_->block_count() && chunk_reader_->LastDoc(next_block_) < target) ++next_block_;
    if (next_block_ < chunk_reader_->block_count()) {
      status_ = Annotate(chunk_reader_->Decode(next_block_++, block), kPostingsFamily, list_, chunk_);
      return status_.ok();
    }
    ++chunk_;
    chunk_reader_.reset();
  }
  return false;
}

absl::Status ChunkSource::LoadChunk() {
  RETURN_IF_ERROR(LoadValue(db_, kPostingsFamily, ChunkKey(list_.segment, list_.term_id, chunk_), chunk_value_));
  ASSIGN_OR_RETURN(chunk_reader_, ChunkReader::Parse(chunk_value_.view(), doc_limit_));
  next_block_ = 0;
  return absl::OkStatus();
}

const PositionBlock* ChunkSource::Positions(const PostingBlock& block) {
  if (!status_.ok()) return nullptr;
  status_ = Annotate(LoadPositions(block), kPositionsFamily, list_, chunk_);
  return status_.ok() ? &positions_ : nullptr;
}

absl::Status ChunkSource::LoadPositions(const PostingBlock& block) {
  if (positions_chunk_ != chunk_) {
    RETURN_IF_ERROR(LoadValue(db_, kPositionsFamily, ChunkKey(list_.segment, list_.term_id, chunk_), positions_value_));
    ASSIGN_OR_RETURN(positions_reader_, PositionChunkReader::Parse(positions_value_.view()));
    positions_chunk_ = chunk_;
  }
  return positions_reader_->Decode(next_block_ - 1, block, positions_);
}

}  // namespace tintinh::indexer
