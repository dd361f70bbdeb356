#include "services/indexer/shard/segment_store.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/segment_writer.h"
#include "services/indexer/shard/merge_policy.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using ::testing::Eq;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::kBodyExact;
using testing::ShardDatabase;

class SegmentStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { Open(); }

  void Open() {
    store_.reset();
    db_.Reopen();
    disk::v1::Manifest wanted;
    wanted.set_next_segment(1);
    auto store = SegmentStore::Open(db_.get(), wanted);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  void Put(uint32_t number) { ASSERT_THAT(store_->Put(DocumentOf(number, {"sông"}), ++position_), IsOk()); }
  void Delete(uint32_t number) { ASSERT_THAT(store_->Delete(PackId(ArticleId(number)), ++position_), IsOk()); }

  bool HasKeys(uint32_t segment) {
    bool any = false;
    EXPECT_THAT(db_.get().Scan(kDocumentsFamily, SegmentPrefix(segment), SegmentPrefix(segment + 1),
                               [&any](absl::string_view, absl::string_view) { return any = true; }),
                IsOk());
    return any;
  }

  ShardDatabase db_;
  std::unique_ptr<SegmentStore> store_;
  uint64_t position_ = 0;
};

TEST_F(SegmentStoreTest, SegmentsWithoutAManifestAreRemovedAndReplayGivesTheSameArticles) {
  Put(1);
  ASSERT_THAT(store_->Flush(), IsOk());
  Put(2);
  Delete(1);
  const uint64_t digest = store_->digest();
  // What a crash between ingest and commit leaves: segment 2 on disk, the manifest as it was.
  const SegmentView orphan = store_->MakeSnapshot()->segments.back();
  ASSERT_THAT(WriteSegment(db_.get(), 2, {orphan}), IsOk());
  Open();
  EXPECT_EQ(store_->applied_position(), 1u);
  EXPECT_FALSE(HasKeys(2));
  EXPECT_THAT(store_->LiveHash(PackId(ArticleId(2))), IsOkAndHolds(Eq(std::nullopt)));
  position_ = store_->applied_position();
  Put(2);
  Delete(1);
  EXPECT_EQ(store_->digest(), digest);
  ASSERT_THAT(store_->Flush(), IsOk());
  Open();
  EXPECT_EQ(store_->digest(), digest);
  EXPECT_EQ(store_->flushed_position(), 3u);
}

TEST_F(SegmentStoreTest, FilesOfALoadThatWasKilledAreRemoved) {
  const std::string leftover = db_.get().directory() + "/load-segment-7";
  std::filesystem::create_directories(leftover);
  std::ofstream(leftover + "/terms.sst") << "nửa chừng";
  Open();
  EXPECT_FALSE(std::filesystem::exists(leftover));
}

TEST_F(SegmentStoreTest, SegmentsAreMergedAndTheOldOnesDroppedOnceUnread) {
  for (uint32_t i = 0; i < kSegmentsPerTier; ++i) {
    Put(i);
    ASSERT_THAT(store_->Flush(), IsOk());
  }
  std::shared_ptr<const Snapshot> reader = store_->MakeSnapshot();
  ASSERT_EQ(reader->segments.size(), kSegmentsPerTier);
  ASSERT_THAT(store_->Merge(), IsOk());
  EXPECT_EQ(store_->MakeSnapshot()->segments.size(), 1u);
  ASSERT_THAT(store_->Flush(), IsOk());
  EXPECT_TRUE(HasKeys(1));  // still read
  EXPECT_THAT(reader->segments[0].segment->Document(0), IsOkAndHolds("article 0"));
  reader.reset();
  ASSERT_THAT(store_->Flush(), IsOk());
  for (uint32_t segment = 1; segment <= kSegmentsPerTier; ++segment) EXPECT_FALSE(HasKeys(segment));
  EXPECT_TRUE(HasKeys(kSegmentsPerTier + 1));
  const uint64_t digest = store_->digest();
  Open();
  EXPECT_EQ(store_->digest(), digest);
  EXPECT_EQ(*store_->MakeSnapshot()->segments[0].segment->DocumentFrequency(TermOf(kBodyExact, "sông")),
            kSegmentsPerTier);
}

TEST_F(SegmentStoreTest, ASegmentWithNothingLiveIsDropped) {
  Put(1);
  ASSERT_THAT(store_->Flush(), IsOk());
  Delete(1);
  ASSERT_THAT(store_->Flush(), IsOk());
  ASSERT_THAT(store_->Merge(), IsOk());
  EXPECT_TRUE(store_->MakeSnapshot()->segments.empty());
  Open();
  EXPECT_FALSE(HasKeys(1));
  EXPECT_EQ(store_->digest(), 0u);
}

TEST_F(SegmentStoreTest, AFlushWithNothingNewWritesNothing) {
  Put(1);
  ASSERT_THAT(store_->Flush(), IsOk());
  ASSERT_THAT(store_->Flush(), IsOk());
  EXPECT_EQ(store_->MakeSnapshot()->segments.size(), 1u);
  EXPECT_FALSE(HasKeys(2));
}

TEST_F(SegmentStoreTest, DocumentsDeletedInMemoryAreNotWritten) {
  Put(1);
  Put(2);
  Delete(1);
  ASSERT_THAT(store_->Flush(), IsOk());
  const auto snapshot = store_->MakeSnapshot();
  ASSERT_EQ(snapshot->segments.size(), 1u);
  EXPECT_EQ(snapshot->segments[0].documents, 1u);
  EXPECT_THAT(store_->LiveHash(PackId(ArticleId(2))), IsOkAndHolds(::testing::Optional(PackId("hash 2"))));
}

}  // namespace
}  // namespace tintinh::indexer
