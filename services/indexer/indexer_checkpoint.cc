// The indexer's copies of its shards: on its own disk, and to replicas that begin.
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/indexer/indexer.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/limits/request_limits.h"

namespace tintinh::indexer {

absl::StatusOr<v1::CreateCheckpointResponse> Indexer::CreateCheckpoint(const v1::CreateCheckpointRequest& request,
                                                                       absl::Time deadline) {
  RETURN_IF_ERROR(CheckCheckpoint(request));
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  MutexLock lock(checkpoint_mu_);
  const std::filesystem::path target(CheckpointDirectory(config_.data_directory(), request.name()));
  const std::filesystem::path unfinished(target.string() + ".unfinished");
  std::error_code error;
  if (std::filesystem::exists(target, error)) {
    return absl::AlreadyExistsError(absl::StrCat("checkpoint ", target.string(), " exists"));
  }
  std::filesystem::remove_all(unfinished, error);
  std::filesystem::create_directories(unfinished, error);
  absl::Cleanup remove = [&unfinished] {
    std::error_code ignored;
    std::filesystem::remove_all(unfinished, ignored);
  };
  ASSIGN_OR_RETURN(v1::CreateCheckpointResponse response, CopyShards(unfinished.string()));
  RETURN_IF_ERROR(WriteLayout(unfinished.string(), layout_));
  std::filesystem::rename(unfinished, target, error);
  if (error) return absl::UnavailableError(absl::StrCat("rename to ", target.string(), ": ", error.message()));
  std::move(remove).Cancel();
  RETURN_IF_ERROR(SyncDirectory(target.parent_path().string()));
  response.set_directory(target.string());
  LogInfo("checkpoint made", {{"directory", response.directory()}});
  return response;
}

absl::StatusOr<uint64_t> Indexer::HeldByCopy(uint32_t shard) const {
  // A log in the shard's own database is copied with it.
  if (LogIsInKafka(config_)) return shards_[shard].shard->flushed_position();
  ASSIGN_OR_RETURN(const article_log::LogBounds bounds, log_->Bounds(shard));
  return bounds.last;
}

absl::StatusOr<v1::CreateCheckpointResponse> Indexer::CopyShards(absl::string_view directory) {
  v1::CreateCheckpointResponse response;
  for (const uint32_t shard : layout_.held) {
    ASSIGN_OR_RETURN(const uint64_t held, HeldByCopy(shard));
    RETURN_IF_ERROR(shards_[shard].database->Checkpoint(ShardDirectory(directory, shard)));
    v1::ShardPosition& position = *response.add_positions();
    position.set_shard(shard);
    position.set_log_position(held);
  }
  return response;
}

absl::Status Indexer::StreamCheckpoint(const v1::StreamCheckpointRequest& request, const CheckpointSink& sink,
                                       const std::function<bool()>& receiver_is_there) {
  RETURN_IF_ERROR(CheckHeld("shard", request.shard()));
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(absl::InfiniteFuture()));
  ASSIGN_OR_RETURN(const Slots::Slot slot, streams_.Take());
  const std::string directory = absl::StrCat(StreamDirectory(config_.data_directory()), "/", ++streams_begun_);
  std::error_code error;
  std::filesystem::create_directories(StreamDirectory(config_.data_directory()), error);
  const absl::Cleanup remove = [&directory] {
    std::error_code ignored;
    std::filesystem::remove_all(directory, ignored);
  };
  ASSIGN_OR_RETURN(const uint64_t held, HeldByCopy(request.shard()));
  RETURN_IF_ERROR(shards_[request.shard()].database->Checkpoint(directory));
  ASSIGN_OR_RETURN(v1::CheckpointManifest manifest, ListFiles(directory));
  ASSIGN_OR_RETURN(*manifest.mutable_source(), shards_[request.shard()].database->Identity());
  manifest.set_shards(layout_.shards);
  manifest.set_log_position(held);
  Throttle throttle(
      config_.checkpoint_bytes_per_second(), [&] { return gate_.IsOpen() && receiver_is_there(); }, clock_);
  const absl::Status sent = SendCheckpoint(directory, manifest, request, throttle, sink);
  LogInfo("checkpoint streamed", {{"shard", request.shard()}, {"position", held}, {"status", sent.ToString()}});
  return sent;
}

}  // namespace tintinh::indexer
