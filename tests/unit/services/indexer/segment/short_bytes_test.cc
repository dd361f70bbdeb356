#include "services/indexer/segment/short_bytes.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(BytesAreEqual, EveryByteCountsAndNoneBehind) {
  for (size_t size = 0; size < 40; ++size) {
    const std::string a(size, 'a');
    EXPECT_TRUE(BytesAreEqual((a + "x").data(), (a + "y").data(), size));
    for (size_t at = 0; at < size; ++at) {
      std::string b = a;
      b[at] = 'b';
      EXPECT_FALSE(BytesAreEqual(a.data(), b.data(), size)) << size << " " << at;
    }
  }
}

TEST(CopyBytes, CopiesThatManyAndNoMore) {
  for (size_t size = 0; size < 40; ++size) {
    std::string from;
    for (size_t i = 0; i < size; ++i) from.push_back(static_cast<char>('a' + i));
    std::string to(size + 1, '-');
    CopyBytes(from.data(), to.data(), size);
    EXPECT_EQ(to, from + "-");
  }
}

}  // namespace
}  // namespace tintinh::indexer
