#include "services/indexer/shard/rewrite.h"

#include <algorithm>

#include "common/status/status_macros.h"
#include "services/indexer/segment/segment_writer.h"

namespace tintinh::indexer {
namespace {

// Adds what was deleted in source `source` between `before` and `now` to `carried`.
void Carry(const SegmentView& before, const SegmentView& now, size_t source, const DocumentNumbers& numbers,
           DeletedDocuments& carried) {
  if (now.deleted_count() == before.deleted_count()) return;
  for (uint32_t doc = 0; doc < before.documents; ++doc) {
    if (before.IsLive(doc) && !now.IsLive(doc)) carried.Add(numbers.Of(source, doc));
  }
}

auto Find(const SegmentView& source, std::vector<SegmentView>& segments) {
  return std::find_if(segments.begin(), segments.end(),
                      [&source](const SegmentView& view) { return view.segment == source.segment; });
}

}  // namespace

absl::Status WriteNewSegment(kv::Database& db, Rewrite& rewrite, uint32_t reorder_from) {
  uint64_t live = 0;
  for (const SegmentView& source : rewrite.sources) live += LiveCount(source);
  if (live == 0) return absl::OkStatus();
  if (rewrite.purpose == Purpose::kMerge && live >= reorder_from) {
    ASSIGN_OR_RETURN(rewrite.numbers, DocumentNumbers::ByContent(rewrite.sources));
  } else {
    rewrite.numbers = DocumentNumbers::InOrder(rewrite.sources);
  }
  ASSIGN_OR_RETURN(const disk::v1::SegmentRecord record,
                   WriteSegment(db, rewrite.number, rewrite.sources, rewrite.numbers));
  ASSIGN_OR_RETURN(rewrite.segment, DiskSegment::Open(db, record));
  return absl::OkStatus();
}

void Replace(const Rewrite& rewrite, std::vector<SegmentView>& segments) {
  if (rewrite.sources.empty()) return;
  auto carried = std::make_shared<DeletedDocuments>();
  if (rewrite.segment != nullptr) {
    for (size_t i = 0; i < rewrite.sources.size(); ++i) {
      Carry(rewrite.sources[i], *Find(rewrite.sources[i], segments), i, rewrite.numbers, *carried);
    }
  }
  auto place = Find(rewrite.sources.front(), segments);
  if (rewrite.segment != nullptr) {
    const bool any = carried->count() > 0;
    place = segments.insert(place, {rewrite.segment, any ? std::move(carried) : nullptr, rewrite.segment->size()});
  }
  for (const SegmentView& source : rewrite.sources) segments.erase(Find(source, segments));
}

}  // namespace tintinh::indexer
