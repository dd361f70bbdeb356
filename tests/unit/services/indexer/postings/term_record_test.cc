#include "services/indexer/postings/term_record.h"

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/checked_value.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TermRecord Inline() {
  TermRecord record;
  record.statistics = {.document_frequency = 2, .collection_frequency = 300, .max_freq = 299, .min_norm = 17};
  record.inline_list = "list";
  return record;
}

TermRecord Chunked() {
  TermRecord record;
  record.statistics = {.document_frequency = 20'000, .collection_frequency = 30'000, .max_freq = 9, .min_norm = 3};
  record.term_id = 7;
  record.chunks = {{.last_doc = 90'000, .max_freq = 9, .min_norm = 4},
                   {.last_doc = 99'999, .max_freq = 2, .min_norm = 3}};
  return record;
}

TEST(TermRecord, AShortListIsInTheRecord) {
  const std::string value = EncodeTermRecord(Inline());
  const auto record = DecodeTermRecord(value);
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->statistics.document_frequency, 2u);
  EXPECT_EQ(record->statistics.collection_frequency, 300u);
  EXPECT_EQ(record->statistics.max_freq, 299u);
  EXPECT_EQ(record->statistics.min_norm, 17);
  EXPECT_EQ(record->inline_list, "list");
}

TEST(TermRecord, ALongListHasADirectoryOfChunks) {
  const std::string value = EncodeTermRecord(Chunked());
  const auto record = DecodeTermRecord(value);
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->term_id, 7u);
  ASSERT_EQ(record->chunks.size(), 2u);
  EXPECT_EQ(record->chunks[1].last_doc, 99'999u);
  EXPECT_EQ(record->chunks[0].max_freq, 9u);
  EXPECT_EQ(record->chunks[1].min_norm, 3);
}

TEST(TermRecord, StatisticsAreReadAlone) {
  const auto statistics = DecodeTermStatistics(EncodeTermRecord(Chunked()));
  ASSERT_THAT(statistics, IsOk());
  EXPECT_EQ(statistics->document_frequency, 20'000u);
  EXPECT_THAT(DecodeTermStatistics(""), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("term record")));
}

TEST(TermRecord, ARecordWithoutDocumentsOrWithMoreChunksThanBytesIsDataLoss) {
  EXPECT_THAT(DecodeTermRecord(CheckedValue(absl::string_view("\0\0\0\0", 4))),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("statistics")));
  // 200 documents, 4 billion chunks.
  EXPECT_THAT(DecodeTermRecord(CheckedValue(absl::string_view("\xc8\x01\xc8\x01\x01\x05\x07\xff\xff\xff\xff\x0f", 12))),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("chunks")));
}

// The bytes of FORMAT.md: change them only with the version.
TEST(TermRecord, Golden) {
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Inline())), "0102ac02ab02116c697374c0f29133");
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Chunked())), "01a09c01b0ea010903070290bf0509048e4e0203b02443ed");
}

}  // namespace
}  // namespace tintinh::indexer
