// Takes the copy of a shard that a peer streams, into a directory of its own until it is whole.
#ifndef TINTINH_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_RECEIVER_H_
#define TINTINH_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_RECEIVER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// Not thread-safe. What a peer says is not trusted: names, sizes, offsets and checksums are checked before anything is
// written. Files on disk that bear their own name are whole and synced; the rest ends in ".part".
class CheckpointReceiver {
 public:
  // Makes `directory`, or goes on in one that an earlier process left.
  static absl::StatusOr<std::unique_ptr<CheckpointReceiver>> Open(const std::string& directory);
  ~CheckpointReceiver();
  CheckpointReceiver(const CheckpointReceiver&) = delete;
  CheckpointReceiver& operator=(const CheckpointReceiver&) = delete;

  // Asks for what is missing.
  v1::StreamCheckpointRequest Request(uint32_t shard) const;

  // The next message of a stream. DATA_LOSS for what does not fit, naming file and offset; RESOURCE_EXHAUSTED when the
  // copy is larger than the disk has room for; UNAVAILABLE when it cannot be written.
  absl::Status Take(const v1::StreamCheckpointResponse& message);

  // After a stream has ended well: the directory holds the copy and nothing else, and survives a power cut. UNAVAILABLE
  // when files are missing.
  absl::Status Finish();

  const v1::CheckpointManifest& manifest() const { return manifest_; }
  uint64_t received_bytes() const { return received_bytes_; }  // over all streams
  uint64_t held_bytes() const;

 private:
  struct OpenFile;

  explicit CheckpointReceiver(std::string directory);
  std::string PathOf(absl::string_view file) const;
  std::string PartOf(absl::string_view file) const;
  absl::Status LoadHeld();
  absl::Status Begin(const v1::CheckpointManifest& manifest);
  absl::Status CheckRoom() const;
  absl::Status KeepOnlyOf(const std::string& source);
  absl::Status TakeChunk(const v1::StreamCheckpointResponse& chunk);
  absl::Status CheckChunk(const v1::StreamCheckpointResponse& chunk) const;
  absl::Status OpenAt(const std::string& file, uint64_t offset);
  absl::Status CloseWhole();

  const std::string directory_;
  v1::CheckpointManifest manifest_;
  std::map<std::string, uint64_t> wanted_;  // bytes of each file of the manifest
  std::string source_;                      // where the files held come from
  std::map<std::string, uint64_t> held_;    // bytes that are there
  std::unique_ptr<OpenFile> open_;
  uint64_t received_bytes_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_RECEIVER_H_
