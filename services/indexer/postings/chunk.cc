#include "services/indexer/postings/chunk.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kRowSize = 16;
constexpr size_t kHeaderSize = 8;
constexpr uint8_t kBitset = 255;  // in place of the width of the gaps

// One row of the skip table.
struct Row {
  uint32_t last_doc;
  uint32_t max_freq;
  uint32_t offset;  // in the payload
  uint8_t gap_bits;
  uint8_t freq_bits;
  uint8_t min_norm;
  uint8_t count_minus_one;

  uint32_t count() const { return count_minus_one + 1u; }
};

Row LoadRow(const char* bytes) {
  return {.last_doc = LoadFixed<uint32_t>(bytes),
          .max_freq = LoadFixed<uint32_t>(bytes + 4),
          .offset = LoadFixed<uint32_t>(bytes + 8),
          .gap_bits = LoadFixed<uint8_t>(bytes + 12),
          .freq_bits = LoadFixed<uint8_t>(bytes + 13),
          .min_norm = LoadFixed<uint8_t>(bytes + 14),
          .count_minus_one = LoadFixed<uint8_t>(bytes + 15)};
}

void AppendRow(const Row& row, std::string& out) {
  AppendFixed(row.last_doc, out);
  AppendFixed(row.max_freq, out);
  AppendFixed(row.offset, out);
  AppendFixed(row.gap_bits, out);
  AppendFixed(row.freq_bits, out);
  AppendFixed(row.min_norm, out);
  AppendFixed(row.count_minus_one, out);
}

// Documents a block may name: those after `base`, up to its last. kNoMoreDocs as base stands for "from 0".
uint64_t Range(uint32_t base, uint32_t last_doc) { return static_cast<uint64_t>(last_doc) - (base + 1) + 1; }

size_t DocsSize(const Row& row, uint32_t base) {
  if (row.gap_bits == kBitset) return static_cast<size_t>((Range(base, row.last_doc) + 7) / 8);
  return PackedSize(row.count(), row.gap_bits);
}

void AppendBitset(const PostingBlock& block, uint32_t base, std::string& out) {
  const size_t start = out.size();
  const uint32_t first = base + 1;
  out.resize(start + static_cast<size_t>((Range(base, block.docs[block.size - 1]) + 7) / 8));
  for (uint32_t i = 0; i < block.size; ++i) {
    const uint32_t bit = block.docs[i] - first;
    char& byte = out[start + bit / 8];
    byte = static_cast<char>(byte | static_cast<char>(1 << (bit % 8)));
  }
}

absl::Status BadBlock(uint32_t block, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("posting block ", block, ": ", what));
}

// The documents of a bitset of Range(base, last) bits; false unless exactly row.count() bits are set.
bool DecodeBitset(const char* bytes, const Row& row, uint32_t base, PostingBlock& out) {
  const uint64_t bits = Range(base, row.last_doc);
  uint32_t found = 0;
  for (uint64_t bit = 0; bit < bits; bit += 64) {
    uint64_t word = 0;
    std::memcpy(&word, bytes + bit / 8, static_cast<size_t>(std::min<uint64_t>(8, (bits - bit + 7) / 8)));
    for (; word != 0; word &= word - 1) {
      if (found == row.count()) return false;
      out.docs[found++] = base + 1 + static_cast<uint32_t>(bit) + static_cast<uint32_t>(__builtin_ctzll(word));
    }
  }
  return found == row.count() && out.docs[found - 1] == row.last_doc;
}

bool DecodeGaps(const char* bytes, const Row& row, uint32_t base, PostingBlock& out) {
  Unpack(bytes, row.gap_bits, row.count(), out.docs.data());
  uint64_t next = base + 1;
  for (uint32_t i = 0; i < row.count(); ++i) {
    next += out.docs[i];
    out.docs[i] = static_cast<uint32_t>(next);
    ++next;
  }
  return next - 1 == row.last_doc;
}

}  // namespace

