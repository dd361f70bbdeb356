#include "services/indexer/segment/sorted_values.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(SortedValues, FindsTheCodeOfEveryValueAndOfNoOther) {
  SortedValues values;
  const std::string texts[] = {"", "Hòa Bình", "Phú Thọ", "Vĩnh Phúc"};
  for (const std::string& text : texts) ASSERT_TRUE(values.Append(text));
  for (uint32_t code = 0; code < 4; ++code) {
    EXPECT_EQ(values.ValueOf(code), texts[code]);
    EXPECT_EQ(values.Find(texts[code]), code);
  }
  for (const char* const other : {"A", "Hòa", "Phú Thọ ", "Yên Bái"}) EXPECT_EQ(values.Find(other), std::nullopt);
}

TEST(SortedValues, RefusesAValueThatDoesNotComeAfterAllBeforeIt) {
  SortedValues values;
  ASSERT_TRUE(values.Append("b"));
  EXPECT_FALSE(values.Append("b"));
  EXPECT_FALSE(values.Append("a"));
  EXPECT_TRUE(values.Append("ba"));
  EXPECT_EQ(values.size(), 2u);
}

TEST(SortedValues, AnUnknownCodeIsEmpty) {
  SortedValues values;
  EXPECT_EQ(values.ValueOf(0), "");
  EXPECT_EQ(values.Find(""), std::nullopt);
}

}  // namespace
}  // namespace tintinh::indexer
