#include "common/article_log/group_commit.h"

namespace tintinh::article_log {
namespace {

size_t BytesOf(GroupCommit::Payloads payloads) {
  size_t bytes = 0;
  for (const LogPayload& payload : payloads) bytes += payload.bytes.size();
  return bytes;
}

}  // namespace

absl::StatusOr<uint64_t> GroupCommit::Append(Payloads payloads) {
  Call call;
  call.payloads = payloads;
  if (!MustLead(call)) return call.first;
  const std::vector<Payloads> group = Group();
  absl::StatusOr<uint64_t> first = commit_(group);
  Settle(group.size(), first);
  return first;
}

bool GroupCommit::MustLead(Call& call) {
  MutexLock lock(mu_);
  queue_.push_back(&call);
  while (!call.done && queue_.front() != &call) call.wake.Wait(mu_);
  return !call.done;
}

std::vector<GroupCommit::Payloads> GroupCommit::Group() const {
  MutexLock lock(mu_);
  std::vector<Payloads> group;
  size_t bytes = 0;
  for (const Call* call : queue_) {
    group.push_back(call->payloads);
    bytes += BytesOf(call->payloads);
    if (bytes >= max_group_bytes_) break;
  }
  return group;
}

void GroupCommit::Settle(size_t calls, const absl::StatusOr<uint64_t>& first) {
  MutexLock lock(mu_);
  uint64_t before = 0;
  for (size_t i = 0; i < calls; ++i) {
    Call& call = *queue_.front();
    queue_.pop_front();
    call.first = first.ok() ? absl::StatusOr<uint64_t>(*first + before) : first;
    before += call.payloads.size();
    call.done = true;
    call.wake.NotifyOne();
  }
  if (!queue_.empty()) queue_.front()->wake.NotifyOne();
}

}  // namespace tintinh::article_log
