#include "services/indexer/segment/disk_segment.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/segment_writer.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::kBodyExact;
using testing::kBodyPair;
using testing::ShardDatabase;
using testing::StatusIs;

constexpr uint32_t kDocuments = 20'000;

// "dày" is in every document, "thưa" in every 40th, "hiếm" in one; words repeat as the number of the document says.
disk::v1::SegmentRecord WriteMany(kv::Database& db) {
  auto memory = std::make_shared<MemorySegment>();
  for (uint32_t i = 0; i < kDocuments; ++i) {
    std::vector<std::string> words(1 + i % 3, "dày");
    if (i % 40 == 0) words.push_back("thưa");
    if (i == 777) words.push_back("hiếm");
    memory->Add(DocumentOf(i, words));
  }
  const SegmentView view{memory, nullptr, kDocuments};
  auto record = WriteSegment(db, 5, {view});
  EXPECT_THAT(record, IsOk());
  return *record;
}

class DiskSegmentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    record_ = WriteMany(db_.get());
    auto segment = DiskSegment::Open(db_.get(), record_);
    ASSERT_THAT(segment, IsOk());
    segment_ = *segment;
  }

  ShardDatabase db_;
  disk::v1::SegmentRecord record_;
  std::shared_ptr<const DiskSegment> segment_;
};

TEST_F(DiskSegmentTest, EveryPostingAndPositionReadsBackOverChunks) {
  const auto cursor = segment_->OpenTerm(TermOf(kBodyExact, "dày"), kDocuments);
  ASSERT_THAT(cursor, IsOk());
  uint32_t expected = 0;
  for (uint32_t doc = (*cursor)->Seek(0); doc != kNoMoreDocs; doc = (*cursor)->Seek(doc + 1), ++expected) {
    ASSERT_EQ(doc, expected);
    ASSERT_EQ((*cursor)->freq(), 1 + doc % 3);
    ASSERT_EQ((*cursor)->PositionsOfDoc().size(), 1 + doc % 3);
    ASSERT_EQ((*cursor)->PositionsOfDoc().back(), doc % 3);
  }
  EXPECT_EQ(expected, kDocuments);
  EXPECT_THAT((*cursor)->status(), IsOk());
}

TEST_F(DiskSegmentTest, SeekSkipsBlocksAndChunks) {
  const auto cursor = segment_->OpenTerm(TermOf(kBodyExact, "thưa"), kDocuments);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_EQ((*cursor)->Seek(0), 0u);
  EXPECT_EQ((*cursor)->Seek(19'001), 19'040u);
  EXPECT_EQ((*cursor)->Seek(19'961), kNoMoreDocs);
  const auto dense = segment_->OpenTerm(TermOf(kBodyExact, "dày"), kDocuments);
  ASSERT_THAT(dense, IsOk());
  EXPECT_EQ((*dense)->Seek(17'000), 17'000u);
  EXPECT_EQ((*dense)->PositionsOfDoc().size(), 1 + 17'000 % 3);
}

TEST_F(DiskSegmentTest, FindsTermsArticlesAndColumns) {
  for (const FieldId field : {kBodyExact, kBodyPair}) {
    EXPECT_EQ(*segment_->DocumentFrequency(TermOf(field, "dày")), kDocuments);
    EXPECT_EQ(*segment_->DocumentFrequency(TermOf(field, "hiếm")), 1u);
    EXPECT_EQ(*segment_->DocumentFrequency(TermOf(field, "không có")), 0u);
  }
  EXPECT_EQ(**segment_->FindArticle(PackId(ArticleId(777))), 777u);
  EXPECT_EQ(segment_->columns().published_us[777], 777);
  EXPECT_EQ(segment_->ValueOf(Column::kSite, segment_->columns().codes(Column::kSite)[1]), "bao1");
}

TEST_F(DiskSegmentTest, ADamagedChunkIsDataLossThatNamesIt) {
  const std::string key = ChunkKey(5, 0);
  std::string chunk = **db_.get().Get(kPostingsFamily, key);
  chunk[chunk.size() / 2] = static_cast<char>(chunk[chunk.size() / 2] ^ 0x10);
  db_.Put(kPostingsFamily, key, chunk);
  const auto cursor = segment_->OpenTerm(TermOf(kBodyExact, "dày"), kDocuments);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_EQ((*cursor)->Seek(3), kNoMoreDocs);
  EXPECT_THAT((*cursor)->status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("postings of segment 5, chunk 0: checksum")));
}

TEST_F(DiskSegmentTest, AMissingPositionChunkIsDataLossThatNamesIt) {
  db_.Delete(kPositionsFamily, ChunkKey(5, 0));
  const auto cursor = segment_->OpenTerm(TermOf(kBodyExact, "dày"), kDocuments);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_EQ((*cursor)->Seek(3), 3u);
  EXPECT_TRUE((*cursor)->PositionsOfDoc().empty());
  EXPECT_THAT((*cursor)->status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("positions of segment 5, chunk 0: missing")));
}

TEST_F(DiskSegmentTest, ADamagedTermOrColumnIsDataLossThatNamesIt) {
  db_.Put(kTermsFamily, TermBlockKey(5, 0), "rác");
  EXPECT_THAT(DiskSegment::Open(db_.get(), record_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("segment 5, block of terms 0")));
  db_.Put(kColumnsFamily, SegmentKey(5, "\x01"), "rác");
  EXPECT_THAT(DiskSegment::Open(db_.get(), record_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("segment 5, columns: column 1")));
}

TEST_F(DiskSegmentTest, AMissingArticleIsDataLoss) {
  db_.Delete(kDocumentsFamily, DocumentKey(5, 8));
  EXPECT_THAT(segment_->Document(8), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document 8: missing")));
}

}  // namespace
}  // namespace tintinh::indexer
