#include "common/sharding/shard_router.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/sharding/shard_of.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "grpcpp/client_context.h"

namespace tintinh {

absl::StatusOr<size_t> ShardRouter::HolderOf(absl::string_view article_id, absl::Duration patience) {
  if (indexers_.size() == 1) return 0;
  MutexLock lock(mu_);
  absl::Status learned;
  for (const bool asked : {false, true}) {
    if (asked) learned = Learn(patience);
    if (absl::IsFailedPrecondition(learned)) return learned;
    if (shard_count_ == 0) continue;
    const auto holder = holders_.find(ShardOf(article_id, shard_count_));
    if (holder != holders_.end()) return holder->second;
  }
  if (shard_count_ == 0 && learned.ok()) return absl::UnavailableError("no indexer says how many shards there are");
  if (shard_count_ == 0) return learned;
  return absl::UnavailableError(absl::StrCat("no indexer that answers has shard ", ShardOf(article_id, shard_count_),
                                             " of ", shard_count_,
                                             learned.ok() ? "" : absl::StrCat("; ", learned.ToString())));
}

void ShardRouter::Forget() {
  MutexLock lock(mu_);
  holders_.clear();
  shard_count_ = 0;
}

absl::Status ShardRouter::Learn(absl::Duration patience) {
  absl::Status first_failure;
  for (size_t i = 0; i < indexers_.size(); ++i) {
    grpc::ClientContext context;
    PrepareContext(context, patience);
    v1::GetIndexStatusResponse status;
    const absl::Status answered = FromGrpcStatus(indexers_[i]->GetIndexStatus(&context, {}, &status));
    if (answered.ok()) {
      RETURN_IF_ERROR(Add(i, status));
    } else {
      first_failure.Update(absl::UnavailableError(absl::StrCat("indexers[", i, "]: ", answered.ToString())));
    }
  }
  return first_failure;
}

absl::Status ShardRouter::Add(size_t indexer, const v1::GetIndexStatusResponse& status) {
  if (shard_count_ != 0 && status.shard_count() != shard_count_) {
    holders_.clear();
    const uint32_t others = std::exchange(shard_count_, 0);
    return absl::FailedPreconditionError(absl::StrCat("indexers[", indexer, "] is of an index of ",
                                                      status.shard_count(), " shards, another of ", others));
  }
  shard_count_ = status.shard_count();
  for (const v1::ShardStatus& shard : status.shards()) holders_[shard.shard()] = indexer;
  return absl::OkStatus();
}

}  // namespace tintinh
