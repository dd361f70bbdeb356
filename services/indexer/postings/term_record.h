// What the dictionary keeps for a term of a segment: statistics, and either the whole list (at most 128 postings) or a
// directory of its chunks and its champions. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_TERM_RECORD_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_TERM_RECORD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/chunk.h"
#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

struct TermStatistics {
  uint32_t document_frequency = 0;
  // Occurrences in all documents; not stored of inline lists, which are read whole anyway.
  uint64_t collection_frequency = 0;
  // Of lists in memory only: those on disk have impacts.
  uint32_t max_freq = kMaxFreq;
  uint8_t min_norm = 0;
};

// A document in which the term weighs most. Its score, like that of all the others, says from the start how good the
// last of the best hits must be.
struct ChampionPosting {
  uint32_t doc = 0;
  uint32_t freq = 0;
};
inline constexpr size_t kMaxChampions = 16;  // enough for a page of hits and some deleted ones

struct TermRecord {
  TermStatistics statistics;
  absl::string_view inline_list;           // see short_list.h; used when document_frequency <= kBlockSize
  uint32_t first_chunk = 0;                // otherwise: the segment's number of the first chunk; the others follow
  std::vector<BlockBounds> chunks;         // one per chunk, last documents ascending
  std::vector<ChampionPosting> champions;  // documents ascending, at most kMaxChampions
};

inline bool IsInline(const TermStatistics& statistics) { return statistics.document_frequency <= kBlockSize; }

std::string EncodeTermRecord(const TermRecord& record);

// Replaces `record` by that of a short list with `moved_by` added to each document. REQUIRES: IsInline(statistics);
// `list` is sound.
void EncodeInlineRecord(const TermStatistics& statistics, absl::string_view list, uint32_t moved_by,
                        std::string& record);

// The inline list is a view into `bytes`. DATA_LOSS unless they are a whole record. The checksum is that of the block
// of terms the record is in.
absl::StatusOr<TermRecord> DecodeTermRecord(absl::string_view bytes);

absl::StatusOr<uint32_t> DecodeDocumentFrequency(absl::string_view bytes);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_TERM_RECORD_H_
