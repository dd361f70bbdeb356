#include "services/indexer/postings/chunk.h"

#include <algorithm>
#include <array>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/postings/kernels.h"
#include "services/indexer/postings/patched_array.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kHeaderSize = 12;  // base, number of blocks, size of the last block
constexpr size_t kTableSizePerBlock = sizeof(uint32_t) + sizeof(uint16_t) + sizeof(uint32_t);
// A bitset is read so much faster that it may be this much larger.
constexpr size_t kBitsetAllowance = 8;

absl::Status BadBlock(uint32_t block, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("block ", block, ": ", what));
}

// Documents a block may hold: those behind its base, up to its last.
uint32_t Range(const EncodedBlock& block) { return block.last_doc - (block.base + 1) + 1; }

size_t BitsetBytes(uint32_t range) { return (size_t{range} + 7) / 8; }

const char* BitsetOf(const EncodedBlock& block) { return block.bytes + 1; }

const char* FreqsOf(const EncodedBlock& block) {
  if (IsBitset(block)) return BitsetOf(block) + BitsetBytes(Range(block));
  return block.bytes + PatchedArray(block.bytes, block.size).encoded_size();
}

// Bits 64 * word onwards; zero past the last document.
uint64_t WordOf(const EncodedBlock& block, uint32_t word) {
  const uint32_t range = Range(block);
  const uint32_t left = range - word * 64;
  const uint64_t bits = LoadFixed<uint64_t>(BitsetOf(block) + word * sizeof(uint64_t));
  return left >= 64 ? bits : bits & ((uint64_t{1} << left) - 1);
}

uint32_t WordCount(const EncodedBlock& block) { return (Range(block) + 63) / 64; }

void AppendBitset(const PostingBlock& block, uint32_t first, uint32_t range, std::string& out) {
  out.push_back(kBitset);
  const size_t begin = out.size();
  out.resize(begin + BitsetBytes(range));
  for (uint32_t i = 0; i < block.size; ++i) {
    const uint32_t bit = block.docs[i] - first;
    out[begin + bit / 8] = static_cast<char>(static_cast<uint8_t>(out[begin + bit / 8]) | 1u << (bit % 8));
  }
}

bool BitsetIsSound(const EncodedBlock& block) {
  if (Range(block) > kMostFoundBits) return false;
  const uint32_t found = BestKernels().count_bits(BitsetOf(block), Range(block));
  const uint32_t last = Range(block) - 1;
  return found == block.size && (WordOf(block, last / 64) >> (last % 64) & 1) != 0;
}

}  // namespace

void ChunkWriter::AddBlock(const PostingBlock& block, uint16_t impact) {
  std::array<uint32_t, kBlockSize> gaps;
  std::array<uint32_t, kBlockSize> freqs;
  uint32_t previous = base_;
  for (uint32_t i = 0; i < block.size; ++i) {
    gaps[i] = block.docs[i] - (previous + 1);
    freqs[i] = block.freqs[i] - 1;
    previous = block.docs[i];
  }
  offsets_.push_back(static_cast<uint32_t>(payload_.size()));
  const absl::Span<const uint32_t> all_gaps(gaps.data(), block.size);
  const uint32_t range = previous - base_;
  if (BitsetBytes(range) <= PatchedSize(all_gaps) + kBitsetAllowance) {
    AppendBitset(block, base_ + 1, range, payload_);
  } else {
    AppendPatched(all_gaps, payload_);
  }
  AppendPatched(absl::MakeConstSpan(freqs.data(), block.size), payload_);
  base_ = previous;
  last_size_ = block.size;
  bounds_of_blocks_.push_back({previous, impact});
  bounds_ = {previous, std::max(bounds_.impact, impact)};
}

