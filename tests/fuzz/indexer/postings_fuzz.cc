// Damaged posting values: any bytes are decoded or refused, also behind a good checksum.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/short_list_source.h"
#include "services/indexer/postings/term_record.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kDocLimit = 1'000'000;

void CheckBlock(const PostingBlock& block) {
  if (block.size == 0 || block.size > kBlockSize) std::abort();
  for (uint32_t i = 0; i < block.size; ++i) {
    if (block.docs[i] >= kDocLimit || block.freqs[i] == 0) std::abort();
    if (i > 0 && block.docs[i] <= block.docs[i - 1]) std::abort();
  }
}

void ReadChunks(absl::string_view postings, absl::string_view positions) {
  const auto chunk = ChunkReader::Parse(postings, kDocLimit);
  const auto position_chunk = PositionChunkReader::Parse(positions);
  if (!chunk.ok()) return;
  for (uint32_t i = 0; i < chunk->block_count(); ++i) {
    PostingBlock block;
    if (!chunk->Decode(i, block).ok()) continue;
    CheckBlock(block);
    PositionBlock decoded;
    if (position_chunk.ok()) position_chunk->Decode(i, block, decoded).IgnoreError();
  }
}

void ReadRecord(absl::string_view value) {
  DecodeTermStatistics(value).status().IgnoreError();
  const auto record = DecodeTermRecord(value);
  if (!record.ok() || !IsInline(record->statistics)) return;
  for (const Positions stored : {Positions::kStored, Positions::kAbsent}) {
    ShortListSource<ByteReader> source(ByteReader(record->inline_list), stored, record->statistics.document_frequency,
                                       kDocLimit);
    PostingBlock block;
    while (source.NextBlock(0, block)) CheckBlock(block);
  }
}

}  // namespace
}  // namespace tintinh::indexer

// The first byte says where the second value starts.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tintinh::indexer;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  const absl::string_view rest = bytes.substr(1);
  const size_t split = rest.size() * data[0] / 256;
  ReadChunks(rest, rest);
  ReadRecord(rest);
  ReadRecord(CheckedValue(rest));
  ReadChunks(CheckedValue(rest.substr(0, split)), CheckedValue(rest.substr(split)));
  return 0;
}
