// One moment of a shard: the segments there were, how far each counts, and what was deleted. Immutable.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SNAPSHOT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SNAPSHOT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "services/indexer/segment/deleted_documents.h"
#include "services/indexer/segment/segment.h"

namespace tintinh::indexer {

struct SegmentView {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const DeletedDocuments> deleted;  // null: none
  uint32_t documents = 0;                           // ordinals below this belong to the view, deleted ones included

  bool IsLive(uint32_t ordinal) const { return deleted == nullptr || !deleted->Contains(ordinal); }
  uint32_t deleted_count() const { return deleted == nullptr ? 0 : deleted->count(); }
};

struct Snapshot {
  std::vector<SegmentView> segments;  // at most one holds a live version of an article
  uint64_t applied_position = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SNAPSHOT_H_
