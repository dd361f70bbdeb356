#include "services/indexer/segment/packed_id.h"

#include <iterator>
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

TEST(PackedIds, AnArrayKeepsHexAndAnyOtherText) {
  const std::string packed[] = {PackId(std::string(32, '7')), PackId("bài viết"), PackId(""), "",
                                PackId(std::string(99, 'x'))};
  Arena arena;
  std::string slots(std::size(packed) * PackedIds::kSlotBytes, '\xff');
  for (size_t i = 0; i < std::size(packed); ++i) {
    PackedIds::Fill(slots.data() + i * PackedIds::kSlotBytes, packed[i], arena);
  }
  const PackedIds ids(slots.data());
  for (size_t i = 0; i < std::size(packed); ++i) EXPECT_EQ(ids[i], packed[i]);
}

TEST(PackedId, OrdersAsTheTexts) {
  const std::string texts[] = {"", "0", std::string(32, '0'), std::string(32, '9'), "9z", std::string(32, 'a'), "b"};
  for (const std::string& a : texts) {
    for (const std::string& b : texts) EXPECT_EQ(PackedIdLess(PackId(a), PackId(b)), a < b) << a << " " << b;
  }
}

}  // namespace
}  // namespace tintinh::indexer
