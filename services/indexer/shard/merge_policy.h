// Decides which segments to merge: tiers by powers of four, so that an article is rewritten about once per tier, and a
// bound on their number, so that a term is looked up in few.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_MERGE_POLICY_H_
#define TINTINH_SERVICES_INDEXER_SHARD_MERGE_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace tintinh::indexer {

inline constexpr size_t kSegmentsPerTier = 4;              // as many of one tier are merged into one
inline constexpr uint32_t kSmallestTierDocuments = 4'096;  // all smaller segments are of the same tier
inline constexpr size_t kMostSegments = 10;                // once all merges chosen are done

struct SegmentSize {
  uint32_t live = 0;
  uint32_t deleted = 0;
};

// Indices of the segments to merge next, ascending; empty when all is well. A segment of which at least half is deleted
// is rewritten alone (or dropped, when nothing is live). Beyond kMostSegments, which takes tens of millions of articles
// or very uneven segments, the smallest are merged across tiers: as many as cost least for each segment saved.
std::vector<size_t> ChooseMerge(absl::Span<const SegmentSize> segments);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_MERGE_POLICY_H_
