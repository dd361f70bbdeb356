// What readers of posting lists work on: blocks of up to 128 postings, encoded until somebody looks.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_BLOCK_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_BLOCK_H_

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"

namespace tintinh::indexer {

inline constexpr uint32_t kBlockSize = 128;
inline constexpr uint32_t kNoMoreDocs = std::numeric_limits<uint32_t>::max();

// The document "before the first": gaps are counted from here, minus one. The sum wraps to 0.
inline constexpr uint32_t kBeforeFirstDoc = std::numeric_limits<uint32_t>::max();

// One document of a posting list as it is written. `doc` is an ordinal in the segment.
struct Posting {
  uint32_t doc = 0;
  uint32_t freq = 0;                     // >= 1
  uint8_t norm = 0;                      // NormOfLength() of the field in this document
  absl::Span<const uint32_t> positions;  // ascending, `freq` of them; empty in fields without positions
};

struct PostingBlock {
  uint32_t size = 0;
  std::array<uint32_t, kBlockSize> docs;  // strictly ascending
  std::array<uint32_t, kBlockSize> freqs;
};

// The positions of posting i are positions[starts[i] .. starts[i + 1]), ascending.
struct PositionBlock {
  std::vector<uint32_t> positions;
  std::array<uint32_t, kBlockSize + 1> starts;
};

enum class Positions : uint8_t { kAbsent = 0, kStored = 1 };

// Occurrences beyond this in one field of one document are not indexed: it bounds what a block can hold.
inline constexpr uint32_t kMaxFreq = 65'535;

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_POSTING_BLOCK_H_
