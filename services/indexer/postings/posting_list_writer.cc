#include "services/indexer/postings/posting_list_writer.h"

#include <algorithm>

#include "common/status/status_macros.h"
#include "services/indexer/postings/short_list.h"

namespace tintinh::indexer {

void PostingListWriter::Start(Positions stored, const LengthPenalties& penalties, uint32_t first_chunk) {
  stored_ = stored;
  penalties_ = &penalties;
  record_.statistics = TermStatistics();
  record_.first_chunk = first_chunk;
  if (!record_.chunks.empty()) chunk_ = ChunkWriter();
  record_.chunks.clear();
  record_.champions.clear();
  inline_list_.clear();
  block_.size = 0;
  gaps_.clear();
  previous_doc_ = kBeforeFirstDoc;
  champion_count_ = 0;
  weakest_ = 0;
}

absl::Status PostingListWriter::Add(const Posting& posting) {
  if (block_.size == kBlockSize) RETURN_IF_ERROR(FlushBlock());
  TermStatistics& statistics = record_.statistics;
  if (statistics.document_frequency < kBlockSize) AppendShortPosting(posting, previous_doc_, inline_list_);
  block_.docs[block_.size] = posting.doc;
  block_.freqs[block_.size] = posting.freq;
  norms_[block_.size] = posting.norm;
  ++block_.size;
  uint32_t previous = 0;
  for (const uint32_t position : posting.positions) gaps_.push_back(position - std::exchange(previous, position));
  previous_doc_ = posting.doc;
  ++statistics.document_frequency;
  statistics.collection_frequency += posting.freq;
  return absl::OkStatus();
}

// The greatest impact; on the way the champions are found. Done block by block: most lists never fill one.
float PostingListWriter::WeighBlock() {
  std::array<float, kBlockSize> impacts{};
  for (uint32_t i = 0; i < block_.size; ++i) impacts[i] = ImpactOf(block_.freqs[i], (*penalties_)[norms_[i]]);
  for (uint32_t i = 0; i < block_.size; ++i) {
    if (champion_count_ == kMaxChampions && impacts[i] <= champions_[weakest_].impact) continue;
    AddChampion({impacts[i], {block_.docs[i], block_.freqs[i]}});
  }
  return *std::max_element(impacts.begin(), impacts.begin() + block_.size);
}

void PostingListWriter::AddChampion(const Candidate& candidate) {
  champions_[champion_count_ < kMaxChampions ? champion_count_++ : weakest_] = candidate;
  const auto weaker = [](const Candidate& a, const Candidate& b) { return a.impact < b.impact; };
  weakest_ = static_cast<size_t>(std::min_element(champions_.begin(), champions_.begin() + champion_count_, weaker) -
                                 champions_.begin());
}

absl::StatusOr<std::string> PostingListWriter::Finish() {
  if (IsInline(record_.statistics)) {
    record_.inline_list = inline_list_;
    return EncodeTermRecord(record_);
  }
  RETURN_IF_ERROR(FlushBlock());
  if (chunk_.block_count() > 0) RETURN_IF_ERROR(FlushChunk());
  for (size_t i = 0; i < champion_count_; ++i) record_.champions.push_back(champions_[i].posting);
  std::sort(record_.champions.begin(), record_.champions.end(),
            [](const ChampionPosting& a, const ChampionPosting& b) { return a.doc < b.doc; });
  return EncodeTermRecord(record_);
}

absl::Status PostingListWriter::FlushBlock() {
  chunk_.AddBlock(block_, RoundedUpImpact(WeighBlock()));
  if (stored_ == Positions::kStored) position_chunk_.AddBlock(gaps_);
  block_.size = 0;
  gaps_.clear();
  return chunk_.block_count() == kBlocksPerChunk ? FlushChunk() : absl::OkStatus();
}

absl::Status PostingListWriter::FlushChunk() {
  record_.chunks.push_back(chunk_.bounds());
  const std::string postings = chunk_.Finish();
  return sink_(postings, stored_ == Positions::kStored ? position_chunk_.Finish() : std::string());
}

}  // namespace tintinh::indexer
