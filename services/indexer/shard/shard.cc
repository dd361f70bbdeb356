#include "services/indexer/shard/shard.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/status_macros.h"
#include "common/sync/parallel_for.h"
#include "common/text/analyzer.h"
#include "services/indexer/search/search.h"
#include "services/indexer/search/statistics.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/segment/simhash_bands.h"

namespace tintinh::indexer {
namespace {

// A thread takes some 20 µs to start, an article as long to analyze: a piece is worth several threads.
constexpr size_t kEntriesPerPiece = 8;

absl::Status CheckEntry(const disk::v1::LogEntry& entry) {
  if (entry.article_id().empty()) return absl::InvalidArgumentError("log entry: article_id is empty");
  if (entry.kind() == disk::v1::LOG_ENTRY_KIND_DELETE) return absl::OkStatus();
  if (entry.kind() != disk::v1::LOG_ENTRY_KIND_PUT) {
    return absl::InvalidArgumentError(absl::StrCat("log entry of ", entry.article_id(), ": kind ", entry.kind()));
  }
  if (entry.article().article_id() == entry.article_id()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("log entry of ", entry.article_id(), ": article has id ", entry.article().article_id()));
}

struct Found {
  const SegmentView* view;
  uint32_t ordinal;
};

absl::StatusOr<std::optional<Found>> FindLive(const Snapshot& snapshot, absl::string_view article_id) {
  const std::string packed_id = PackId(article_id);
  for (auto view = snapshot.segments.rbegin(); view != snapshot.segments.rend(); ++view) {
    ASSIGN_OR_RETURN(const std::optional<uint32_t> ordinal, view->segment->FindArticle(packed_id));
    if (ordinal.has_value() && view->IsLive(*ordinal)) return Found{&*view, *ordinal};
  }
  return std::nullopt;
}

void AddNearDuplicates(const SegmentView& view, uint64_t simhash, uint32_t max_distance,
                       std::vector<NearDuplicate>& found) {
  const ColumnArrays& columns = view.segment->columns();
  ForEachNear(columns, view.documents, simhash, max_distance, [&](uint32_t doc, uint32_t distance) {
    if (!view.IsLive(doc)) return;
    const uint32_t cluster = columns.codes(Column::kDuplicateCluster)[doc];
    found.push_back({.article_id = UnpackId(columns.packed_ids[doc]),
                     .duplicate_cluster = view.segment->ValueOf(Column::kDuplicateCluster, cluster),
                     .distance = distance});
  });
}

int64_t NewestPublished(const SegmentView& view) {
  int64_t newest = kNoTime;
  for (uint32_t doc = 0; doc < view.documents; ++doc) {
    if (view.IsLive(doc)) newest = std::max(newest, view.segment->columns().published_us[doc]);
  }
  return newest;
}

void SetTimestamp(int64_t microseconds, google::protobuf::Timestamp* out) {
  const int64_t seconds = microseconds / 1'000'000 - (microseconds % 1'000'000 < 0 ? 1 : 0);
  out->set_seconds(seconds);
  out->set_nanos(static_cast<int32_t>(microseconds - seconds * 1'000'000) * 1'000);
}

}  // namespace

Shard::Shard(kv::Database& db, const ShardOptions& options, std::unique_ptr<ShardWriter> writer)
    : db_(db), options_(options), writer_(std::move(writer)) {}

Shard::~Shard() = default;

disk::v1::Manifest Shard::ManifestFor(uint32_t shard, uint32_t shard_count) {
  disk::v1::Manifest manifest;
  manifest.set_format_version(kFormatVersion);
  manifest.set_analyzer_version(text::Analyzer::kVersion);
  manifest.set_shard(shard);
  manifest.set_shard_count(shard_count);
  manifest.set_next_segment(1);
  return manifest;
}

absl::StatusOr<std::unique_ptr<Shard>> Shard::Open(kv::Database& db, const ShardOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<ShardWriter> writer,
                   ShardWriter::Open(db, ManifestFor(options.shard, options.shard_count), options));
  return std::unique_ptr<Shard>(new Shard(db, options, std::move(writer)));
}

std::vector<kv::ColumnFamily> Shard::ColumnFamilies() {
  // Runs of postings are rewritten by merges of segments only; what is dropped is whole files.
  const auto runs = [](const char* name) {
    kv::ColumnFamily family;
    family.name = name;
    family.automatic_compaction = false;
    return family;
  };
  // Postings are packed already, and so are terms with their short lists.
  const auto compressed = [&runs](const char* name) {
    kv::ColumnFamily family = runs(name);
    family.compression = kv::Compression::kZstd;
    return family;
  };
  kv::ColumnFamily ids = runs(kIdsFamily);
  ids.bloom_filter = true;
  return {runs(kTermsFamily),           runs(kPostingsFamily),      runs(kPositionsFamily),
          compressed(kDocumentsFamily), compressed(kColumnsFamily), ids};
}

absl::Status Shard::Apply(uint64_t position, const disk::v1::LogEntry& entry) {
  const PositionedEntry one{position, entry};
  return ApplyAll(absl::MakeConstSpan(&one, 1), Pace::kFresh);
}

absl::Status Shard::ApplyAll(absl::Span<const PositionedEntry> entries, Pace pace) {
  MutexLock lock(apply_mu_);
  const uint64_t applied = applied_position();
  while (!entries.empty() && entries.front().position <= applied) entries.remove_prefix(1);
  size_t sound = 0;
  absl::Status status;
  while (sound < entries.size() && status.ok()) {
    status = CheckEntry(entries[sound].entry);
    if (status.ok()) ++sound;
  }
  RETURN_IF_ERROR(writer_->Apply(Analyze(entries.subspan(0, sound)), pace));
  return status;
}

std::vector<Change> Shard::Analyze(absl::Span<const PositionedEntry> entries) const {
  std::vector<Change> changes(entries.size());
  const auto analyze = [&](size_t piece) {
    const text::Analyzer analyzer;
    const size_t end = std::min(entries.size(), (piece + 1) * kEntriesPerPiece);
    for (size_t i = piece * kEntriesPerPiece; i < end; ++i) {
      const disk::v1::LogEntry& entry = entries[i].entry;
      changes[i].position = entries[i].position;
      changes[i].packed_id = PackId(entry.article_id());
      if (entry.kind() != disk::v1::LOG_ENTRY_KIND_PUT) continue;
      changes[i].document = IndexDocument(entry.article(), analyzer);
    }
  };
  ParallelFor((entries.size() + kEntriesPerPiece - 1) / kEntriesPerPiece, options_.analysis_threads, analyze);
  return changes;
}

absl::Status Shard::Flush() { return writer_->Flush(); }

absl::Status Shard::Compact() { return writer_->Compact(); }

void Shard::SetListener(std::function<void()> listener) { writer_->SetListener(std::move(listener)); }

std::shared_ptr<const Snapshot> Shard::snapshot() const { return writer_->snapshot(); }

Published Shard::published() const { return writer_->published(); }

uint64_t Shard::applied_position() const { return snapshot()->applied_position; }

uint64_t Shard::flushed_position() const { return writer_->published().committed_position; }

absl::StatusOr<v1::ShardResult> Shard::Search(const v1::LeafSearchRequest& request,
                                              const ScanDeadline& deadline) const {
  ASSIGN_OR_RETURN(v1::ShardResult result, indexer::Search(*snapshot(), request, deadline));
  result.set_shard(options_.shard);
  return result;
}

absl::Status Shard::AddStatistics(const v1::LeafStatisticsRequest& request, v1::CollectionStatistics* statistics,
                                  const ScanDeadline& deadline) const {
  return indexer::AddStatistics(*snapshot(), request, statistics, deadline);
}

absl::Status Shard::CountFacets(const v1::LeafFacetsRequest& request, FacetCounts& counts,
                                const ScanDeadline& deadline) const {
  return indexer::CountFacets(*snapshot(), request, counts, deadline);
}

absl::StatusOr<std::optional<disk::v1::StoredArticle>> Shard::Get(absl::string_view article_id) const {
  const std::shared_ptr<const Snapshot> now = snapshot();
  ASSIGN_OR_RETURN(const std::optional<Found> found, FindLive(*now, article_id));
  if (!found.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string stored, found->view->segment->Document(found->ordinal));
  std::optional<disk::v1::StoredArticle> article(std::in_place);
  if (!article->ParseFromString(stored)) {
    return absl::DataLossError(absl::StrCat("article ", article_id, ": stored record is malformed"));
  }
  return article;
}

absl::StatusOr<std::optional<std::string>> Shard::ContentHash(absl::string_view article_id) const {
  const std::shared_ptr<const Snapshot> now = snapshot();
  ASSIGN_OR_RETURN(const std::optional<Found> found, FindLive(*now, article_id));
  if (!found.has_value()) return std::nullopt;
  return std::optional<std::string>(UnpackId(found->view->segment->columns().packed_hashes[found->ordinal]));
}

std::vector<NearDuplicate> Shard::FindNearDuplicates(uint64_t simhash, uint32_t max_distance) const {
  std::vector<NearDuplicate> found;
  if (simhash == 0) return found;
  const std::shared_ptr<const Snapshot> now = snapshot();
  for (const SegmentView& view : now->segments) AddNearDuplicates(view, simhash, max_distance, found);
  std::sort(found.begin(), found.end(), [](const NearDuplicate& a, const NearDuplicate& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.article_id < b.article_id;
  });
  if (found.size() > kMaxNearDuplicates) found.erase(found.begin() + kMaxNearDuplicates, found.end());
  return found;
}

void Shard::FillStatus(v1::ShardStatus* status) const {
  const Published now = published();
  uint64_t documents = 0;
  uint64_t deleted = 0;
  uint32_t on_disk = 0;
  int64_t newest = kNoTime;
  for (const SegmentView& view : now.snapshot->segments) {
    documents += view.documents;
    deleted += view.deleted_count();
    on_disk += view.segment->is_on_disk() ? 1 : 0;
    newest = std::max(newest, NewestPublished(view));
  }
  status->set_shard(options_.shard);
  status->set_articles(documents - deleted);
  status->set_deleted_articles(deleted);
  status->set_segments(on_disk);
  status->set_disk_bytes(db_.DiskBytes());
  status->set_applied_position(now.snapshot->applied_position);
  status->set_memory_segment_bytes(now.memory_bytes);
  if (newest != kNoTime) SetTimestamp(newest, status->mutable_newest_published());
  status->set_digest(absl::StrFormat("%016x", now.digest));
}

}  // namespace tintinh::indexer
