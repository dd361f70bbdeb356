#include "services/indexer/segment/column_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/column_codec.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using testing::IsOk;

std::unique_ptr<const ColumnTable> TableOf(const std::vector<ColumnValues>& rows) {
  ColumnStore columns(static_cast<uint32_t>(rows.size()));
  for (const ColumnValues& row : rows) columns.Append(row);
  auto table = DecodeColumns(EncodeColumns(columns), columns.size());
  EXPECT_THAT(table, IsOk());
  return *std::move(table);
}

std::vector<ColumnValues> Rows(uint32_t count) {
  std::vector<ColumnValues> rows;
  for (uint32_t i = 0; i < count; ++i) {
    rows.push_back(DocumentOf(i, {"sông"}).columns);
    rows.back().single[IndexOf(Column::kDistrict)] = absl::StrCat("Huyện ", i);
    rows.back().lists[1] = {absl::StrCat(i, "/QĐ-UBND"), absl::StrCat(i / 2, "/NQ-CP")};
  }
  return rows;
}

TEST(ColumnTable, ValuesOfColumnsOfAnyWidthReadBack) {
  for (const uint32_t count : {1u, 255u, 256u, 65'535u, 65'536u}) {
    const std::vector<ColumnValues> rows = Rows(count);
    const auto table = TableOf(rows);
    ASSERT_EQ(table->size(), count);
    for (uint32_t i = 0; i < count; i += std::max(1u, count / 97)) {
      const ColumnValues row = table->Row(i);
      ASSERT_EQ(row.single, rows[i].single);
      ASSERT_EQ(row.lists, rows[i].lists);
      ASSERT_EQ(row.packed_id, rows[i].packed_id);
      ASSERT_EQ(row.packed_hash, rows[i].packed_hash);
    }
  }
}

TEST(ColumnTable, ACodeIsFoundByItsValue) {
  const auto table = TableOf(Rows(300));
  const CodeArray districts = table->arrays().codes(Column::kDistrict);
  EXPECT_EQ(table->FindCode(Column::kDistrict, "Huyện 17"), districts[17]);
  EXPECT_EQ(table->ValueOf(Column::kDistrict, districts[17]), "Huyện 17");
  EXPECT_EQ(table->FindCode(Column::kDistrict, ""), 0u);
  EXPECT_EQ(table->FindCode(Column::kDistrict, "Huyện 300"), std::nullopt);
  EXPECT_EQ(table->ValueOf(Column::kDistrict, 9'999), "");
}

TEST(ColumnTable, NormsOfAFieldThatNoDocumentHasAreZeros) {
  const auto table = TableOf(Rows(3));
  const uint8_t* const captions = table->arrays().norms[FieldOf(v1::PART_CAPTION, v1::KEY_KIND_EXACT)];
  EXPECT_TRUE(std::all_of(captions, captions + 3, [](uint8_t norm) { return norm == 0; }));
  EXPECT_NE(table->arrays().norms[testing::kBodyExact][2], 0);
  EXPECT_EQ(table->arrays().norms[0], nullptr);
}

TEST(ColumnTable, TakesLessThanAHundredAndFiftyBytesADocument) {
  std::vector<ColumnValues> rows;
  for (uint32_t i = 0; i < 20'000; ++i) {
    rows.push_back(DocumentOf(i, {"sông"}).columns);
    rows.back().packed_hash = PackId(ArticleId(i));
    rows.back().single = {absl::StrCat("bao", i % 60),
                          absl::StrCat("Tỉnh ", i % 63),
                          absl::StrCat("Tỉnh ", i % 34),
                          absl::StrCat("Huyện ", i % 700),
                          "vi",
                          i % 10 == 0 ? ArticleId(i) : ""};
    rows.back().lists = {{{absl::StrCat("Mục ", i % 30), absl::StrCat("Tiểu mục ", i % 400)}, {}}};
    rows.back().norms.fill(40);
  }
  const auto table = TableOf(rows);
  EXPECT_LT(table->bytes(), rows.size() * 150);
}

}  // namespace
}  // namespace tintinh::indexer
