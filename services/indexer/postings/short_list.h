// Short posting lists as varints: per posting (gap << 1 | more than one), the freq if so, then the gaps of its
// positions. Used inside term records and for lists in memory.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_H_

#include <cstdint>

#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

// REQUIRES: posting.doc > previous_doc, or previous_doc is kBeforeFirstDoc. `out` is anything with push_back(char).
template <typename Sink>
void AppendShortPosting(const Posting& posting, uint32_t previous_doc, Sink& out) {
  const uint64_t gap = posting.doc - (previous_doc + 1);  // wraps from kBeforeFirstDoc to 0
  AppendVarint(gap << 1 | (posting.freq > 1 ? 1 : 0), out);
  if (posting.freq > 1) AppendVarint(posting.freq - 2, out);
  uint32_t previous = 0;
  for (const uint32_t position : posting.positions) {
    AppendVarint(position - previous, out);
    previous = position;
  }
}

// Decodes postings one at a time from `Source` (bool ReadByte(uint8_t*)); keeps no more than the last document.
template <typename Source>
class ShortListDecoder {
 public:
  ShortListDecoder(Source source, Positions stored) : source_(source), stored_(stored) {}

  // Appends the next posting to `block` and its positions to `positions` (cleared by the caller with the block).
  // False when the bytes end early or make no sense; the block is then of no use. REQUIRES: block.size < kBlockSize.
  bool Next(PostingBlock& block, PositionBlock& positions) {
    uint64_t head;
    if (!ReadVarint64(source_, &head)) return false;
    const uint64_t doc = static_cast<uint64_t>(previous_doc_ + 1) + (head >> 1);
    uint32_t freq = 1;
    if ((head & 1) != 0 && !ReadFreq(&freq)) return false;
    if (doc >= kNoMoreDocs || head >> 33 != 0) return false;
    previous_doc_ = static_cast<uint32_t>(doc);
    block.docs[block.size] = previous_doc_;
    block.freqs[block.size] = freq;
    if (stored_ == Positions::kStored && !ReadPositions(freq, positions.positions)) return false;
    ++block.size;
    positions.starts[block.size] = static_cast<uint32_t>(positions.positions.size());
    return true;
  }

 private:
  bool ReadFreq(uint32_t* freq) {
    uint32_t above_two;
    if (!ReadVarint32(source_, &above_two) || above_two > kMaxFreq - 2) return false;
    *freq = above_two + 2;
    return true;
  }

  bool ReadPositions(uint32_t freq, std::vector<uint32_t>& positions) {
    uint64_t position = 0;
    for (uint32_t i = 0; i < freq; ++i) {
      uint32_t gap;
      if (!ReadVarint32(source_, &gap)) return false;
      position += gap;
      if (position > std::numeric_limits<uint32_t>::max()) return false;
      positions.push_back(static_cast<uint32_t>(position));
    }
    return true;
  }

  Source source_;
  Positions stored_;
  uint32_t previous_doc_ = kBeforeFirstDoc;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_SHORT_LIST_H_
