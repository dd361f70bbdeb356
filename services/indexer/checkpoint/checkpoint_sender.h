// Sends a copy of a shard, file by file, to a replica that begins.
#ifndef TINTINH_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_SENDER_H_
#define TINTINH_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_SENDER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/checkpoint/throttle.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// Files of this kind never change once they have a name, whatever copy they are in: one that was broken off goes on.
bool IsImmutable(absl::string_view file);

// The files of `directory`, those that never change first: a copy that is broken off keeps the most.
absl::StatusOr<v1::CheckpointManifest> ListFiles(const std::string& directory);

// Takes a message; an error ends the stream.
using CheckpointSink = std::function<absl::Status(const v1::StreamCheckpointResponse&)>;

// The manifest, then every file from where the request says that its sender has it: from the start unless the request
// names the manifest's source and the file never changes. UNAVAILABLE when a file cannot be read.
absl::Status SendCheckpoint(const std::string& directory, const v1::CheckpointManifest& manifest,
                            const v1::StreamCheckpointRequest& request, Throttle& throttle, const CheckpointSink& sink);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_SENDER_H_
