#include "services/indexer/postings/posting_list_writer.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/indexer/postings/short_list.h"

namespace tintinh::indexer {

PostingListWriter::PostingListWriter(uint32_t term_id, Positions stored, ChunkSink sink)
    : stored_(stored), sink_(std::move(sink)), previous_doc_(kBeforeFirstDoc) {
  record_.term_id = term_id;
}

absl::Status PostingListWriter::Add(const Posting& posting) {
  if (block_.size == kBlockSize) RETURN_IF_ERROR(FlushBlock());
  TermStatistics& statistics = record_.statistics;
  if (statistics.document_frequency < kBlockSize) AppendShortPosting(posting, previous_doc_, inline_list_);
  block_.docs[block_.size] = posting.doc;
  block_.freqs[block_.size] = posting.freq;
  ++block_.size;
  block_min_norm_ = std::min(block_min_norm_, posting.norm);
  uint32_t previous = 0;
  for (const uint32_t position : posting.positions) gaps_.push_back(position - std::exchange(previous, position));
  previous_doc_ = posting.doc;
  ++statistics.document_frequency;
  statistics.collection_frequency += posting.freq;
  statistics.max_freq = std::max(statistics.max_freq, posting.freq);
  statistics.min_norm = std::min(statistics.min_norm, posting.norm);
  return absl::OkStatus();
}

absl::StatusOr<std::string> PostingListWriter::Finish() {
  if (IsInline(record_.statistics)) {
    record_.inline_list = inline_list_;
  } else {
    RETURN_IF_ERROR(FlushBlock());
    if (chunk_.block_count() > 0) RETURN_IF_ERROR(FlushChunk());
  }
  return EncodeTermRecord(record_);
}

absl::Status PostingListWriter::FlushBlock() {
  chunk_.AddBlock(block_, block_min_norm_);
  if (stored_ == Positions::kStored) position_chunk_.AddBlock(gaps_);
  block_.size = 0;
  block_min_norm_ = 255;
  gaps_.clear();
  return chunk_.block_count() == kBlocksPerChunk ? FlushChunk() : absl::OkStatus();
}

absl::Status PostingListWriter::FlushChunk() {
  const uint32_t index = static_cast<uint32_t>(record_.chunks.size());
  record_.chunks.push_back(chunk_.bounds());
  const std::string postings = chunk_.Finish();
  return sink_(index, postings, stored_ == Positions::kStored ? position_chunk_.Finish() : std::string());
}

}  // namespace tintinh::indexer
