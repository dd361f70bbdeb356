#include "services/indexer/checkpoint/bootstrap.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "common/sync/pause.h"
#include "common/time/clock.h"
#include "grpcpp/client_context.h"
#include "services/indexer/checkpoint/checkpoint_receiver.h"
#include "services/indexer/layout/data_layout.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::indexer {
namespace {

// Of one stream: a peer that has stopped in the middle is noticed then, and the next one goes on.
constexpr absl::Duration kLongestStream = absl::Minutes(30);
constexpr int kFruitlessStreams = 5;
// A peer that gives copies to others first is asked so many times more.
constexpr int kBusyStreams = 600;

std::string IncomingDirectory(absl::string_view data_directory, uint32_t shard) {
  return absl::StrCat(ShardDirectory(data_directory, shard), ".incoming");
}

class ShardFetch {
 public:
  ShardFetch(const BootstrapPlan& plan, uint32_t shard, CheckpointReceiver& receiver,
             const std::shared_ptr<grpc::Channel>& peer)
      : plan_(plan), shard_(shard), receiver_(receiver), peer_(peer), stub_(v1::IndexerService::NewStub(peer)) {}

  absl::Status Run() {
    absl::Status status;
    uint64_t most_held = 0;
    std::string source;
    int busy = 0;
    for (int fruitless = 0; fruitless < kFruitlessStreams;) {
      status = Stream();
      if (status.ok() || fatal_) return status;
      if (absl::IsResourceExhausted(status) && ++busy < kBusyStreams) {
        Pause(plan_.pause);
        continue;
      }
      if (std::exchange(source, receiver_.manifest().source()) != receiver_.manifest().source()) most_held = 0;
      LogWarning("a copy was broken off",
                 {{"shard", shard_}, {"bytes", receiver_.received_bytes()}, {"error", status.ToString()}});
      fruitless = receiver_.held_bytes() > most_held ? 0 : fruitless + 1;
      most_held = std::max(most_held, receiver_.held_bytes());
      Pause(plan_.pause);
    }
    // The peer's, not this disk's.
    return absl::IsResourceExhausted(status) ? absl::UnavailableError(status.message()) : status;
  }

 private:
  absl::Status Stream() {
    if (!peer_->WaitForConnected(std::chrono::system_clock::now() + absl::ToChronoSeconds(plan_.patience))) {
      fatal_ = receiver_.held_bytes() == 0;
      return absl::UnavailableError(absl::StrCat("nobody answers in ", absl::FormatDuration(plan_.patience)));
    }
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoSeconds(kLongestStream));
    const auto stream = stub_->StreamCheckpoint(&context, receiver_.Request(shard_));
    v1::StreamCheckpointResponse message;
    while (stream->Read(&message)) {
      const absl::Status taken = Take(message);
      if (taken.ok()) continue;
      context.TryCancel();
      static_cast<void>(stream->Finish());  // what went wrong here says more
      return taken;
    }
    RETURN_IF_ERROR(FromGrpcStatus(stream->Finish()));
    return receiver_.Finish();
  }

  // What is wrong here does not get better by asking again.
  absl::Status Take(const v1::StreamCheckpointResponse& message) {
    absl::Status taken = receiver_.Take(message);
    if (taken.ok() && message.has_manifest() && message.manifest().shards() != plan_.shards) {
      taken = absl::FailedPreconditionError(
          absl::StrCat("the peer's index has ", message.manifest().shards(), " shards, this one ", plan_.shards));
    }
    fatal_ = !taken.ok();
    return taken;
  }

  const BootstrapPlan& plan_;
  const uint32_t shard_;
  CheckpointReceiver& receiver_;
  const std::shared_ptr<grpc::Channel>& peer_;
  const std::unique_ptr<v1::IndexerService::Stub> stub_;
  bool fatal_ = false;
};

absl::Status FetchShard(const BootstrapPlan& plan, uint32_t shard, const std::shared_ptr<grpc::Channel>& peer) {
  const std::string target = ShardDirectory(plan.data_directory, shard);
  const std::string incoming = IncomingDirectory(plan.data_directory, shard);
  const absl::Time begin = SteadyNow();
  ASSIGN_OR_RETURN(const std::unique_ptr<CheckpointReceiver> receiver, CheckpointReceiver::Open(incoming));
  RETURN_IF_ERROR(ShardFetch(plan, shard, *receiver, peer).Run());
  std::error_code error;
  std::filesystem::rename(incoming, target, error);
  if (error) return absl::UnavailableError(absl::StrCat("rename to ", target, ": ", error.message()));
  LogInfo("shard copied from a replica", {{"shard", shard},
                                          {"bytes", receiver->received_bytes()},
                                          {"files", receiver->manifest().files_size()},
                                          {"position", receiver->manifest().log_position()},
                                          {"took_ms", absl::ToInt64Milliseconds(SteadyNow() - begin)}});
  return SyncDirectory(plan.data_directory);
}

}  // namespace

absl::Status FetchMissingShards(const BootstrapPlan& plan, const std::shared_ptr<grpc::Channel>& peer) {
  for (const uint32_t shard : plan.held) {
    std::error_code error;
    if (std::filesystem::exists(ShardDirectory(plan.data_directory, shard), error)) continue;
    RETURN_IF_ERROR(FetchShard(plan, shard, peer));
  }
  return absl::OkStatus();
}

void RemoveUnfinished(const BootstrapPlan& plan) {
  for (const uint32_t shard : plan.held) {
    std::error_code ignored;
    std::filesystem::remove_all(IncomingDirectory(plan.data_directory, shard), ignored);
  }
}

}  // namespace tintinh::indexer
