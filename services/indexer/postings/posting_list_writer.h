// Turns the postings of one term, in document order, into a term record and, when they are many, chunks.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_LIST_WRITER_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_LIST_WRITER_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/impact.h"
#include "services/indexer/postings/position_chunk.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/postings/term_record.h"

namespace tintinh::indexer {

// Writes one list after another; nothing is allocated anew for a short one.
class PostingListWriter {
 public:
  // Called for each chunk in order; `positions` is empty for a field without them.
  using ChunkSink = std::function<absl::Status(absl::string_view postings, absl::string_view positions)>;

  explicit PostingListWriter(ChunkSink sink) : sink_(std::move(sink)) {}

  // Begins a list. `penalties` are of its field, at the average length the segment says it was written with; they must
  // outlive the list.
  void Start(Positions stored, const LengthPenalties& penalties, uint32_t first_chunk);

  // REQUIRES: documents ascend, 1 <= freq <= kMaxFreq, as many positions as freq where they are stored.
  absl::Status Add(const Posting& posting);

  bool empty() const { return record_.statistics.document_frequency == 0; }

  // The record, as stored. REQUIRES: at least one posting was added.
  absl::StatusOr<std::string> Finish();

  uint32_t chunk_count() const { return static_cast<uint32_t>(record_.chunks.size()); }  // of the list, until Start()

 private:
  struct Candidate {
    float impact = 0;
    ChampionPosting posting;
  };
  absl::Status FlushBlock();
  absl::Status FlushChunk();
  float WeighBlock();
  void AddChampion(const Candidate& candidate);

  const ChunkSink sink_;
  Positions stored_ = Positions::kAbsent;
  const LengthPenalties* penalties_ = nullptr;
  TermRecord record_;
  PostingBlock block_;
  std::array<uint8_t, kBlockSize> norms_;  // of block_
  std::vector<uint32_t> gaps_;             // of the positions of block_
  std::string inline_list_;                // of the first kBlockSize postings
  uint32_t previous_doc_ = kBeforeFirstDoc;
  ChunkWriter chunk_;
  PositionChunkWriter position_chunk_;
  std::array<Candidate, kMaxChampions> champions_;  // so far, in no order
  size_t champion_count_ = 0;
  size_t weakest_ = 0;  // the one that goes first
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_LIST_WRITER_H_
