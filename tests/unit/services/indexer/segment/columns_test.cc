#include "services/indexer/segment/columns.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;

ColumnValues Values(const std::string& id, const std::string& site) {
  ColumnValues values;
  values.packed_id = id;
  values.packed_hash = "hash";
  values.published_us = 7;
  values.simhash = 9;
  values.single[IndexOf(Column::kSite)] = site;
  values.lists[0] = {"Xã hội", "", "Giáo dục", "Xã hội"};
  values.norms[FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT)] = 44;
  return values;
}

TEST(ColumnStore, ARowReadsBackWithEmptyAndRepeatedListValuesLeftOut) {
  ColumnStore columns(2);
  columns.Append(Values("a", "baophutho"));
  const ColumnValues row = columns.Row(0);
  EXPECT_EQ(row.packed_id, "a");
  EXPECT_EQ(row.single[0], "baophutho");
  EXPECT_EQ(row.published_us, 7);
  EXPECT_EQ(row.norms[FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT)], 44);
  EXPECT_THAT(row.lists[0], ElementsAre("Xã hội", "Giáo dục"));
}

TEST(ColumnStore, EqualValuesHaveOneCodeAndTheEmptyOneHasZero) {
  ColumnStore columns(3);
  columns.Append(Values("a", "baophutho"));
  columns.Append(Values("b", ""));
  columns.Append(Values("c", "baophutho"));
  const CodeArray sites = columns.arrays().codes(Column::kSite);
  EXPECT_EQ(sites[0], sites[2]);
  EXPECT_EQ(sites[1], 0u);
  EXPECT_EQ(columns.FindCode(Column::kSite, "baophutho"), sites[0]);
  EXPECT_EQ(columns.FindCode(Column::kSite, "khác"), std::nullopt);
  EXPECT_EQ(columns.ValueOf(Column::kSite, sites[0]), "baophutho");
  EXPECT_EQ(columns.ValueOf(Column::kSite, 99), "");
}

TEST(ColumnStore, ArraysStayWhereTheyAreUpToTheCapacity) {
  ColumnStore columns(1'000);
  const int64_t* const published = columns.arrays().published_us;
  for (int i = 0; i < 1'000; ++i) columns.Append(Values("a", "b"));
  EXPECT_EQ(columns.arrays().published_us, published);
  EXPECT_EQ(published[999], 7);
}

}  // namespace
}  // namespace tintinh::indexer
