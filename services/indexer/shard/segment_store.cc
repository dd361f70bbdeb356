#include "services/indexer/shard/segment_store.h"

#include <algorithm>

#include "common/kv/bulk_load.h"
#include "common/status/status_macros.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/shard/manifest.h"
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

const disk::v1::SegmentRecord& RecordOf(const SegmentView& view) {
  return static_cast<const DiskSegment&>(*view.segment).record();
}

const SegmentView* Find(const SegmentView& wanted, const Snapshot& state) {
  for (const SegmentView& view : state.segments) {
    if (view.segment == wanted.segment) return &view;
  }
  return nullptr;
}

// Deletions only grow: as many as before are the same.
bool HasNewDeletions(const SegmentView& view, const SegmentView* before) {
  return view.deleted_count() != (before == nullptr ? 0 : before->deleted_count());
}

}  // namespace

SegmentStore::SegmentStore(disk::v1::Manifest manifest)
    : manifest_(std::move(manifest)),
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
  std::unique_ptr<SegmentStore> store(new SegmentStore(*std::move(manifest)));
  RETURN_IF_ERROR(store->Load(db));
  return store;
}

absl::Status SegmentStore::Load(const kv::Database& db) {
  committed_.applied_position = manifest_.applied_position();
  for (const disk::v1::SegmentRecord& record : manifest_.segments()) {
    SegmentView view;
    ASSIGN_OR_RETURN(view.segment, DiskSegment::Open(db, record));
    ASSIGN_OR_RETURN(view.deleted, ReadDeleted(db, record));
    view.documents = record.documents();
    AddLive(view, digest_);
    committed_.segments.push_back(std::move(view));
  }
  live_ = committed_;
  live_.segments.push_back({memory_, nullptr, 0});
  return absl::OkStatus();
}

uint64_t SegmentStore::memory_bytes() const {
  uint64_t bytes = 0;
  for (const SegmentView& view : live_.segments) {
    if (!view.segment->is_on_disk()) bytes += static_cast<const MemorySegment&>(*view.segment).bytes();
  }
  return bytes;
}

absl::StatusOr<std::optional<SegmentStore::Place>> SegmentStore::FindLive(absl::string_view packed_id) const {
  for (size_t i = live_.segments.size(); i-- > 0;) {
    const SegmentView& view = live_.segments[i];
    ASSIGN_OR_RETURN(const std::optional<uint32_t> ordinal, view.segment->FindArticle(packed_id));
    if (ordinal.has_value() && view.IsLive(*ordinal)) return Place{i, *ordinal};
  }
  return std::nullopt;
}

bool SegmentStore::IsSame(const Place& held, const IndexedDocument& document) const {
  const absl::string_view hash = live_.segments[held.view].segment->columns().packed_hashes[held.ordinal];
  return hash == document.columns.packed_hash && hash != PackId("");
}

void SegmentStore::MarkDeleted(const Place& place) {
  SegmentView& view = live_.segments[place.view];
  std::shared_ptr<DeletedDocuments>& mine = unshared_[view.segment.get()];
  if (mine == nullptr) {
    mine = std::make_shared<DeletedDocuments>(view.deleted == nullptr ? DeletedDocuments() : *view.deleted);
    view.deleted = mine;
  }
  mine->Add(place.ordinal);
  const ColumnArrays& columns = view.segment->columns();
  digest_.Remove(columns.packed_ids[place.ordinal], columns.packed_hashes[place.ordinal]);
}

absl::Status SegmentStore::Apply(const Change& change) {
  if (change.position <= live_.applied_position) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::optional<Place> held, FindLive(change.packed_id));
  live_.applied_position = change.position;
  if (change.document.has_value() && held.has_value() && IsSame(*held, *change.document)) return absl::OkStatus();
  if (held.has_value()) MarkDeleted(*held);
  if (!change.document.has_value()) return absl::OkStatus();
  live_.segments.back().documents = memory_->Add(*change.document) + 1;
  digest_.Add(change.packed_id, change.document->columns.packed_hash);
  return absl::OkStatus();
}

void SegmentStore::Freeze() {
  const Snapshot& newest = frozen_.has_value() ? *frozen_ : flushing_.has_value() ? *flushing_ : committed_;
  if (newest.applied_position == live_.applied_position) return;
  frozen_ = live_;
  unshared_.clear();
  if (memory_->size() == 0) {
    frozen_->segments.pop_back();
    return;
  }
  memory_ = std::make_shared<MemorySegment>();
  live_.segments.push_back({memory_, nullptr, 0});
}

std::shared_ptr<const Snapshot> SegmentStore::MakeSnapshot() {
  unshared_.clear();
  auto snapshot = std::make_shared<Snapshot>(live_);
  if (snapshot->segments.back().documents == 0) snapshot->segments.pop_back();
  return snapshot;
}

