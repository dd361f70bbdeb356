// Turns the postings of one term, in document order, into a term record and, when they are many, chunks.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_LIST_WRITER_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_LIST_WRITER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/postings/term_record.h"

namespace tintinh::indexer {

class PostingListWriter {
 public:
  // Called for each chunk in order; `positions` is empty for a field without them.
  using ChunkSink =
      std::function<absl::Status(uint32_t chunk, absl::string_view postings, absl::string_view positions)>;

  PostingListWriter(uint32_t term_id, Positions stored, ChunkSink sink);

  // REQUIRES: documents ascend, 1 <= freq <= kMaxFreq, as many positions as freq where they are stored.
  absl::Status Add(const Posting& posting);

  // The record, as stored. REQUIRES: at least one posting was added.
  absl::StatusOr<std::string> Finish();

  bool used_chunks() const { return !record_.chunks.empty(); }

 private:
  absl::Status FlushBlock();
  absl::Status FlushChunk();

  const Positions stored_;
  const ChunkSink sink_;
  TermRecord record_;
  PostingBlock block_;
  uint8_t block_min_norm_ = 255;
  std::vector<uint32_t> gaps_;  // of the positions of block_
  std::string inline_list_;     // of the first kBlockSize postings
  uint32_t previous_doc_;
  ChunkWriter chunk_;
  PositionChunkWriter position_chunk_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_LIST_WRITER_H_
