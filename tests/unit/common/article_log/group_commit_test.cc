#include "common/article_log/group_commit.h"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::article_log {
namespace {

using testing::IsOkAndHolds;
using testing::StatusIs;

// Commits in memory; the first commit waits until told, so that the calls behind it pile up.
class HeldDisk {
 public:
  absl::StatusOr<uint64_t> Commit(const std::vector<GroupCommit::Payloads>& group) {
    MutexLock lock(mu_);
    ++waiting_;
    changed_.NotifyAll();
    while (!open_) changed_.Wait(mu_);
    sizes_.push_back(group.size());
    const uint64_t first = next_;
    for (const GroupCommit::Payloads payloads : group) next_ += payloads.size();
    return first;
  }
  void AwaitCommit() {
    MutexLock lock(mu_);
    while (waiting_ == 0) changed_.Wait(mu_);
  }
  void Open() {
    MutexLock lock(mu_);
    open_ = true;
    changed_.NotifyAll();
  }
  std::vector<size_t> sizes() {
    MutexLock lock(mu_);
    return sizes_;
  }

 private:
  Mutex mu_;
  CondVar changed_;
  bool open_ ABSL_GUARDED_BY(mu_) = false;
  int waiting_ ABSL_GUARDED_BY(mu_) = 0;
  uint64_t next_ ABSL_GUARDED_BY(mu_) = 1;
  std::vector<size_t> sizes_ ABSL_GUARDED_BY(mu_);
};

TEST(GroupCommit, CallsThatArriveDuringACommitShareFewerCommitsAndEachGetsItsOwnPositions) {
  constexpr size_t kFollowers = 16;
  HeldDisk disk;
  GroupCommit commits(1 << 20, [&disk](const auto& group) { return disk.Commit(group); });
  const std::vector<LogPayload> pair = {{"a", "alpha"}, {"b", "beta"}};
  std::thread leader([&] { EXPECT_THAT(commits.Append(pair), IsOkAndHolds(1u)); });
  disk.AwaitCommit();
  Mutex mu;
  std::vector<uint64_t> firsts;
  std::vector<std::thread> followers;
  for (size_t i = 0; i < kFollowers; ++i) {
    followers.emplace_back([&] {
      const absl::StatusOr<uint64_t> first = commits.Append(pair);
      MutexLock lock(mu);
      firsts.push_back(first.value_or(0));
    });
  }
  disk.Open();
  leader.join();
  for (std::thread& follower : followers) follower.join();
  std::sort(firsts.begin(), firsts.end());
  ASSERT_EQ(firsts.size(), kFollowers);
  for (size_t i = 0; i < kFollowers; ++i) EXPECT_EQ(firsts[i], 3 + 2 * i);
  size_t calls = 0;
  for (const size_t size : disk.sizes()) calls += size;
  EXPECT_EQ(calls, kFollowers + 1);
}

TEST(GroupCommit, AFailedCommitFailsItsCallAndLaterCallsGoOn) {
  bool fail = true;
  GroupCommit commits(1 << 20, [&fail](const auto&) -> absl::StatusOr<uint64_t> {
    if (fail) return absl::UnavailableError("disk is full");
    return uint64_t{1};
  });
  const std::vector<LogPayload> one = {{"a", "alpha"}};
  EXPECT_THAT(commits.Append(one), StatusIs(absl::StatusCode::kUnavailable, "disk is full"));
  fail = false;
  EXPECT_THAT(commits.Append(one), IsOkAndHolds(1u));
}

TEST(GroupCommit, AGroupEndsWithTheCallThatReachesTheByteLimit) {
  constexpr size_t kFollowers = 6;
  HeldDisk disk;
  GroupCommit commits(10, [&disk](const auto& group) { return disk.Commit(group); });
  const std::vector<LogPayload> six_bytes = {{"a", "sixsix"}};
  std::vector<std::thread> callers;
  for (size_t i = 0; i <= kFollowers; ++i) callers.emplace_back([&] { EXPECT_TRUE(commits.Append(six_bytes).ok()); });
  disk.AwaitCommit();
  disk.Open();
  for (std::thread& caller : callers) caller.join();
  for (const size_t size : disk.sizes()) EXPECT_LE(size, 2u);
}

}  // namespace
}  // namespace tintinh::article_log