// Segment numbers are not used again, even after a failure: what it left behind is an orphan until the next Open().
std::optional<Rewrite> SegmentStore::BeginFlush() {
  if (!wants_flush()) return std::nullopt;
  flushing_.swap(frozen_);
  Rewrite rewrite{Purpose::kFlush, next_segment_++, {}, nullptr};
  for (const SegmentView& view : flushing_->segments) {
    if (!view.segment->is_on_disk()) rewrite.sources.push_back(view);
  }
  return rewrite;
}

std::optional<Rewrite> SegmentStore::BeginMerge() {
  std::vector<SegmentView> sources = ChooseSources();
  if (sources.empty()) return std::nullopt;
  return MergeOf(std::move(sources));
}

std::optional<Rewrite> SegmentStore::BeginCompaction(uint32_t reorder_from) {
  const std::vector<SegmentView>& all = committed_.segments;
  if (all.empty()) return std::nullopt;
  const SegmentView& first = all.front();
  const bool ordered = RecordOf(first).by_content() || first.documents < reorder_from;
  if (all.size() == 1 && first.deleted_count() == 0 && ordered) return std::nullopt;
  return MergeOf(all);
}

Rewrite SegmentStore::MergeOf(std::vector<SegmentView> sources) {
  for (const SegmentView& source : sources) merging_.push_back(source.segment);
  return {Purpose::kMerge, next_segment_++, std::move(sources), nullptr};
}

bool SegmentStore::IsBeingMerged(const SegmentView& view) const {
  return std::find(merging_.begin(), merging_.end(), view.segment) != merging_.end();
}

std::vector<SegmentView> SegmentStore::ChooseSources() const {
  std::vector<SegmentView> candidates;
  std::vector<SegmentSize> sizes;
  for (const SegmentView& view : committed_.segments) {
    if (IsBeingMerged(view)) continue;
    candidates.push_back(view);
    sizes.push_back({LiveCount(view), view.deleted_count()});
  }
  std::vector<SegmentView> sources;
  for (const size_t chosen : ChooseMerge(sizes)) sources.push_back(candidates[chosen]);
  return sources;
}

StateChange SegmentStore::Plan(const Rewrite& rewrite) const {
  StateChange change{committed_, rewrite.purpose == Purpose::kFlush ? *flushing_ : committed_, manifest_};
  change.manifest.set_next_segment(next_segment_);
  return change;
}

void SegmentStore::Install(const Rewrite& rewrite, Snapshot committed) {
  committed_ = std::move(committed);
  if (rewrite.purpose == Purpose::kFlush) flushing_.reset();
  for (std::optional<Snapshot>* const state : {&flushing_, &frozen_}) {
    if (state->has_value()) Replace(rewrite, (*state)->segments);
  }
  Replace(rewrite, live_.segments);
  unshared_.clear();
  for (const SegmentView& source : rewrite.sources) {
    if (source.segment->is_on_disk()) obsolete_.emplace_back(RecordOf(source).segment(), source.segment);
  }
  Abandon(rewrite);
}

// A later state that was frozen meanwhile holds all of the one that was not flushed.
void SegmentStore::Abandon(const Rewrite& rewrite) {
  if (rewrite.purpose == Purpose::kFlush && flushing_.has_value()) {
    if (!frozen_.has_value()) frozen_ = std::move(flushing_);
    flushing_.reset();
  }
  for (const SegmentView& source : rewrite.sources) {
    merging_.erase(std::remove(merging_.begin(), merging_.end(), source.segment), merging_.end());
  }
}

std::vector<uint32_t> SegmentStore::TakeUnread() {
  const auto unread = std::partition(obsolete_.begin(), obsolete_.end(),
                                     [](const auto& segment) { return segment.second.use_count() > 1; });
  std::vector<uint32_t> numbers;
  for (auto it = unread; it != obsolete_.end(); ++it) numbers.push_back(it->first);
  obsolete_.erase(unread, obsolete_.end());
  return numbers;
}

absl::Status CommitChange(kv::Database& db, const StateChange& change) {
  disk::v1::Manifest manifest = change.manifest;
  manifest.set_applied_position(change.after.applied_position);
  manifest.clear_segments();
  DeletionChanges deletions;
  for (const SegmentView& view : change.before.segments) {
    if (Find(view, change.after) == nullptr) deletions[RecordOf(view).segment()] = nullptr;
  }
  for (const SegmentView& view : change.after.segments) {
    disk::v1::SegmentRecord& record = *manifest.add_segments();
    record = RecordOf(view);
    record.set_deleted(view.deleted_count());
    if (HasNewDeletions(view, Find(view, change.before))) deletions[record.segment()] = view.deleted;
  }
  return CommitManifest(db, manifest, deletions);
}

}  // namespace tintinh::indexer
