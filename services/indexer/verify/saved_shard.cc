#include "services/indexer/verify/saved_shard.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/article_log/embedded_article_log.h"
#include "common/status/status_macros.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/shard/manifest.h"
#include "services/indexer/shard/shard.h"

namespace tintinh::indexer {
namespace {

std::vector<kv::ColumnFamily> FamiliesOf(bool embedded) {
  std::vector<kv::ColumnFamily> families = Shard::ColumnFamilies();
  if (embedded) families.push_back(article_log::EmbeddedArticleLog::ColumnFamily());
  return families;
}

absl::StatusOr<disk::v1::StoredArticle> ArticleAt(const SegmentView& view, uint32_t ordinal) {
  ASSIGN_OR_RETURN(const std::string stored, view.segment->Document(ordinal));
  disk::v1::StoredArticle article;
  if (article.ParseFromString(stored)) return article;
  return absl::DataLossError(absl::StrCat("document ", ordinal, ": its article cannot be read"));
}

}  // namespace

SavedShard::SavedShard(uint32_t shard, std::unique_ptr<kv::Database> database)
    : shard_(shard), database_(std::move(database)) {}

absl::StatusOr<std::unique_ptr<SavedShard>> SavedShard::Open(absl::string_view data_directory, uint32_t shard,
                                                             const DataLayout& layout) {
  const bool embedded = layout.log == DataLayout().log;
  ASSIGN_OR_RETURN(std::unique_ptr<kv::Database> database,
                   kv::Database::Open({.directory = ShardDirectory(data_directory, shard),
                                       .column_families = FamiliesOf(embedded),
                                       .read_only = true}));
  std::unique_ptr<SavedShard> saved(new SavedShard(shard, std::move(database)));
  RETURN_IF_ERROR(saved->LoadSegments(layout));
  if (!embedded) return saved;
  const article_log::EmbeddedLogShard own{shard, saved->database_.get()};
  ASSIGN_OR_RETURN(saved->log_, article_log::EmbeddedArticleLog::Open(absl::MakeConstSpan(&own, 1), {}));
  return saved;
}

absl::Status SavedShard::LoadSegments(const DataLayout& layout) {
  ASSIGN_OR_RETURN(const std::optional<disk::v1::Manifest> manifest, ReadManifest(*database_));
  if (!manifest.has_value()) return absl::DataLossError("its manifest is missing");
  RETURN_IF_ERROR(CheckCompatible(*manifest, Shard::ManifestFor(shard_, layout.shards)));
  committed_.applied_position = manifest->applied_position();
  for (const disk::v1::SegmentRecord& record : manifest->segments()) {
    SegmentView& view = committed_.segments.emplace_back();
    ASSIGN_OR_RETURN(view.segment, DiskSegment::Open(*database_, record));
    ASSIGN_OR_RETURN(view.deleted, ReadDeleted(*database_, record));
    view.documents = record.documents();
  }
  return absl::OkStatus();
}

absl::StatusOr<article_log::LogBounds> SavedShard::LogBounds() const { return log_->Bounds(shard_); }

absl::Status SavedShard::VisitLog(uint64_t after,
                                  absl::FunctionRef<absl::Status(const article_log::LogRecord&)> visit) const {
  while (log_ != nullptr) {
    ASSIGN_OR_RETURN(const article_log::TailResult tail, log_->Tail(shard_, after, {}));
    if (tail.state != article_log::TailState::kRecords) {
      return absl::DataLossError(absl::StrCat("the log has positions ", tail.bounds.first, " to ", tail.bounds.last,
                                              ", the index has applied ", after));
    }
    if (tail.records.empty()) break;
    for (const article_log::LogRecord& record : tail.records) RETURN_IF_ERROR(visit(record));
    after = tail.records.back().position;
  }
  return absl::OkStatus();
}

absl::Status SavedShard::VisitArticles(absl::FunctionRef<absl::Status(const disk::v1::StoredArticle&)> visit) const {
  absl::flat_hash_map<std::string, uint64_t> last;  // where the log speaks of an article for the last time
  RETURN_IF_ERROR(VisitLog(committed_position(), [&](const article_log::LogRecord& record) -> absl::Status {
    ASSIGN_OR_RETURN(const disk::v1::LogEntry entry, DecodeLogEntry(record.bytes));
    last[entry.article_id()] = record.position;
    return absl::OkStatus();
  }));
  for (const SegmentView& view : committed_.segments) {
    for (uint32_t ordinal = 0; ordinal < view.documents; ++ordinal) {
      if (!view.IsLive(ordinal)) continue;
      ASSIGN_OR_RETURN(const disk::v1::StoredArticle article, ArticleAt(view, ordinal));
      if (!last.contains(article.article_id())) RETURN_IF_ERROR(visit(article));
    }
  }
  return VisitLog(committed_position(), [&](const article_log::LogRecord& record) -> absl::Status {
    ASSIGN_OR_RETURN(const disk::v1::LogEntry entry, DecodeLogEntry(record.bytes));
    const bool counts = last[entry.article_id()] == record.position && entry.kind() == disk::v1::LOG_ENTRY_KIND_PUT;
    return counts ? visit(entry.article()) : absl::OkStatus();
  });
}

}  // namespace tintinh::indexer