std::string ChunkWriter::Finish() {
  std::string body;
  body.reserve(kHeaderSize + block_count() * kTableSizePerBlock + payload_.size() + kUnpackSlack);
  AppendFixed(chunk_base_, body);
  AppendFixed(block_count(), body);
  AppendFixed(last_size_, body);
  for (const BlockBounds& bounds : bounds_of_blocks_) AppendFixed(bounds.last_doc, body);
  for (const uint32_t offset : offsets_) AppendFixed(offset, body);
  for (const BlockBounds& bounds : bounds_of_blocks_) AppendFixed(bounds.impact, body);
  body += payload_;
  body.append(kUnpackSlack, '\0');
  payload_.clear();
  offsets_.clear();
  bounds_of_blocks_.clear();
  bounds_ = BlockBounds();
  chunk_base_ = base_;
  return CheckedValue(body);
}

ChunkReader::ChunkReader(absl::string_view value) {
  const char* const body = value.data() + kCheckedValueHead;
  base_ = LoadFixed<uint32_t>(body);
  block_count_ = LoadFixed<uint32_t>(body + 4);
  last_size_ = LoadFixed<uint32_t>(body + 8);
  last_docs_ = body + kHeaderSize;
  offsets_ = last_docs_ + block_count_ * sizeof(uint32_t);
  impacts_ = offsets_ + block_count_ * sizeof(uint32_t);
  payload_ = impacts_ + block_count_ * sizeof(uint16_t);
}

absl::Status ChunkReader::Check(absl::string_view value, uint32_t doc_limit) {
  ASSIGN_OR_RETURN(const absl::string_view body, CheckedBody(value));
  if (body.size() < kHeaderSize) return absl::DataLossError("chunk without header");
  const uint32_t count = LoadFixed<uint32_t>(body.data() + 4);
  if (count == 0 || count > kBlocksPerChunk) return absl::DataLossError(absl::StrCat("chunk of ", count, " blocks"));
  if (body.size() < kHeaderSize + count * kTableSizePerBlock) return absl::DataLossError("skip table cut off");
  const ChunkReader chunk(value);
  RETURN_IF_ERROR(CheckTable(chunk, body, doc_limit));
  for (uint32_t block = 0; block < count; ++block) {
    RETURN_IF_ERROR(CheckBlock(chunk, block, body.data() + body.size()));
  }
  return absl::OkStatus();
}

absl::Status ChunkReader::CheckTable(const ChunkReader& chunk, absl::string_view body, uint32_t doc_limit) {
  if (chunk.last_size_ == 0 || chunk.last_size_ > kBlockSize) return BadBlock(chunk.block_count_ - 1, "size");
  const size_t payload = body.size() - static_cast<size_t>(chunk.payload_ - body.data());
  uint32_t base = chunk.base_;
  for (uint32_t i = 0; i < chunk.block_count_; ++i) {
    const uint32_t last = chunk.LastDoc(i);
    if (last >= doc_limit || last < base + 1) return BadBlock(i, "documents out of order or range");
    if (LoadFixed<uint32_t>(chunk.offsets_ + i * sizeof(uint32_t)) >= payload) return BadBlock(i, "offset");
    base = last;
  }
  return absl::OkStatus();
}

absl::Status ChunkReader::CheckBlock(const ChunkReader& chunk, uint32_t index, const char* end) {
  const EncodedBlock block = chunk.Block(index);
  const auto left = [end](const char* begin) { return absl::string_view(begin, static_cast<size_t>(end - begin)); };
  std::array<uint32_t, kBlockSize> values;
  if (IsBitset(block)) {
    if (left(block.bytes).size() < 1 + BitsetBytes(Range(block)) + kUnpackSlack) return BadBlock(index, "cut off");
    if (!BitsetIsSound(block)) return BadBlock(index, "bitset contradicts the table");
  } else {
    if (!PatchedArray::Check(left(block.bytes), block.size)) return BadBlock(index, "gaps malformed");
    PatchedArray(block.bytes, block.size).Decode(values.data());
    uint64_t last = uint64_t{block.base + 1} - 1;  // wraps before the first document
    for (uint32_t i = 0; i < block.size; ++i) last += uint64_t{values[i]} + 1;
    if (last != block.last_doc) return BadBlock(index, "documents do not end where the table says");
  }
  if (!PatchedArray::Check(left(FreqsOf(block)), block.size)) return BadBlock(index, "freqs malformed");
  DecodeFreqs(block, values.data());
  for (uint32_t i = 0; i < block.size; ++i) {
    if (values[i] == 0 || values[i] > kMaxFreq) return BadBlock(index, "freq out of range");
  }
  return absl::OkStatus();
}

