#include "tests/bench/engine/indexing.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "services/indexer/postings/norm.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/field.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/shard/shard_writer.h"
#include "tests/bench/engine/bench_keys.h"
#include "tests/bench/engine/bench_shard.h"
#include "tests/bench/engine/token_file.h"

namespace tintinh::bench {
namespace {

using indexer::FieldOf;

constexpr uint64_t kCacheBytes = 64 << 20;
constexpr size_t kBatch = 64;
constexpr indexer::FieldId kExactField = FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT);
constexpr indexer::FieldId kPairField = FieldOf(v1::PART_BODY, v1::KEY_KIND_PAIR);

double SecondsSince(absl::Time start) { return absl::ToDoubleSeconds(absl::Now() - start); }

absl::Status CheckEmpty(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error) || std::filesystem::is_empty(directory, error)) {
    return absl::OkStatus();
  }
  return absl::AlreadyExistsError(absl::StrCat(directory, " is not empty"));
}

void AddTokens(absl::string_view text, const IndexOptions& options, indexer::DocumentTerms& terms) {
  uint32_t position = 0;
  uint64_t previous = 0;
  ForEachToken(text, [&](absl::string_view token) {
    if (options.exact) terms.Add(kExactField, token, position);
    if (options.pair) {
      const uint64_t hash = text::StableHash(token);
      if (position > 0) terms.Add(kPairField, PairKeyOf(previous, hash), position - 1);
      previous = hash;
    }
    ++position;
  });
  terms.Finish();
}

indexer::IndexedDocument DocumentOf(uint64_t ordinal, absl::string_view text, const IndexOptions& options) {
  indexer::IndexedDocument document;
  AddTokens(text, options, document.terms);
  document.columns.packed_id = indexer::PackId(ArticleIdOf(ordinal));
  document.columns.packed_hash = document.columns.packed_id;
  for (size_t field = 0; field < indexer::kFieldCount; ++field) {
    document.columns.norms[field] = indexer::NormOfLength(document.terms.lengths()[field]);
  }
  return document;
}

absl::Status FillShardWriter(const IndexOptions& options, indexer::ShardWriter& writer, IndexReport& report) {
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(TokenFile file, TokenFile::Open(options.corpus));
  std::vector<indexer::Change> changes;
  for (;;) {
    ASSIGN_OR_RETURN(const std::optional<absl::string_view> text, file.Next());
    if (!text.has_value() || changes.size() == kBatch) {
      RETURN_IF_ERROR(writer.Apply(changes, indexer::Pace::kBulk));
      changes.clear();
    }
    if (!text.has_value()) break;
    indexer::IndexedDocument document = DocumentOf(report.documents, *text, options);
    std::string packed_id = document.columns.packed_id;
    changes.push_back({++report.documents, std::move(packed_id), std::move(document)});
    report.text_bytes += text->size();
  }
  report.seconds_adding = SecondsSince(start);
  RETURN_IF_ERROR(writer.Flush());
  report.seconds = SecondsSince(start);
  RETURN_IF_ERROR(writer.Compact());
  report.seconds_compacted = SecondsSince(start);
  return absl::OkStatus();
}

disk::v1::LogEntry EntryOf(uint64_t ordinal, const nlohmann::json& line) {
  disk::v1::LogEntry entry;
  entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
  entry.set_article_id(ArticleIdOf(ordinal));
  disk::v1::StoredArticle& article = *entry.mutable_article();
  article.set_article_id(entry.article_id());
  article.set_content_hash(entry.article_id());
  article.set_title(line.value("title", ""));
  const std::string body = line.value("body", "");
  for (const absl::string_view paragraph : absl::StrSplit(body, '\n', absl::SkipEmpty())) {
    article.add_paragraphs()->set_text(std::string(paragraph));
  }
  return entry;
}

absl::Status FillShard(const IndexOptions& options, indexer::Shard& shard, IndexReport& report) {
  const absl::Time start = absl::Now();
  std::ifstream file(options.corpus);
  if (!file.good()) return absl::NotFoundError(absl::StrCat("cannot read ", options.corpus));
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json parsed = nlohmann::json::parse(line, nullptr, false);
    if (!parsed.is_object()) {
      return absl::InvalidArgumentError(absl::StrCat(options.corpus, ":", report.documents + 1, ": not a JSON object"));
    }
    const disk::v1::LogEntry entry = EntryOf(report.documents, parsed);
    RETURN_IF_ERROR(shard.Apply(report.documents + 1, entry));
    ++report.documents;
    report.text_bytes += entry.article().title().size();
    for (const auto& paragraph : entry.article().paragraphs()) report.text_bytes += paragraph.text().size();
  }
  report.seconds_adding = SecondsSince(start);
  RETURN_IF_ERROR(shard.Flush());
  report.seconds = SecondsSince(start);
  RETURN_IF_ERROR(shard.Compact());
  report.seconds_compacted = SecondsSince(start);
  return absl::OkStatus();
}

// Opens the shard once more, which drops what merges left behind.
absl::Status Measure(const std::string& directory, IndexReport& report) {
  ASSIGN_OR_RETURN(const BenchShard open, OpenShard(directory, kCacheBytes, kCacheBytes));
  v1::ShardStatus status;
  open.shard->FillStatus(&status);
  report.segments = status.segments();
  report.bytes = status.disk_bytes();
  for (const absl::string_view family : indexer::kSegmentFamilies) {
    uint64_t& bytes = report.family_bytes[std::string(family)];
    RETURN_IF_ERROR(open.database->Scan(family, "", "", [&bytes](absl::string_view key, absl::string_view value) {
      bytes += key.size() + value.size();
      return true;
    }));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<IndexReport> IndexTokens(const IndexOptions& options) {
  RETURN_IF_ERROR(CheckEmpty(options.directory));
  IndexReport report;
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<kv::Database> database, OpenDatabase(options.directory, kCacheBytes));
    indexer::ShardOptions shard;
    shard.memory_segment_bytes = options.memory_bytes / 2;  // what is applied in bulk gathers to twice as much
    ASSIGN_OR_RETURN(const std::unique_ptr<indexer::ShardWriter> writer,
                     indexer::ShardWriter::Open(*database, ManifestOfBenchShard(), shard));
    RETURN_IF_ERROR(FillShardWriter(options, *writer, report));
  }
  RETURN_IF_ERROR(Measure(options.directory, report));
  return report;
}

absl::StatusOr<IndexReport> IndexArticles(const IndexOptions& options) {
  RETURN_IF_ERROR(CheckEmpty(options.directory));
  IndexReport report;
  {
    ASSIGN_OR_RETURN(const BenchShard open, OpenShard(options.directory, kCacheBytes, options.memory_bytes));
    RETURN_IF_ERROR(FillShard(options, *open.shard, report));
  }
  RETURN_IF_ERROR(Measure(options.directory, report));
  return report;
}

}  // namespace tintinh::bench
