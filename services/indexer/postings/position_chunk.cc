#include "services/indexer/postings/position_chunk.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/postings/chunk.h"

namespace tintinh::indexer {
namespace {

// A row: offset in the payload, number of positions, width of a gap.
constexpr size_t kRowSize = 9;

absl::Status BadBlock(uint32_t block, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("position block ", block, ": ", what));
}

void SumGaps(const PostingBlock& postings, PositionBlock& out) {
  for (uint32_t i = 0; i < postings.size; ++i) {
    uint32_t position = 0;
    for (uint32_t at = out.starts[i]; at < out.starts[i + 1]; ++at) {
      position += out.positions[at];
      out.positions[at] = position;
    }
  }
}

}  // namespace

void PositionChunkWriter::AddBlock(absl::Span<const uint32_t> gaps) {
  uint32_t all_gaps = 0;
  for (const uint32_t gap : gaps) all_gaps |= gap;
  const uint32_t bits = BitWidth(all_gaps);
  AppendFixed(static_cast<uint32_t>(payload_.size()), rows_);
  AppendFixed(static_cast<uint32_t>(gaps.size()), rows_);
  AppendFixed(static_cast<uint8_t>(bits), rows_);
  AppendPacked(gaps, bits, payload_);
  ++block_count_;
}

std::string PositionChunkWriter::Finish() {
  std::string body;
  AppendFixed(block_count_, body);
  body += rows_;
  body += payload_;
  body.append(kUnpackSlack, '\0');
  *this = PositionChunkWriter();
  return CheckedValue(body);
}

absl::StatusOr<PositionChunkReader> PositionChunkReader::Parse(absl::string_view value) {
  ASSIGN_OR_RETURN(const absl::string_view body, CheckedBody(value));
  ByteReader bytes(body);
  PositionChunkReader chunk;
  if (!bytes.ReadFixed(&chunk.block_count_)) return BadBlock(0, "no header");
  if (chunk.block_count_ > kBlocksPerChunk) {
    return absl::DataLossError(absl::StrCat("position chunk of ", chunk.block_count_, " blocks"));
  }
  if (!bytes.ReadBytes(chunk.block_count_ * kRowSize, &chunk.rows_)) return BadBlock(0, "table cut off");
  chunk.payload_ = bytes.rest();
  return chunk;
}

absl::Status PositionChunkReader::Decode(uint32_t block, const PostingBlock& postings, PositionBlock& out) const {
  if (block >= block_count_) return BadBlock(block, absl::StrCat("the chunk has ", block_count_));
  const char* const row = rows_.data() + block * kRowSize;
  const uint32_t offset = LoadFixed<uint32_t>(row);
  const uint32_t count = LoadFixed<uint32_t>(row + 4);
  const uint8_t bits = LoadFixed<uint8_t>(row + 8);
  out.starts[0] = 0;
  for (uint32_t i = 0; i < postings.size; ++i) out.starts[i + 1] = out.starts[i] + postings.freqs[i];
  if (out.starts[postings.size] != count) return BadBlock(block, "as many positions as occurrences are needed");
  if (bits > 32) return BadBlock(block, "width of gaps out of range");
  const uint64_t end = static_cast<uint64_t>(offset) + PackedSize(count, bits) + kUnpackSlack;
  if (end > payload_.size()) return BadBlock(block, "reaches past the chunk");
  out.positions.resize(count);
  Unpack(payload_.data() + offset, bits, count, out.positions.data());
  SumGaps(postings, out);
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
