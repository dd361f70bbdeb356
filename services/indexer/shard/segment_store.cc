#include "services/indexer/shard/segment_store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/kv/bulk_load.h"
#include "common/status/status_macros.h"
#include "services/indexer/segment/segment_writer.h"
#include "services/indexer/shard/merge_policy.h"

namespace tintinh::indexer {
namespace {

// Also what Open() counts when it recovers.
void AddLive(const SegmentView& view, ArticleDigest& digest) {
  const ColumnArrays& columns = view.segment->columns();
  for (uint32_t doc = 0; doc < view.documents; ++doc) {
    if (view.IsLive(doc)) digest.Add(columns.packed_ids[doc], columns.packed_hashes[doc]);
  }
}

uint32_t LiveCount(const SegmentView& view) { return view.documents - view.deleted_count(); }

}  // namespace

SegmentStore::SegmentStore(kv::Database& db, disk::v1::Manifest manifest)
    : db_(db),
      manifest_(std::move(manifest)),
      applied_position_(manifest_.applied_position()),
      next_segment_(manifest_.next_segment()),
      memory_(std::make_shared<MemorySegment>()) {}

absl::StatusOr<std::unique_ptr<SegmentStore>> SegmentStore::Open(kv::Database& db, const disk::v1::Manifest& wanted) {
  ASSIGN_OR_RETURN(std::optional<disk::v1::Manifest> manifest, ReadManifest(db));
  if (!manifest.has_value()) {
    manifest = wanted;
    RETURN_IF_ERROR(CommitManifest(db, *manifest, {}));
  }
  RETURN_IF_ERROR(CheckCompatible(*manifest, wanted));
  kv::RemoveBulkLoadLeftovers(db);
  RETURN_IF_ERROR(RemoveOrphans(db, *manifest));
  std::unique_ptr<SegmentStore> store(new SegmentStore(db, *std::move(manifest)));
  RETURN_IF_ERROR(store->Load());
  return store;
}

absl::Status SegmentStore::Load() {
  for (const disk::v1::SegmentRecord& record : manifest_.segments()) {
    SegmentView view;
    ASSIGN_OR_RETURN(view.segment, DiskSegment::Open(db_, record));
    ASSIGN_OR_RETURN(view.deleted, ReadDeleted(db_, record));
    view.documents = record.documents();
    AddLive(view, digest_);
    views_.push_back(std::move(view));
  }
  views_.push_back({memory_, nullptr, 0});
  return absl::OkStatus();
}

absl::StatusOr<std::optional<SegmentStore::Place>> SegmentStore::FindLive(absl::string_view packed_id) const {
  for (size_t i = views_.size(); i-- > 0;) {
    ASSIGN_OR_RETURN(const std::optional<uint32_t> ordinal, views_[i].segment->FindArticle(packed_id));
    if (ordinal.has_value() && views_[i].IsLive(*ordinal)) return Place{i, *ordinal};
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<absl::string_view>> SegmentStore::LiveHash(absl::string_view packed_id) const {
  ASSIGN_OR_RETURN(const std::optional<Place> place, FindLive(packed_id));
  if (!place.has_value()) return std::nullopt;
  return views_[place->view].segment->columns().packed_hashes[place->ordinal];
}

void SegmentStore::MarkDeleted(const Place& place) {
  SegmentView& view = views_[place.view];
  auto deleted = std::make_shared<DeletedDocuments>(view.deleted == nullptr ? DeletedDocuments() : *view.deleted);
  deleted->Add(place.ordinal);
  view.deleted = std::move(deleted);
  const ColumnArrays& columns = view.segment->columns();
  digest_.Remove(columns.packed_ids[place.ordinal], columns.packed_hashes[place.ordinal]);
}

absl::Status SegmentStore::Put(const IndexedDocument& document, uint64_t position) {
  ASSIGN_OR_RETURN(const std::optional<Place> old, FindLive(document.columns.packed_id));
  if (old.has_value()) MarkDeleted(*old);
  views_.back().documents = memory_->Add(document) + 1;
  digest_.Add(document.columns.packed_id, document.columns.packed_hash);
  applied_position_ = position;
  return absl::OkStatus();
}

absl::Status SegmentStore::Delete(absl::string_view packed_id, uint64_t position) {
  ASSIGN_OR_RETURN(const std::optional<Place> old, FindLive(packed_id));
  if (old.has_value()) MarkDeleted(*old);
  applied_position_ = position;
  return absl::OkStatus();
}

bool SegmentStore::HasNews() const { return applied_position_ != manifest_.applied_position(); }

absl::Status SegmentStore::Flush() {
  DropObsolete();
  if (!HasNews()) return absl::OkStatus();
  disk::v1::Manifest manifest = manifest_;
  std::vector<SegmentView> views(views_.begin(), views_.end() - 1);
  if (LiveCount(views_.back()) > 0) {
    ASSIGN_OR_RETURN(views.emplace_back(), Write(absl::MakeConstSpan(&views_.back(), 1), manifest));
  }
  DeletionChanges changes;
  for (int i = 0; i < manifest_.segments_size(); ++i) {
    const SegmentView& view = views_[static_cast<size_t>(i)];
    manifest.mutable_segments(i)->set_deleted(view.deleted_count());
    if (view.deleted != nullptr) changes[manifest.segments(i).segment()] = view.deleted;
  }
  manifest.set_applied_position(applied_position_);
  RETURN_IF_ERROR(Commit(std::move(manifest), std::move(changes)));
  memory_ = std::make_shared<MemorySegment>();
  views_ = std::move(views);
  views_.push_back({memory_, nullptr, 0});
  return absl::OkStatus();
}

// Segment numbers are not used again, even after a failure: what it left behind is an orphan until the next Open().
absl::StatusOr<SegmentView> SegmentStore::Write(absl::Span<const SegmentView> sources, disk::v1::Manifest& manifest) {
  const uint32_t number = next_segment_++;
  ASSIGN_OR_RETURN(const disk::v1::SegmentRecord record, WriteSegment(db_, number, sources));
  SegmentView view;
  ASSIGN_OR_RETURN(view.segment, DiskSegment::Open(db_, record));
  view.documents = record.documents();
  *manifest.add_segments() = record;
  return view;
}

absl::Status SegmentStore::Commit(disk::v1::Manifest manifest, DeletionChanges changes) {
  manifest.set_next_segment(next_segment_);
  RETURN_IF_ERROR(CommitManifest(db_, manifest, changes));
  manifest_ = std::move(manifest);
  return absl::OkStatus();
}

absl::Status SegmentStore::Merge() {
  for (;;) {
    std::vector<SegmentSize> sizes;
    for (size_t i = 0; i + 1 < views_.size(); ++i) sizes.push_back({LiveCount(views_[i]), views_[i].deleted_count()});
    const std::vector<size_t> chosen = ChooseMerge(sizes);
    if (chosen.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(MergeOnce(chosen));
  }
}

absl::Status SegmentStore::MergeOnce(const std::vector<size_t>& chosen) {
  disk::v1::Manifest manifest = manifest_;
  manifest.clear_segments();
  std::vector<SegmentView> sources;
  std::vector<SegmentView> views;
  DeletionChanges changes;
  std::vector<std::pair<uint32_t, std::shared_ptr<const Segment>>> replaced;
  uint32_t live = 0;
  for (size_t i = 0; i + 1 < views_.size(); ++i) {
    const disk::v1::SegmentRecord& record = manifest_.segments(static_cast<int>(i));
    if (!std::binary_search(chosen.begin(), chosen.end(), i)) {
      *manifest.add_segments() = record;
      views.push_back(views_[i]);
      continue;
    }
    sources.push_back(views_[i]);
    live += LiveCount(views_[i]);
    changes[record.segment()] = nullptr;
    replaced.emplace_back(record.segment(), views_[i].segment);
  }
  if (live > 0) {
    ASSIGN_OR_RETURN(views.emplace_back(), Write(sources, manifest));
  }
  RETURN_IF_ERROR(Commit(std::move(manifest), std::move(changes)));
  views.push_back(views_.back());
  views_ = std::move(views);
  obsolete_.insert(obsolete_.end(), replaced.begin(), replaced.end());
  return absl::OkStatus();
}

// A segment that cannot be dropped now is dropped as an orphan by the next Open().
void SegmentStore::DropObsolete() {
  const auto unread = std::partition(obsolete_.begin(), obsolete_.end(),
                                     [](const auto& segment) { return segment.second.use_count() > 1; });
  for (auto it = unread; it != obsolete_.end(); ++it) DropSegment(db_, it->first).IgnoreError();
  obsolete_.erase(unread, obsolete_.end());
}

std::shared_ptr<const Snapshot> SegmentStore::MakeSnapshot() const {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->segments = views_;
  if (snapshot->segments.back().documents == 0) snapshot->segments.pop_back();
  snapshot->applied_position = applied_position_;
  return snapshot;
}

}  // namespace tintinh::indexer
