#include "services/indexer/segment/column_codec.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/checked_value.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::DocumentOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

EncodedColumns ThreeDocuments() {
  ColumnStore columns(3);
  for (uint32_t i = 0; i < 3; ++i) columns.Append(DocumentOf(i, {"sông", "núi"}).columns);
  return EncodeColumns(columns);
}

TEST(ColumnCodec, RowsReadBack) {
  const auto columns = DecodeColumns(ThreeDocuments(), 3);
  ASSERT_THAT(columns, IsOk());
  for (uint32_t i = 0; i < 3; ++i) {
    const ColumnValues want = DocumentOf(i, {"sông", "núi"}).columns;
    const ColumnValues got = (*columns)->Row(i);
    EXPECT_EQ(got.packed_id, want.packed_id);
    EXPECT_EQ(got.packed_hash, want.packed_hash);
    EXPECT_EQ(got.published_us, want.published_us);
    EXPECT_EQ(got.simhash, want.simhash);
    EXPECT_EQ(got.single, want.single);
    EXPECT_EQ(got.lists, want.lists);
    EXPECT_EQ(got.norms, want.norms);
  }
}

TEST(ColumnCodec, AMissingColumnIsDataLoss) {
  for (const auto& [number, value] : ThreeDocuments()) {
    EncodedColumns damaged = ThreeDocuments();
    damaged.erase(number);
    EXPECT_THAT(DecodeColumns(damaged, 3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("missing")));
  }
}

TEST(ColumnCodec, AColumnOfMoreOrFewerDocumentsIsDataLoss) {
  EXPECT_THAT(DecodeColumns(ThreeDocuments(), 2), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("column")));
  EXPECT_THAT(DecodeColumns(ThreeDocuments(), 4), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("column")));
  EXPECT_THAT(DecodeColumns(ThreeDocuments(), 4'000'000'000u),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("column")));
}

TEST(ColumnCodec, BytesThatMakeNoSenseBehindAGoodChecksumAreDataLoss) {
  for (const auto& [number, value] : ThreeDocuments()) {
    EncodedColumns damaged = ThreeDocuments();
    damaged[number] = CheckedValue(std::string(24, '\xee'));
    if (number <= 2) continue;  // plain numbers: every content has a meaning
    if (number >= 64) damaged[number] = CheckedValue("\x01");
    EXPECT_THAT(DecodeColumns(damaged, 3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("column")));
  }
}

}  // namespace
}  // namespace tintinh::indexer
