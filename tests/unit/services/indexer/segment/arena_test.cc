#include "services/indexer/segment/arena.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(Arena, CopiesStayWhereTheyAre) {
  Arena arena;
  const absl::string_view first = arena.Copy("sông");
  for (int i = 0; i < 10'000; ++i) arena.Copy("một chuỗi khá dài để đầy nhiều khối");
  EXPECT_EQ(first, "sông");
  EXPECT_EQ(arena.Copy(std::string(1'000'000, 'x')).size(), 1'000'000u);
}

TEST(Arena, CountsItsBlocksSmallAndLarge) {
  Arena arena;
  EXPECT_EQ(arena.bytes(), 0u);
  arena.Allocate(1);
  EXPECT_LE(arena.bytes(), 64u << 10);
  size_t allocated = 8;
  for (; allocated < 20 << 20; allocated += 1'000) arena.Allocate(1'000);
  EXPECT_GE(arena.bytes(), allocated);
  EXPECT_LE(arena.bytes(), allocated + kLargeBlockBytes);
}

}  // namespace
}  // namespace tintinh::indexer
