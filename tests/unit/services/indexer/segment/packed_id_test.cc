#include "services/indexer/segment/packed_id.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(PackedId, EveryTextReadsBack) {
  for (const std::string& text : {std::string(), std::string("a"), std::string(32, 'f'), std::string(32, 'F'),
                                  std::string("tỉnh"), std::string(16, 'x'), std::string(17, '\0')}) {
    EXPECT_EQ(UnpackId(PackId(text)), text);
  }
}

TEST(PackedId, HexTakesSeventeenBytes) { EXPECT_EQ(PackId(std::string(32, '7')).size(), 17u); }

TEST(PackedId, OrdersAsTheTexts) {
  const std::string texts[] = {"", "0", std::string(32, '0'), std::string(32, '9'), "9z", std::string(32, 'a'), "b"};
  for (const std::string& a : texts) {
    for (const std::string& b : texts) EXPECT_EQ(PackedIdLess(PackId(a), PackId(b)), a < b) << a << " " << b;
  }
}

}  // namespace
}  // namespace tintinh::indexer
