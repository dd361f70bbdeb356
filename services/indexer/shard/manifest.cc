#include "services/indexer/shard/manifest.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/kv/bulk_load.h"
#include "common/kv/key.h"
#include "common/kv/reader.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/segment/disk_format.h"

namespace tintinh::indexer {
namespace {

constexpr char kFamily[] = "default";
constexpr char kManifestKey[] = "manifest";

std::string DeletedKey(uint32_t segment) {
  std::string key = "deleted/";
  kv::AppendBigEndian(segment, key);
  return key;
}

absl::Status CheckSame(absl::string_view what, uint32_t found, uint32_t wanted, absl::string_view remedy) {
  if (found == wanted) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("index was written with ", what, " ", found, ", this process has ", wanted, ": ", remedy));
}

absl::Status DropIfAny(kv::Database& db, absl::string_view family, const std::string& begin, const std::string& end) {
  const kv::RangeReader reader(db, family, begin, end);
  if (reader.Valid()) return kv::DropRange(db, family, begin, end);
  return reader.status();
}

}  // namespace

absl::StatusOr<std::optional<disk::v1::Manifest>> ReadManifest(const kv::Database& db) {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, db.Get(kFamily, kManifestKey));
  if (!value.has_value()) return std::nullopt;
  const absl::StatusOr<absl::string_view> body = CheckedBody(*value);
  if (!body.ok()) return absl::DataLossError(absl::StrCat("manifest: ", body.status().message()));
  disk::v1::Manifest manifest;
  if (!manifest.ParseFromArray(body->data(), static_cast<int>(body->size()))) {
    return absl::DataLossError("manifest: malformed");
  }
  return manifest;
}

absl::StatusOr<std::shared_ptr<const DeletedDocuments>> ReadDeleted(const kv::Database& db,
                                                                    const disk::v1::SegmentRecord& segment) {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, db.Get(kFamily, DeletedKey(segment.segment())));
  if (!value.has_value()) return nullptr;
  absl::StatusOr<DeletedDocuments> deleted = DeletedDocuments::Decode(*value, segment.documents());
  if (!deleted.ok()) {
    return absl::DataLossError(absl::StrCat("segment ", segment.segment(), ": ", deleted.status().message()));
  }
  return std::make_shared<const DeletedDocuments>(*std::move(deleted));
}

absl::Status CommitManifest(kv::Database& db, const disk::v1::Manifest& manifest, const DeletionChanges& changes) {
  kv::WriteBatch batch;
  db.Put(batch, kFamily, kManifestKey, CheckedValue(manifest.SerializeAsString()));
  for (const auto& [segment, deleted] : changes) {
    if (deleted == nullptr) {
      db.Delete(batch, kFamily, DeletedKey(segment));
    } else {
      db.Put(batch, kFamily, DeletedKey(segment), deleted->Encode());
    }
  }
  return db.Write(std::move(batch), kv::Durability::kSynced);
}

absl::Status CheckCompatible(const disk::v1::Manifest& found, const disk::v1::Manifest& wanted) {
  constexpr absl::string_view kRebuild =
      "remove the shard's directory and rebuild it from the log, a peer or the archive";
  RETURN_IF_ERROR(CheckSame("format version", found.format_version(), wanted.format_version(), kRebuild));
  RETURN_IF_ERROR(CheckSame("analyzer version", found.analyzer_version(), wanted.analyzer_version(), kRebuild));
  RETURN_IF_ERROR(CheckSame("shard", found.shard(), wanted.shard(), "give each shard its own directory"));
  return CheckSame("shard count", found.shard_count(), wanted.shard_count(),
                   "restore the configured number, or index into a new data directory");
}

absl::Status RemoveOrphans(kv::Database& db, const disk::v1::Manifest& manifest) {
  std::set<uint32_t> live;
  for (const disk::v1::SegmentRecord& segment : manifest.segments()) live.insert(segment.segment());
  for (const absl::string_view family : kSegmentFamilies) {
    uint32_t next = 0;
    for (const uint32_t segment : live) {
      RETURN_IF_ERROR(DropIfAny(db, family, SegmentPrefix(next), SegmentPrefix(segment)));
      next = segment + 1;
    }
    // Numbers never get that high, and longer keys of the last number would sort behind it.
    RETURN_IF_ERROR(DropIfAny(db, family, SegmentPrefix(next), std::string(sizeof(uint32_t), '\xff')));
  }
  return absl::OkStatus();
}

absl::Status DropSegment(kv::Database& db, uint32_t segment) {
  for (const absl::string_view family : kSegmentFamilies) {
    RETURN_IF_ERROR(DropIfAny(db, family, SegmentPrefix(segment), SegmentPrefix(segment + 1)));
  }
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