void ChunkWriter::AddBlock(const PostingBlock& block, uint8_t min_norm) {
  std::array<uint32_t, kBlockSize> gaps;
  std::array<uint32_t, kBlockSize> freqs;
  uint32_t all_gaps = 0;
  uint32_t max_freq = 0;
  uint32_t previous = base_;
  for (uint32_t i = 0; i < block.size; ++i) {
    gaps[i] = block.docs[i] - (previous + 1);
    freqs[i] = block.freqs[i] - 1;
    all_gaps |= gaps[i];
    max_freq = std::max(max_freq, block.freqs[i]);
    previous = block.docs[i];
  }
  Row row{.last_doc = previous,
          .max_freq = max_freq,
          .offset = static_cast<uint32_t>(payload_.size()),
          .gap_bits = static_cast<uint8_t>(BitWidth(all_gaps)),
          .freq_bits = static_cast<uint8_t>(BitWidth(max_freq - 1)),
          .min_norm = min_norm,
          .count_minus_one = static_cast<uint8_t>(block.size - 1)};
  if ((Range(base_, previous) + 7) / 8 < PackedSize(block.size, row.gap_bits)) {
    row.gap_bits = kBitset;
    AppendBitset(block, base_, payload_);
  } else {
    AppendPacked(absl::MakeConstSpan(gaps.data(), block.size), row.gap_bits, payload_);
  }
  AppendPacked(absl::MakeConstSpan(freqs.data(), block.size), row.freq_bits, payload_);
  AppendRow(row, rows_);
  base_ = previous;
  ++block_count_;
  bounds_ = {previous, std::max(bounds_.max_freq, max_freq), std::min(bounds_.min_norm, min_norm)};
}

std::string ChunkWriter::Finish() {
  std::string body;
  body.reserve(kHeaderSize + rows_.size() + payload_.size() + kUnpackSlack);
  AppendFixed(chunk_base_, body);
  AppendFixed(block_count_, body);
  body += rows_;
  body += payload_;
  body.append(kUnpackSlack, '\0');
  rows_.clear();
  payload_.clear();
  block_count_ = 0;
  bounds_ = BlockBounds();
  chunk_base_ = base_;
  return CheckedValue(body);
}

absl::StatusOr<ChunkReader> ChunkReader::Parse(absl::string_view value, uint32_t doc_limit) {
  ASSIGN_OR_RETURN(const absl::string_view body, CheckedBody(value));
  ByteReader bytes(body);
  ChunkReader chunk;
  if (!bytes.ReadFixed(&chunk.base_) || !bytes.ReadFixed(&chunk.block_count_)) return BadBlock(0, "no header");
  if (chunk.block_count_ == 0 || chunk.block_count_ > kBlocksPerChunk) {
    return absl::DataLossError(absl::StrCat("chunk of ", chunk.block_count_, " blocks"));
  }
  if (!bytes.ReadBytes(chunk.block_count_ * kRowSize, &chunk.rows_)) return BadBlock(0, "skip table cut off");
  chunk.payload_ = bytes.rest();
  for (uint32_t block = 0; block < chunk.block_count_; ++block) {
    const Row row = LoadRow(chunk.rows_.data() + block * kRowSize);
    const uint64_t first = static_cast<uint64_t>(chunk.Base(block) + 1);
    if (row.last_doc >= doc_limit || row.last_doc < first) return BadBlock(block, "documents out of order or range");
    if (row.count() > kBlockSize || row.freq_bits > BitWidth(kMaxFreq) || row.max_freq > kMaxFreq) {
      return BadBlock(block, "count or freq out of range");
    }
    if (row.gap_bits > 32 && row.gap_bits != kBitset) return BadBlock(block, "width of gaps out of range");
    const uint64_t end = static_cast<uint64_t>(row.offset) + DocsSize(row, chunk.Base(block)) +
                         PackedSize(row.count(), row.freq_bits) + kUnpackSlack;
    if (end > chunk.payload_.size()) return BadBlock(block, "reaches past the chunk");
  }
  return chunk;
}

uint32_t ChunkReader::LastDoc(uint32_t block) const { return LoadFixed<uint32_t>(rows_.data() + block * kRowSize); }

BlockBounds ChunkReader::Bounds(uint32_t block) const {
  const Row row = LoadRow(rows_.data() + block * kRowSize);
  return {row.last_doc, row.max_freq, row.min_norm};
}

absl::Status ChunkReader::Decode(uint32_t block, PostingBlock& out) const {
  const Row row = LoadRow(rows_.data() + block * kRowSize);
  const uint32_t base = Base(block);
  const char* const docs = payload_.data() + row.offset;
  const bool sound = row.gap_bits == kBitset ? DecodeBitset(docs, row, base, out) : DecodeGaps(docs, row, base, out);
  if (!sound) return BadBlock(block, "documents do not end where the table says");
  Unpack(docs + DocsSize(row, base), row.freq_bits, row.count(), out.freqs.data());
  for (uint32_t i = 0; i < row.count(); ++i) ++out.freqs[i];
  out.size = row.count();
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
