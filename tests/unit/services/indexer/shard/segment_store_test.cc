#include "services/indexer/shard/segment_store.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/segment/segment_writer.h"
#include "services/indexer/shard/manifest.h"
#include "services/indexer/shard/merge_policy.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using ::testing::ElementsAre;
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
    position_ = store_->applied_position();
  }

  void Apply(uint32_t number, std::optional<IndexedDocument> document) {
    const Change change{++position_, PackId(ArticleId(number)), std::move(document)};
    ASSERT_THAT(store_->Apply(change), IsOk());
  }
  void Put(uint32_t number) { Apply(number, DocumentOf(number, {"sông"})); }
  // Another version of the article.
  void Rewritten(uint32_t number) {
    IndexedDocument document = DocumentOf(number, {"núi"});
    document.columns.packed_hash = PackId("hash of a later version");
    document.stored = "later version of " + std::to_string(number);
    Apply(number, std::move(document));
  }
  void Delete(uint32_t number) { Apply(number, std::nullopt); }

  // The end of a piece of background work, from writing to dropping what is not read any more.
  void Finish(std::optional<Rewrite> rewrite) {
    ASSERT_TRUE(rewrite.has_value());
    ASSERT_THAT(WriteNewSegment(db_.get(), *rewrite), IsOk());
    StateChange change = store_->Plan(*rewrite);
    Replace(*rewrite, change.after.segments);
    ASSERT_THAT(CommitChange(db_.get(), change), IsOk());
    store_->Install(*rewrite, std::move(change.after));
    rewrite.reset();
    DropUnread();
  }
  void DropUnread() {
    for (const uint32_t segment : store_->TakeUnread()) ASSERT_THAT(DropSegment(db_.get(), segment), IsOk());
  }
  void Flush() {
    store_->Freeze();
    Finish(store_->BeginFlush());
  }

  bool HasKeys(uint32_t segment) {
    bool any = false;
    EXPECT_THAT(db_.get().Scan(kDocumentsFamily, SegmentPrefix(segment), SegmentPrefix(segment + 1),
                               [&any](absl::string_view, absl::string_view) { return any = true; }),
                IsOk());
    return any;
  }

  std::multiset<std::string> Articles() {
    std::multiset<std::string> articles;
    const std::shared_ptr<const Snapshot> snapshot = store_->MakeSnapshot();
    for (const SegmentView& view : snapshot->segments) {
      for (uint32_t doc = 0; doc < view.documents; ++doc) {
        if (view.IsLive(doc)) articles.insert(*view.segment->Document(doc));
      }
    }
    return articles;
  }

  ShardDatabase db_;
  std::unique_ptr<SegmentStore> store_;
  uint64_t position_ = 0;
};

TEST_F(SegmentStoreTest, SegmentsWithoutAManifestAreRemovedAndReplayGivesTheSameArticles) {
  Put(1);
  Flush();
  Put(2);
  Delete(1);
  const uint64_t digest = store_->digest();
  // What a crash between ingest and commit leaves: segment 2 on disk, the manifest as it was.
  const SegmentView orphan = store_->MakeSnapshot()->segments.back();
  ASSERT_THAT(WriteSegment(db_.get(), 2, {orphan}), IsOk());
  Open();
  EXPECT_EQ(store_->applied_position(), 1u);
  EXPECT_FALSE(HasKeys(2));
  EXPECT_THAT(Articles(), ElementsAre("article 1"));
  Put(2);
  Delete(1);
  EXPECT_EQ(store_->digest(), digest);
  Flush();
  Open();
  EXPECT_EQ(store_->digest(), digest);
  EXPECT_EQ(store_->committed_position(), 3u);
}

TEST_F(SegmentStoreTest, FilesOfALoadThatWasKilledAreRemoved) {
  const std::string leftover = db_.get().directory() + "/load-segment-7";
  std::filesystem::create_directories(leftover);
  std::ofstream(leftover + "/terms.sst") << "nửa chừng";
  Open();
  EXPECT_FALSE(std::filesystem::exists(leftover));
}

