// Damaged posting values: any bytes are decoded or refused, also behind a good checksum.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/patched_array.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/short_list_source.h"
#include "services/indexer/postings/term_record.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kDocLimit = 1'000'000;

// In memory of its own, so that reads past the end are seen.
class Exactly {
 public:
  explicit Exactly(absl::string_view bytes) : bytes_(bytes.begin(), bytes.end()) {}
  absl::string_view view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  const std::vector<char> bytes_;
};

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckPostings(const uint32_t* docs, const uint32_t* freqs, uint32_t size, uint32_t first, uint32_t last) {
  Require(size > 0 && size <= kBlockSize && last < kDocLimit && docs[0] >= first && docs[size - 1] == last);
  for (uint32_t i = 0; i < size; ++i) {
    Require(freqs[i] > 0 && freqs[i] <= kMaxFreq);
    Require(i == 0 || docs[i] > docs[i - 1]);
  }
}

void ReadBitset(const EncodedBlock& block, const PostingBlock& decoded) {
  for (uint32_t i = 0; i < block.size; ++i) {
    const uint32_t target = i == 0 ? block.base + 1 : decoded.docs[i - 1] + 1;
    const BlockPlace place = FindInBitset(block, target);
    Require(place.doc == decoded.docs[i] && place.index == i);
  }
  const uint32_t origin = decoded.docs[block.size / 2];
  std::array<uint64_t, 4> bits{};
  OrBitset(block, origin, origin + 200, bits.data());
  Require((bits[0] & 1) != 0);
}

void ReadBlock(const EncodedBlock& block, PostingBlock& decoded) {
  decoded.size = block.size;
  DecodeDocs(block, decoded.docs.data());
  DecodeFreqs(block, decoded.freqs.data());
  CheckPostings(decoded.docs.data(), decoded.freqs.data(), block.size, block.base + 1, block.last_doc);
  for (uint32_t i = 0; i < block.size; ++i) Require(DecodeFreq(block, i) == decoded.freqs[i]);
  if (IsBitset(block)) ReadBitset(block, decoded);
}

// Posting by posting, as far as there are positions.
void ReadPositions(const EncodedPositions& encoded, const PostingBlock& block) {
  uint32_t start = 0;
  std::vector<uint32_t> positions;
  for (uint32_t i = 0; i < block.size && block.freqs[i] <= encoded.count - start; start += block.freqs[i++]) {
    positions.resize(block.freqs[i]);
    DecodePositions(encoded, start, block.freqs[i], positions.data());
  }
}

void ReadChunks(absl::string_view postings, absl::string_view positions) {
  const Exactly postings_value(postings);
  const Exactly positions_value(positions);
  const bool has_positions = PositionChunkReader::Check(positions_value.view()).ok();
  if (!ChunkReader::Check(postings_value.view(), kDocLimit).ok()) return;
  const ChunkReader chunk(postings_value.view());
  for (uint32_t i = 0; i < chunk.block_count(); ++i) {
    PostingBlock block;
    ReadBlock(chunk.Block(i), block);
    Require(chunk.FindBlock(0, chunk.LastDoc(i)) == i);
    if (!has_positions) continue;
    const PositionChunkReader position_chunk(positions_value.view());
    if (i < position_chunk.block_count()) ReadPositions(position_chunk.Block(i), block);
  }
}

void ReadArray(absl::string_view bytes, size_t count) {
  const Exactly value(bytes);
  if (!PatchedArray::Check(value.view(), count)) return;
  const PatchedArray array(value.view().data(), count);
  std::vector<uint32_t> values(count);
  array.Decode(values.data());
  for (size_t i = 0; i < count; ++i) Require(array.Get(i) == values[i]);
  std::vector<uint32_t> part(count - count / 3);
  array.Decode(count / 3, part.size(), part.data());
  Require(std::equal(part.begin(), part.end(), values.begin() + static_cast<ptrdiff_t>(count / 3)));
}

void ReadRecord(absl::string_view bytes) {
  const Exactly value(bytes);
  DecodeDocumentFrequency(value.view()).status().IgnoreError();
  const auto record = DecodeTermRecord(value.view());
  if (!record.ok()) return;
  Require(record->champions.size() <= kMaxChampions);
  if (!IsInline(record->statistics)) return;
  for (const Positions stored : {Positions::kStored, Positions::kAbsent}) {
    ShortListSource<ByteReader> source(ByteReader(record->inline_list), stored, record->statistics.document_frequency,
                                       kDocLimit);
    SourceBlock block;
    for (uint32_t target = 0; source.NextBlock(target, block); target = block.encoded.last_doc + 1) {
      CheckPostings(block.plain->docs.data(), block.plain->freqs.data(), block.plain->size, block.encoded.base + 1,
                    block.encoded.last_doc);
    }
  }
}

}  // namespace
}  // namespace tintinh::indexer

// The first byte says where the second value starts, or how many numbers there are.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tintinh::indexer;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  const absl::string_view rest = bytes.substr(1);
  const size_t split = rest.size() * data[0] / 256;
  ReadChunks(rest, rest);
  ReadRecord(rest);
  ReadArray(rest, data[0]);
  ReadChunks(CheckedValue(rest.substr(0, split)), CheckedValue(rest.substr(split)));
  return 0;
}
