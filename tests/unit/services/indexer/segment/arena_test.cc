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

TEST(ByteChain, AReaderSeesTheBytesThereWereAndNoMore) {
  Arena arena;
  ByteChain chain;
  ByteChain::Sink sink(chain, arena);
  for (int i = 0; i < 5'000; ++i) sink.push_back(static_cast<char>(i % 251));
  ByteChain::Reader reader(chain);
  for (int i = 0; i < 5'000; ++i) sink.push_back('x');
  uint8_t byte;
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_TRUE(reader.ReadByte(&byte));
    ASSERT_EQ(byte, i % 251);
  }
  EXPECT_FALSE(reader.ReadByte(&byte));
}

TEST(ByteChain, AnEmptyOneHasNothingToRead) {
  ByteChain chain;
  ByteChain::Reader reader(chain);
  uint8_t byte;
  EXPECT_FALSE(reader.ReadByte(&byte));
}

}  // namespace
}  // namespace tintinh::indexer
