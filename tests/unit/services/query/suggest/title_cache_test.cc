#include "services/query/suggest/title_cache.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"

namespace tintinh::query {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(TitleCache, GivesWhatWasAddedUntilItIsOld) {
  testing::FakeClock clock;
  TitleCache cache(clock);
  cache.Add("a", "Chợ phiên");
  EXPECT_THAT(cache.Find("a"), Optional(Eq("Chợ phiên")));
  EXPECT_EQ(cache.Find("b"), std::nullopt);
  clock.Advance(TitleCache::kMaxAge);
  EXPECT_THAT(cache.Find("a"), Optional(Eq("Chợ phiên")));
  clock.Advance(absl::Milliseconds(1));
  EXPECT_EQ(cache.Find("a"), std::nullopt);
  cache.Add("a", "Chợ phiên mới");
  EXPECT_THAT(cache.Find("a"), Optional(Eq("Chợ phiên mới")));
}

TEST(TitleCache, HoldsNoMoreThanItsBoundsAndTheYoungest) {
  testing::FakeClock clock;
  TitleCache cache(clock);
  for (size_t i = 0; i < 3 * TitleCache::kMaxTitles; ++i) {
    cache.Add(absl::StrCat(i), "x");
    ASSERT_LE(cache.size(), TitleCache::kMaxTitles);
    ASSERT_TRUE(cache.Find(absl::StrCat(i)).has_value());
    if (i >= TitleCache::kMaxTitles / 2) {
      ASSERT_TRUE(cache.Find(absl::StrCat(i - TitleCache::kMaxTitles / 2)).has_value());
    }
  }
  cache.Add("long", std::string(TitleCache::kMaxTitleBytes + 1, 'x'));
  EXPECT_EQ(cache.Find("long"), std::nullopt);
}

}  // namespace
}  // namespace tintinh::query