TEST_F(SegmentStoreTest, WhatIsFrozenStaysSearchableAndIsCommittedAsItWas) {
  Put(1);
  Put(2);
  store_->Freeze();
  Rewrite flush = *store_->BeginFlush();
  Rewritten(1);
  Delete(2);
  Put(3);
  EXPECT_THAT(Articles(), ElementsAre("article 3", "later version of 1"));
  Finish(std::move(flush));
  EXPECT_THAT(Articles(), ElementsAre("article 3", "later version of 1"));
  const uint64_t digest = store_->digest();
  // A crash now: the state at the position committed, exactly, and then the replay.
  Open();
  EXPECT_EQ(store_->applied_position(), 2u);
  EXPECT_THAT(Articles(), ElementsAre("article 1", "article 2"));
  Rewritten(1);
  Delete(2);
  Put(3);
  EXPECT_EQ(store_->digest(), digest);
}

TEST_F(SegmentStoreTest, DeletionsInAFlushedSegmentAreCommittedWithTheirPosition) {
  Put(1);
  Put(2);
  store_->Freeze();
  Rewrite flush = *store_->BeginFlush();
  Delete(2);
  Finish(std::move(flush));
  Flush();
  Open();
  EXPECT_EQ(store_->applied_position(), 3u);
  EXPECT_THAT(Articles(), ElementsAre("article 1"));
}

TEST_F(SegmentStoreTest, WhatIsFrozenWhileAFlushIsUnderWayGoesOutTogetherWithTheNext) {
  Put(1);
  store_->Freeze();
  Rewrite flush = *store_->BeginFlush();
  Put(2);
  store_->Freeze();
  Put(3);
  Delete(1);
  store_->Freeze();
  EXPECT_FALSE(store_->BeginFlush().has_value()) << "one at a time";
  Finish(std::move(flush));
  std::optional<Rewrite> next = store_->BeginFlush();
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->sources.size(), 2u);
  Finish(std::move(next));
  EXPECT_EQ(store_->committed_position(), 4u);
  EXPECT_EQ(store_->disk_segments(), 2u);
  Open();
  EXPECT_THAT(Articles(), ElementsAre("article 2", "article 3"));
}

TEST_F(SegmentStoreTest, AFlushThatFailedIsTriedAgainWithWhatWasFrozenSince) {
  Put(1);
  store_->Freeze();
  store_->Abandon(*store_->BeginFlush());
  EXPECT_TRUE(store_->wants_flush());
  store_->Abandon(*store_->BeginFlush());
  Rewrite failing = *store_->BeginFlush();
  Put(2);
  store_->Freeze();
  store_->Abandon(failing);
  Finish(store_->BeginFlush());
  EXPECT_EQ(store_->committed_position(), 2u);
  Open();
  EXPECT_THAT(Articles(), ElementsAre("article 1", "article 2"));
}

TEST_F(SegmentStoreTest, SegmentsAreMergedAndTheOldOnesDroppedOnceUnread) {
  for (uint32_t i = 0; i < kSegmentsPerTier; ++i) {
    Put(i);
    Flush();
  }
  std::shared_ptr<const Snapshot> reader = store_->MakeSnapshot();
  ASSERT_EQ(reader->segments.size(), kSegmentsPerTier);
  Finish(store_->BeginMerge());
  EXPECT_EQ(store_->MakeSnapshot()->segments.size(), 1u);
  EXPECT_TRUE(HasKeys(1));  // still read
  EXPECT_THAT(reader->segments[0].segment->Document(0), IsOkAndHolds("article 0"));
  reader.reset();
  DropUnread();
  for (uint32_t segment = 1; segment <= kSegmentsPerTier; ++segment) EXPECT_FALSE(HasKeys(segment));
  EXPECT_TRUE(HasKeys(kSegmentsPerTier + 1));
  const uint64_t digest = store_->digest();
  Open();
  EXPECT_EQ(store_->digest(), digest);
  EXPECT_EQ(*store_->MakeSnapshot()->segments[0].segment->DocumentFrequency(TermOf(kBodyExact, "sông")),
            kSegmentsPerTier);
}

// A merge leaves behind what is deleted as committed, and no more: until a flush commits the later deletion, the
// article is part of the committed state.
TEST_F(SegmentStoreTest, AMergeCommitsNoDeletionBeforeItsPosition) {
  for (uint32_t i = 0; i < kSegmentsPerTier; ++i) {
    Put(i);
    Flush();
  }
  Delete(0);
  Rewrite merge = *store_->BeginMerge();
  Rewritten(1);
  Finish(std::move(merge));
  EXPECT_THAT(Articles(), ElementsAre("article 2", "article 3", "later version of 1"));
  const uint64_t digest = store_->digest();
  Open();
  EXPECT_THAT(Articles(), ElementsAre("article 0", "article 1", "article 2", "article 3"));
  Delete(0);
  Rewritten(1);
  EXPECT_EQ(store_->digest(), digest);
}

