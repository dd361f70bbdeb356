#include "services/indexer/segment/chunk_source.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::indexer {

ChunkSource::ChunkSource(const ChunkStore& store, uint32_t first_chunk, std::vector<BlockBounds> chunks,
                         uint32_t doc_limit)
    : store_(store), first_chunk_(first_chunk), chunks_(std::move(chunks)), doc_limit_(doc_limit) {}

void ChunkSource::Rewind() {
  current_block_ = 0;
  bounds_block_ = 0;
  if (chunks_.size() == 1) return;
  current_ = Loaded();
  bounds_ = Loaded();
}

void ChunkSource::Fail(absl::string_view what) {
  if (status_.ok()) status_ = absl::DataLossError(absl::StrCat("chunk ", first_chunk_, " or following: ", what));
}

uint32_t ChunkSource::FindChunk(uint32_t from, uint32_t target) const {
  while (from < chunks_.size() && chunks_[from].last_doc < target) ++from;
  return from;
}

bool ChunkSource::LoadOther(uint32_t index, Loaded& loaded) {
  const Loaded& other = &loaded == &current_ ? bounds_ : current_;
  if (other.index == index) {
    loaded = other;
    return true;
  }
  const auto chunk = store_.Postings(first_chunk_ + index, doc_limit_);
  if (!chunk.ok()) {
    status_ = chunk.status();
    loaded = Loaded();
    return false;
  }
  loaded = {index, *chunk, (*chunk)->reader};
  return true;
}

bool ChunkSource::NextBlock(uint32_t target, SourceBlock& block) {
  const uint32_t from = current_.index == kNone ? 0 : current_.index;
  for (uint32_t index = FindChunk(from, target); status_.ok() && index < chunks_.size(); ++index) {
    if (current_.index != index) current_block_ = 0;
    if (!Load(index, current_)) return false;
    current_block_ = current_.reader.FindBlock(current_block_, target);
    if (current_block_ == current_.reader.block_count()) continue;
    block.encoded = current_.reader.Block(current_block_);
    block.plain = nullptr;
    block.plain_positions = nullptr;
    return true;
  }
  return false;
}

uint32_t ChunkSource::MaxImpact(uint32_t begin, uint32_t end) {
  const uint32_t first = FindChunk(bounds_.index == kNone ? 0 : bounds_.index, begin);
  if (!status_.ok() || first == chunks_.size()) return 0;
  if (bounds_.index != first) bounds_block_ = 0;
  if (!Load(first, bounds_)) return 0;
  const ChunkReader& reader = bounds_.reader;
  bounds_block_ = reader.FindBlock(bounds_block_, begin);
  uint32_t most = 0;
  for (uint32_t block = bounds_block_; block < reader.block_count(); ++block) {
    if (reader.Base(block) + 1 >= end) return most;
    most = std::max<uint32_t>(most, reader.Impact(block));
  }
  // What the directory says of the chunks behind is enough at the seam, and the place is kept for ranges that begin
  // here.
  for (uint32_t index = first + 1; index < chunks_.size() && chunks_[index - 1].last_doc + 1 < end; ++index) {
    most = std::max<uint32_t>(most, chunks_[index].impact);
  }
  return most;
}

bool ChunkSource::Positions(EncodedPositions& positions) {
  if (!status_.ok()) return false;
  if (positions_index_ != current_.index) {
    const auto reader = store_.LoadPositions(first_chunk_ + current_.index, positions_value_);
    status_ = reader.status();
    if (!status_.ok()) return false;
    positions_reader_ = *reader;
    positions_index_ = current_.index;
  }
  if (current_block_ >= positions_reader_.block_count()) {
    Fail("fewer blocks of positions than of postings");
    return false;
  }
  positions = positions_reader_.Block(current_block_);
  return true;
}

}  // namespace tintinh::indexer
