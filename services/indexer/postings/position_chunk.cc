#include "services/indexer/postings/position_chunk.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/patched_array.h"

namespace tintinh::indexer {
namespace {

absl::Status BadBlock(uint32_t block, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("position block ", block, ": ", what));
}

absl::Status CheckBlock(absl::string_view bytes, uint32_t block) {
  ByteReader reader(bytes);
  uint32_t count;
  if (!ReadVarint32(reader, &count)) return BadBlock(block, "no count");
  if (!PatchedArray::Check(reader.rest(), count)) return BadBlock(block, "gaps malformed");
  return absl::OkStatus();
}

}  // namespace

void PositionChunkWriter::AddBlock(absl::Span<const uint32_t> gaps) {
  offsets_.push_back(static_cast<uint32_t>(payload_.size()));
  AppendVarint(gaps.size(), payload_);
  AppendPatched(gaps, payload_);
}

std::string PositionChunkWriter::Finish() {
  std::string body;
  body.reserve(sizeof(uint32_t) * (1 + offsets_.size()) + payload_.size() + kUnpackSlack);
  AppendFixed(static_cast<uint32_t>(offsets_.size()), body);
  for (const uint32_t offset : offsets_) AppendFixed(offset, body);
  body += payload_;
  body.append(kUnpackSlack, '\0');
  offsets_.clear();
  payload_.clear();
  return CheckedValue(body);
}

absl::Status PositionChunkReader::Check(absl::string_view value) {
  ASSIGN_OR_RETURN(const absl::string_view body, CheckedBody(value));
  ByteReader bytes(body);
  uint32_t count;
  absl::string_view offsets;
  if (!bytes.ReadFixed(&count)) return absl::DataLossError("position chunk without header");
  if (count > kBlocksPerChunk) return absl::DataLossError(absl::StrCat("position chunk of ", count, " blocks"));
  if (!bytes.ReadBytes(count * sizeof(uint32_t), &offsets)) return absl::DataLossError("position table cut off");
  for (uint32_t block = 0; block < count; ++block) {
    const uint32_t offset = LoadFixed<uint32_t>(offsets.data() + block * sizeof(uint32_t));
    if (offset > bytes.rest().size()) return BadBlock(block, "reaches past the chunk");
    RETURN_IF_ERROR(CheckBlock(bytes.rest().substr(offset), block));
  }
  return absl::OkStatus();
}

PositionChunkReader::PositionChunkReader(absl::string_view value) {
  const char* const body = value.data() + kCheckedValueHead;
  block_count_ = LoadFixed<uint32_t>(body);
  offsets_ = body + sizeof(uint32_t);
  payload_ = offsets_ + block_count_ * sizeof(uint32_t);
}

EncodedPositions PositionChunkReader::Block(uint32_t block) const {
  const char* next = payload_ + LoadFixed<uint32_t>(offsets_ + block * sizeof(uint32_t));
  EncodedPositions encoded;
  for (uint32_t shift = 0;; shift += 7) {
    const uint8_t byte = LoadFixed<uint8_t>(next++);
    encoded.count |= static_cast<uint32_t>(uint64_t{byte & 0x7Fu} << shift);  // zeros may follow where nothing fits
    if (byte < 0x80) break;
  }
  encoded.bytes = next;
  return encoded;
}

void DecodePositions(const EncodedPositions& block, uint32_t start, uint32_t count, uint32_t* positions) {
  PatchedArray(block.bytes, block.count).Decode(start, count, positions);
  for (uint32_t i = 1; i < count; ++i) positions[i] += positions[i - 1];
}

}  // namespace tintinh::indexer