TEST_F(SegmentStoreTest, AMergeAndAFlushMayEndInEitherOrder) {
  for (const bool merge_first : {true, false}) {
    for (uint32_t i = 0; i < kSegmentsPerTier; ++i) {
      Put(i + 10);
      Rewritten(i);
      Flush();
    }
    Delete(10);
    std::optional<Rewrite> merge = store_->BeginMerge();
    ASSERT_TRUE(merge.has_value());
    Delete(11);
    Put(20);
    store_->Freeze();
    std::optional<Rewrite> flush = store_->BeginFlush();
    Delete(12);
    Delete(20);
    store_->Freeze();
    Delete(13);
    if (merge_first) Finish(std::exchange(merge, std::nullopt));
    Finish(std::move(flush));
    if (!merge_first) Finish(std::exchange(merge, std::nullopt));
    const auto articles = Articles();
    EXPECT_EQ(articles.size(), 4u);
    Open();
    EXPECT_EQ(Articles().size(), 4u + 3u) << "10 and 11 are deleted as of the flush, 12, 13 and 20 are not";
    for (const uint32_t number : {12u, 20u, 13u}) Delete(number);
    EXPECT_EQ(Articles(), articles);
    Flush();
    for (uint32_t i = 0; i < kSegmentsPerTier; ++i) Delete(i);
    Flush();
    while (store_->wants_merge()) Finish(store_->BeginMerge());
    EXPECT_EQ(store_->disk_segments(), 0u);
  }
}

TEST_F(SegmentStoreTest, SegmentsBeingMergedAreNotChosenAgain) {
  for (uint32_t i = 0; i < kSegmentsPerTier; ++i) {
    Put(i);
    Flush();
  }
  Rewrite merge = *store_->BeginMerge();
  EXPECT_FALSE(store_->wants_merge());
  store_->Abandon(merge);
  EXPECT_TRUE(store_->wants_merge());
}

TEST_F(SegmentStoreTest, CompactionLeavesOneSegmentWithoutDeletions) {
  EXPECT_FALSE(store_->BeginCompaction().has_value());
  Put(1);
  Put(2);
  Flush();
  EXPECT_FALSE(store_->BeginCompaction().has_value());
  Delete(1);
  Put(3);
  Flush();
  Finish(store_->BeginCompaction());
  EXPECT_EQ(store_->disk_segments(), 1u);
  EXPECT_EQ(store_->MakeSnapshot()->segments[0].documents, 2u);
  EXPECT_THAT(Articles(), ElementsAre("article 2", "article 3"));
}

TEST_F(SegmentStoreTest, ASegmentWithNothingLiveIsDropped) {
  Put(1);
  Flush();
  Delete(1);
  Flush();
  Finish(store_->BeginMerge());
  EXPECT_TRUE(store_->MakeSnapshot()->segments.empty());
  Open();
  EXPECT_FALSE(HasKeys(1));
  EXPECT_EQ(store_->digest(), 0u);
}

TEST_F(SegmentStoreTest, WithNothingNewThereIsNothingToFlush) {
  Put(1);
  Flush();
  store_->Freeze();
  EXPECT_FALSE(store_->wants_flush());
  EXPECT_EQ(store_->MakeSnapshot()->segments.size(), 1u);
}

TEST_F(SegmentStoreTest, DocumentsDeletedInMemoryAreNotWritten) {
  Put(1);
  Put(2);
  Delete(1);
  Flush();
  const auto snapshot = store_->MakeSnapshot();
  ASSERT_EQ(snapshot->segments.size(), 1u);
  EXPECT_EQ(snapshot->segments[0].documents, 1u);
  EXPECT_THAT(Articles(), ElementsAre("article 2"));
}

TEST_F(SegmentStoreTest, ASnapshotDoesNotSeeLaterDeletions) {
  Put(1);
  Put(2);
  Put(3);
  Delete(1);
  const auto snapshot = store_->MakeSnapshot();
  Delete(2);
  EXPECT_EQ(snapshot->segments[0].deleted_count(), 1u);
  EXPECT_TRUE(snapshot->segments[0].IsLive(1));
}

}  // namespace
}  // namespace tintinh::indexer
