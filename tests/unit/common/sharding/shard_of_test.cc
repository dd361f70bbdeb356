#include "common/sharding/shard_of.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(ShardOf, GoldenValuesThatStoredIndexesDependOn) {
  EXPECT_EQ(ShardOf("00000000000000000000000000000000", 7), 0u);
  EXPECT_EQ(ShardOf("000000000000000affffffffffffffff", 7), 3u);
  EXPECT_EQ(ShardOf("ffffffffffffffff0000000000000000", 256), 255u);
  EXPECT_EQ(ShardOf("ba7816bf8f01cfea414140de5dae2223", 2), 0u);
  EXPECT_EQ(ShardOf("ba7816bf8f01cfea414140de5dae2223", 1000), 74u);
}

TEST(ShardOf, SpreadsArticlesEvenly) {
  constexpr uint32_t kShards = 16;
  constexpr int kArticles = 16'000;
  std::vector<int> counts(kShards);
  for (int i = 0; i < kArticles; ++i) ++counts[ShardOf(Sha256Hex128(absl::StrCat("https://bao.example/", i)), kShards)];
  for (const int count : counts) EXPECT_NEAR(count, kArticles / kShards, 150);
}

}  // namespace
}  // namespace tintinh
