// One segment written out of others, by a flush or a merge, and how it takes their place in a state of the index that
// has moved on meanwhile.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_REWRITE_H_
#define TINTINH_SERVICES_INDEXER_SHARD_REWRITE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "common/kv/database.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/document_numbers.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

enum class Purpose { kFlush, kMerge };

struct Rewrite {
  Purpose purpose = Purpose::kMerge;
  uint32_t number = 0;                         // of the new segment
  std::vector<SegmentView> sources;            // what is deleted in these views is left behind
  std::shared_ptr<const DiskSegment> segment;  // once written; null: nothing in the sources was live
  DocumentNumbers numbers = {};                // of the sources' documents in it
};

// Merges that write as many documents order them by content: smaller ones have too few blocks to gain from it.
inline constexpr uint32_t kReorderFrom = 16'384;

inline uint32_t LiveCount(const SegmentView& view) { return view.documents - view.deleted_count(); }

// Writes the new segment, if any document is live, and opens it. Nobody sees it until it is committed.
absl::Status WriteNewSegment(kv::Database& db, Rewrite& rewrite, uint32_t reorder_from = kReorderFrom);

// Puts the new segment in the place of the first source. A document deleted in `segments` but live in the source is
// deleted in the new segment.
// REQUIRES: `segments` holds all sources, with at least the deletions they have in the rewrite.
void Replace(const Rewrite& rewrite, std::vector<SegmentView>& segments);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_REWRITE_H_