uint32_t ChunkReader::FindFar(uint32_t from, uint32_t target) const {
  // Most steps are short: double the stride until it is past the target, then halve.
  uint32_t stride = 1;
  uint32_t begin = from;
  uint32_t end = from;
  while (end < block_count_ && LastDoc(end) < target) {
    begin = end + 1;
    end += stride;
    stride *= 2;
  }
  end = std::min(end, block_count_);
  while (begin < end) {
    const uint32_t middle = (begin + end) / 2;
    if (LastDoc(middle) < target) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

void DecodeDocs(const EncodedBlock& block, uint32_t* docs) {
  if (IsBitset(block)) {
    return BestKernels().list_bits(BitsetOf(block), Range(block), block.base + 1, block.size, docs);
  }
  PatchedArray(block.bytes, block.size).Decode(docs);
  BestKernels().sum_gaps(block.base, block.size, docs);
}

void DecodeFreqs(const EncodedBlock& block, uint32_t* freqs) {
  PatchedArray(FreqsOf(block), block.size).Decode(freqs);
  BestKernels().add_one(block.size, freqs);
}

uint32_t DecodeFreq(const EncodedBlock& block, uint32_t index) {
  return PatchedArray(FreqsOf(block), block.size).Get(index) + 1;
}

void DecodeFreqsAt(const EncodedBlock& block, absl::Span<const uint32_t> indexes, uint32_t* freqs) {
  const PatchedArray array(FreqsOf(block), block.size);
  for (size_t i = 0; i < indexes.size(); ++i) freqs[i] = array.Get(indexes[i]) + 1;
}

size_t FindAllInBitset(const EncodedBlock& block, absl::Span<const uint32_t> docs, uint32_t* places,
                       uint32_t* indexes) {
  return BestKernels().find_bits(BitsetOf(block), block.base + 1, docs.data(), docs.size(), places, indexes);
}

BlockPlace FindInBitset(const EncodedBlock& block, uint32_t target) {
  const uint32_t bit = target - (block.base + 1);
  uint32_t word = bit / 64;
  uint64_t bits = WordOf(block, word) >> (bit % 64) << (bit % 64);
  while (bits == 0) bits = WordOf(block, ++word);
  return {block.base + 1 + word * 64 + static_cast<uint32_t>(__builtin_ctzll(bits)),
          BestKernels().count_bits(BitsetOf(block), bit)};
}

void OrBitset(const EncodedBlock& block, uint32_t origin, uint32_t end, uint64_t* bits) {
  const uint32_t first = block.base + 1;
  const uint32_t words = WordCount(block);
  for (uint32_t word = 0; word < words; ++word) {
    const uint32_t begin = first + word * 64;
    uint64_t found = WordOf(block, word);
    if (begin >= end) break;
    if (end - begin < 64) found &= (uint64_t{1} << (end - begin)) - 1;
    if (begin < origin) {
      if (origin - begin < 64) bits[0] |= found >> (origin - begin);
      continue;
    }
    const uint32_t at = begin - origin;
    bits[at / 64] |= found << (at % 64);
    if (at % 64 != 0 && found >> (64 - at % 64) != 0) bits[at / 64 + 1] |= found >> (64 - at % 64);
  }
}

}  // namespace tintinh::indexer
