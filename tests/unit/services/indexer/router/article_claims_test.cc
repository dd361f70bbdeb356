#include "services/indexer/router/article_claims.h"

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::StatusIs;

TEST(ArticleClaims, OneArticleIsClaimedByOneAtATime) {
  ArticleClaims claims;
  std::optional<absl::StatusOr<ArticleClaims::Claim>> first(claims.Take({"a", "b", "a"}, absl::InfiniteFuture()));
  ASSERT_THAT(*first, IsOk());
  EXPECT_THAT(claims.Take({"b", "c"}, absl::UnixEpoch()), StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
  EXPECT_THAT(claims.Take({"c"}, absl::UnixEpoch()), IsOk()) << "a failed claim takes nothing";
  first.reset();
  EXPECT_THAT(claims.Take({"b", "c"}, absl::UnixEpoch()), IsOk());
}

TEST(ArticleClaims, OverlappingClaimsOfManyThreadsAllEnd) {
  ArticleClaims claims;
  std::vector<std::atomic<int>> holders(3);
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < 6; ++thread) {
    threads.emplace_back([&claims, &holders, thread] {
      const size_t a = thread % 3;
      const size_t b = (thread + 1) % 3;
      for (int round = 0; round < 200; ++round) {
        const auto claim = claims.Take({absl::StrCat(a), absl::StrCat(b)}, absl::InfiniteFuture());
        ASSERT_THAT(claim, IsOk());
        EXPECT_EQ(holders[a].fetch_add(1), 0);
        EXPECT_EQ(holders[b].fetch_add(1), 0);
        holders[a].fetch_sub(1);
        holders[b].fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace tintinh::indexer
