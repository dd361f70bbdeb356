#include "services/indexer/postings/term_record.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bytes.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

TermRecord Inline() {
  TermRecord record;
  record.statistics.document_frequency = 2;
  record.inline_list = "list";
  return record;
}

TermRecord Chunked() {
  TermRecord record;
  record.statistics.document_frequency = 20'000;
  record.statistics.collection_frequency = 30'000;
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
  EXPECT_EQ(record->inline_list, "list");
  EXPECT_TRUE(record->chunks.empty());
  EXPECT_TRUE(record->champions.empty());
}

TermRecord Single(absl::string_view list) {
  TermRecord record;
  record.statistics.document_frequency = 1;
  record.inline_list = list;
  return record;
}

TEST(TermRecord, AListOfOnePostingIsGivenBackWhateverItsFreq) {
  for (const absl::string_view list : {"\x86\x02", "\x87\x02\x01", "\x02", "\x03", "\x86\x02\x09", ""}) {
    const std::string value = EncodeTermRecord(Single(list));
    const auto record = DecodeTermRecord(value);
    ASSERT_THAT(record, IsOk());
    EXPECT_EQ(record->statistics.document_frequency, 1u);
    EXPECT_EQ(record->inline_list, list);
    EXPECT_THAT(DecodeDocumentFrequency(value), IsOkAndHolds(1u));
  }
}

TEST(TermRecord, AShortListCanBeMoved) {
  std::string record;
  EncodeInlineRecord({.document_frequency = 1}, "\x06", 200, record);
  EXPECT_EQ(record, EncodeTermRecord(Single("\x96\x03")));
  EncodeInlineRecord({.document_frequency = 2}, "\x07\x01\x08", 200, record);
  EXPECT_EQ(absl::BytesToHexString(record), "0597030108");
  EncodeInlineRecord({.document_frequency = 2}, "\x07\x01\x08", 0, record);
  EXPECT_EQ(absl::BytesToHexString(record), "05070108");
}

TEST(TermRecord, ALongListHasADirectoryOfChunksAndChampions) {
  const std::string value = EncodeTermRecord(Chunked());
  const auto record = DecodeTermRecord(value);
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->statistics.collection_frequency, 30'000u);
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

TEST(TermRecord, TheDocumentFrequencyIsReadAlone) {
  EXPECT_THAT(DecodeDocumentFrequency(EncodeTermRecord(Chunked())), IsOkAndHolds(20'000u));
  EXPECT_THAT(DecodeDocumentFrequency(""), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("term record")));
}

TEST(TermRecord, EveryCutOfALongListsRecordIsRefused) {
  const std::string value = EncodeTermRecord(Chunked());
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_THAT(DecodeTermRecord(value.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("term record")))
        << size;
  }
  EXPECT_THAT(DecodeTermRecord(value + "x"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("after")));
}

// The frequencies of a list of 200 documents, and what follows.
absl::Status Decoded(const std::string& rest) { return DecodeTermRecord("\x91\x03\xc8\x01" + rest).status(); }

TEST(TermRecord, WhatNoListHasIsRefused) {
  const auto data_loss = [](const char* what) { return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)); };
  EXPECT_THAT(DecodeTermRecord("\x01xxx"), data_loss("document frequency"));
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
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Inline())), "056c697374");
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Single("\x86\x02"))), "8602");
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Single("\x87\x02\x01"))), "03870201");
  EXPECT_EQ(absl::BytesToHexString(EncodeTermRecord(Chunked())),
            "c1b802b0ea01070290bf0560ea8e4e0c0003000900c8019d8d0601");
}

}  // namespace
}  // namespace tintinh::indexer
