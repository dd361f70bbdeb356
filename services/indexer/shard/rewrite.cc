#include "services/indexer/shard/rewrite.h"

#include <algorithm>

#include "common/status/status_macros.h"
#include "services/indexer/segment/segment_writer.h"

namespace tintinh::indexer {
namespace {

// Adds what was deleted between `before` and `now` to `carried`, as documents from number `first` on.
void Carry(const SegmentView& before, const SegmentView& now, uint32_t first, DeletedDocuments& carried) {
  if (now.deleted_count() == before.deleted_count()) return;
  for (uint32_t doc = 0; doc < before.documents; ++doc) {
    if (!before.IsLive(doc)) continue;
    if (!now.IsLive(doc)) carried.Add(first);
    ++first;
  }
}

auto Find(const SegmentView& source, std::vector<SegmentView>& segments) {
  return std::find_if(segments.begin(), segments.end(),
                      [&source](const SegmentView& view) { return view.segment == source.segment; });
}

}  // namespace

absl::Status WriteNewSegment(kv::Database& db, Rewrite& rewrite) {
  const bool any =
      std::any_of(rewrite.sources.begin(), rewrite.sources.end(), [](const auto& view) { return LiveCount(view) > 0; });
  if (!any) return absl::OkStatus();
  ASSIGN_OR_RETURN(const disk::v1::SegmentRecord record, WriteSegment(db, rewrite.number, rewrite.sources));
  ASSIGN_OR_RETURN(rewrite.segment, DiskSegment::Open(db, record));
  return absl::OkStatus();
}

void Replace(const Rewrite& rewrite, std::vector<SegmentView>& segments) {
  if (rewrite.sources.empty()) return;
  auto carried = std::make_shared<DeletedDocuments>();
  uint32_t documents = 0;
  for (const SegmentView& source : rewrite.sources) {
    Carry(source, *Find(source, segments), documents, *carried);
    documents += LiveCount(source);
  }
  auto place = Find(rewrite.sources.front(), segments);
  if (rewrite.segment != nullptr) {
    const bool any = carried->count() > 0;
    place = segments.insert(place, {rewrite.segment, any ? std::move(carried) : nullptr, documents});
  }
  for (const SegmentView& source : rewrite.sources) segments.erase(Find(source, segments));
}

}  // namespace tintinh::indexer
