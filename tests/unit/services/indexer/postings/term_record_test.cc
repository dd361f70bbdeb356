#include "services/indexer/postings/term_record.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bytes.h"
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
  record.first_chunk = 7;
  record.chunks = {{.last_doc = 90'000, .impact = 60'000}, {.last_doc = 99'999, .impact = 12}};
  record.champions = {{.doc = 0, .freq = 9}, {.doc = 1, .freq = 200}, {.doc = 99'999, .freq = 1}};
  return record;
}

TEST(TermRecord, AShortListIsInTheRecord) {
  const std::string value = EncodeTermRecord(Inline());
  const auto record = DecodeTermRecord(value);
  ASSERT_THAT(record, IsOk());
  EXPECT_TRUE(IsInline(record->statistics));
  EXPECT_EQ(record->statistics.document_frequency, 2u);
  EXPECT_EQ(record->statistics.collection_frequency, 300u);
  EXPECT_EQ(record->statistics.max_freq, 299u);
  EXPECT_EQ(record->statistics.min_norm, 17);
  EXPECT_EQ(record->inline_list, "list");
  EXPECT_TRUE(record->chunks.empty());
  EXPECT_TRUE(record->champions.empty());
}

TEST(TermRecord, ALongListHasADirectoryOfChunksAndChampions) {
  const std::string value = EncodeTermRecord(Chunked());
  const auto record = DecodeTermRecord(value);
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->first_chunk, 7u);
  ASSERT_EQ(record->chunks.size(), 2u);
  EXPECT_EQ(record->chunks[0].last_doc, 90'000u);
  EXPECT_EQ(record->chunks[0].impact, 60'000);
  EXPECT_EQ(record->chunks[1].last_doc, 99'999u);
  EXPECT_EQ(record->chunks[1].impact, 12);
  ASSERT_EQ(record->champions.size(), 3u);
  EXPECT_EQ(record->champions[1].doc, 1u);
  EXPECT_EQ(record->champions[1].freq, 200u);
  EXPECT_EQ(record->champions[2].doc, 99'999u);
}

TEST(TermRecord, StatisticsAreReadAlone) {
  const auto statistics = DecodeTermStatistics(EncodeTermRecord(Chunked()));
  ASSERT_THAT(statistics, IsOk());
  EXPECT_EQ(statistics->document_frequency, 20'000u);
  EXPECT_THAT(DecodeTermStatistics(""), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("term record")));
}

TEST(TermRecord, EveryCutOfALongListsRecordIsRefused) {
  const std::string value = EncodeTermRecord(Chunked());
  const std::string body(*CheckedBody(value));
  for (size_t size = 0; size < body.size(); ++size) {
    EXPECT_THAT(DecodeTermRecord(CheckedValue(body.substr(0, size))),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("term record")))
        << size;
  }
  EXPECT_THAT(DecodeTermRecord(CheckedValue(body + "x")), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("after")));
}

// The statistics of a list of 200 documents, and what follows.
absl::Status Decoded(const std::string& rest) {
  return DecodeTermRecord(CheckedValue("\xc8\x01\xc8\x01\x01\x05" + rest)).status();
}

TEST(TermRecord, WhatNoListHasIsRefused) {
  const auto data_loss = [](const char* what) { return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)); };
  EXPECT_THAT(DecodeTermRecord(CheckedValue(std::string(4, '\0'))), data_loss("statistics"));
  EXPECT_THAT(Decoded("\x07\xff\xff\xff\xff\x0f"), data_loss("number of chunks"));
  EXPECT_THAT(Decoded({7, 0, 0}), data_loss("number of chunks"));
  const std::string one_chunk = {7, 1, 100, 1, 1};  // documents up to 100
  EXPECT_THAT(Decoded(one_chunk + std::string{0}), IsOk());
  EXPECT_THAT(Decoded(one_chunk + std::string{1, 100, 9}), IsOk());
  EXPECT_THAT(Decoded(one_chunk + std::string{17}), data_loss("number of champions"));
  EXPECT_THAT(Decoded(one_chunk + std::string{1, 101, 9}), data_loss("champion out of range"));
  EXPECT_THAT(Decoded(one_chunk + std::string{2, 50, 9, 50, 9}), data_loss("champion out of range"));
  EXPECT_THAT(Decoded(one_chunk + std::string{1, 50, 0}), data_loss("champion out of range"));
  EXPECT_THAT(Decoded(one_chunk + std::string{1, 50} + "\x80\x80\x04"), data_loss("champion out of range"));
  EXPECT_THAT(Decoded("\x07\x01\xff\xff\xff\xff\x0f\x01\x01" + std::string{0}), data_loss("directory"));
}

// The bytes of FORMAT.md: change them only with the version.
TEST(TermRecord, Golden) {
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Inline())), "0202ac02ab02116c697374729cef8f");
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Chunked())),
            "02a09c01b0ea010903070290bf0560ea8e4e0c0003000900c8019d8d06010d453899");
}

}  // namespace
}  // namespace tintinh::indexer
