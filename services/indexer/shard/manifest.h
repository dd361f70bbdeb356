// The committed state of a shard: which segments are live, what is deleted in them, and up to which log position. One
// synced atomic write replaces it; segments the manifest does not name do not exist.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_MANIFEST_H_
#define TINTINH_SERVICES_INDEXER_SHARD_MANIFEST_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/kv/database.h"
#include "services/indexer/segment/deleted_documents.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// By segment number; null: none deleted any more, or the segment is gone.
using DeletionChanges = absl::btree_map<uint32_t, std::shared_ptr<const DeletedDocuments>>;

// Nothing in a new database; DATA_LOSS when damaged.
absl::StatusOr<std::optional<disk::v1::Manifest>> ReadManifest(const kv::Database& db);

absl::StatusOr<std::shared_ptr<const DeletedDocuments>> ReadDeleted(const kv::Database& db,
                                                                    const disk::v1::SegmentRecord& segment);

// On failure nothing changed.
absl::Status CommitManifest(kv::Database& db, const disk::v1::Manifest& manifest, const DeletionChanges& changes);

// FAILED_PRECONDITION, naming the remedy, unless an index with manifest `found` can be used as `wanted` (whose segments
// and positions do not matter).
absl::Status CheckCompatible(const disk::v1::Manifest& found, const disk::v1::Manifest& wanted);

// Drops all keys of segments the manifest does not name, from all families.
absl::Status RemoveOrphans(kv::Database& db, const disk::v1::Manifest& manifest);
absl::Status DropSegment(kv::Database& db, uint32_t segment);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_MANIFEST_H_
