#include "services/indexer/segment/column_codec.h"

#include <map>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
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

// The bytes FORMAT.md describes, without frames. Changing them takes another Shard::kFormatVersion.
TEST(ColumnCodec, TheFormatIsAsItWas) {
  ColumnValues hex;
  hex.packed_id = PackId("00112233445566778899aabbccddeeff");
  hex.packed_hash = PackId("");
  hex.published_us = 0x0102;
  hex.simhash = 0x0a0b;
  hex.single[IndexOf(Column::kSite)] = "b";
  hex.lists = {{{"y", "x"}, {}}};
  hex.norms[testing::kBodyExact] = 9;
  ColumnValues other = hex;
  other.packed_id = PackId("id");
  other.single[IndexOf(Column::kSite)] = "a";
  other.lists = {{{}, {"n"}}};
  ColumnStore columns(2);
  columns.Append(hex);
  columns.Append(other);
  const std::string zeros(32, '0');
  const std::map<uint8_t, std::string> bodies = {{1, "02010000000000000201000000000000"},
                                                 {2, "0b0a0000000000000b0a000000000000"},
                                                 {3, "01010301696400112233445566778899aabbccddeeff" + zeros},
                                                 {4, "02000101010101" + zeros + zeros},
                                                 {16, "0300016101620201"},
                                                 {17, "01000000"},
                                                 {32, "03000178017902000201"},
                                                 {33, "0200016e000101"},
                                                 {64 + testing::kBodyExact, "0909"},
                                                 {64 + testing::kBodyPair, ""}};
  const EncodedColumns encoded = EncodeColumns(columns);
  EXPECT_EQ(encoded.size(), 4u + kSingleColumnCount + kListColumnCount + 12);
  for (const auto& [number, body] : bodies) {
    EXPECT_EQ(encoded.at(number), CheckedValue(absl::HexStringToBytes(body))) << "column " << int{number};
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

struct Damage {
  const char* what;
  uint8_t column;
  const char* body;  // in hex, of a column of three documents
};

TEST(ColumnCodec, EachPartOfAColumnIsChecked) {
  const std::string slots(3 * 32, '0');
  const Damage damages[] = {{"a long id of a document that is not there", 3, "01030161"},
                            {"a long id twice", 3, "02010161010162"},
                            {"a long id that is none", 3, "0100110000000000000000000000000000000000"},
                            {"more long ids than bytes", 3, "ffffffff0f000161"},
                            {"bytes behind the long ids", 3, "0000"}};
  for (const Damage& damage : damages) {
    EncodedColumns damaged = ThreeDocuments();
    damaged[damage.column] = CheckedValue(absl::HexStringToBytes(damage.body + slots));
    EXPECT_THAT(DecodeColumns(damaged, 3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("column 3"))) << damage.what;
  }
}

TEST(ColumnCodec, EachPartOfADictionaryAndItsCodesIsChecked) {
  const Damage damages[] = {{"an empty dictionary", 16, "00"},
                            {"a dictionary without the empty text", 16, "010161000000"},
                            {"texts out of order", 16, "030001620161000000"},
                            {"a text twice", 16, "020000000000"},
                            {"more texts than bytes", 16, "ffffffff0f00000000"},
                            {"a code without a text", 16, "02000161000200"},
                            {"a code too many", 16, "0200016100010000"},
                            {"a code too few", 16, "020001610001"},
                            {"more codes in lists than bytes", 32, "0200016101ffffffff0f010101"},
                            {"a code of a list without a text", 32, "020001610100010102"},
                            {"bytes behind the lists", 32, "02000161010001010100"},
                            {"norms of two documents", 64 + testing::kBodyExact, "0101"}};
  for (const Damage& damage : damages) {
    EncodedColumns damaged = ThreeDocuments();
    damaged[damage.column] = CheckedValue(absl::HexStringToBytes(damage.body));
    const std::string column = absl::StrCat("column ", damage.column);
    EXPECT_THAT(DecodeColumns(damaged, 3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(column))) << damage.what;
  }
}

}  // namespace
}  // namespace tintinh::indexer
