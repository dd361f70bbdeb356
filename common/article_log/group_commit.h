// Lets concurrent appends share one disk sync: the first caller in the queue commits for those behind it, while later
// ones queue up for the next commit.
#ifndef TINTINH_COMMON_ARTICLE_LOG_GROUP_COMMIT_H_
#define TINTINH_COMMON_ARTICLE_LOG_GROUP_COMMIT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/article_log/article_log.h"
#include "common/sync/mutex.h"

namespace tintinh::article_log {

// Thread-safe. The queue is as long as there are callers inside Append: the caller bounds that (AppendBudget).
class GroupCommit {
 public:
  using Payloads = absl::Span<const LogPayload>;
  // Writes the payloads of all calls in order and returns the position of the first; the others follow one by one.
  // Never called by two threads at once.
  using Commit = std::function<absl::StatusOr<uint64_t>(const std::vector<Payloads>& group)>;

  // A group ends with the call that brings it to `max_group_bytes`.
  GroupCommit(size_t max_group_bytes, Commit commit) : max_group_bytes_(max_group_bytes), commit_(std::move(commit)) {}

  // The position of the first payload, once committed. A failed commit fails every call of its group.
  absl::StatusOr<uint64_t> Append(Payloads payloads);

 private:
  // Lives on its caller's stack; all fields are guarded by mu_ once it is queued.
  struct Call {
    Payloads payloads;
    bool done = false;
    absl::StatusOr<uint64_t> first = uint64_t{0};
    CondVar wake;
  };

  // Queues the call and waits until another has committed it (false) or it must lead the next group (true).
  bool MustLead(Call& call);
  std::vector<Payloads> Group() const;
  // Settles the first `calls` of the queue and wakes the next leader.
  void Settle(size_t calls, const absl::StatusOr<uint64_t>& first);

  const size_t max_group_bytes_;
  const Commit commit_;
  mutable Mutex mu_;
  std::deque<Call*> queue_ ABSL_GUARDED_BY(mu_);  // the front leads and stays until settled
};

}  // namespace tintinh::article_log

#endif  // TINTINH_COMMON_ARTICLE_LOG_GROUP_COMMIT_H_
