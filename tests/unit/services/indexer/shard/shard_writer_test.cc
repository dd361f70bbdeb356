#include "services/indexer/shard/shard_writer.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/shard/merge_policy.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"
#include "tests/support/stepped_executor.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::ShardDatabase;
using testing::StatusIs;
using testing::SteppedExecutor;

constexpr absl::StatusCode kFull = absl::StatusCode::kInternal;

class ShardWriterTest : public ::testing::Test {
 protected:
  // Each article fills a memory segment.
  ShardOptions Stepped() {
    ShardOptions options;
    options.memory_segment_bytes = 1;
    options.flushes = flushes_.executor();
    options.merges = merges_.executor();
    return options;
  }

  void Open(const ShardOptions& options) {
    writer_.reset();
    db_.Reopen();
    disk::v1::Manifest wanted;
    wanted.set_next_segment(1);
    auto writer = ShardWriter::Open(db_.get(), wanted, options);
    ASSERT_THAT(writer, IsOk());
    writer_ = *std::move(writer);
    position_ = writer_->snapshot()->applied_position;
  }

  absl::Status Apply(Change change) { return writer_->Apply(absl::MakeConstSpan(&change, 1), Pace::kFresh); }
  absl::Status Put(uint32_t number) {
    return Apply({++position_, PackId(ArticleId(number)), DocumentOf(number, {"sông"})});
  }
  absl::Status Delete(uint32_t number) { return Apply({++position_, PackId(ArticleId(number)), std::nullopt}); }

  // As a full disk would: a file is where the segment's folder has to be made.
  std::string LoadPath(int segment) { return absl::StrCat(db_.get().directory(), "/load-segment-", segment); }
  void FailSegment(int segment) { std::ofstream(LoadPath(segment)) << "x"; }

  size_t Live() const {
    size_t live = 0;
    const std::shared_ptr<const Snapshot> snapshot = writer_->snapshot();
    for (const SegmentView& view : snapshot->segments) live += LiveCount(view);
    return live;
  }
  size_t OnDisk() const {
    size_t segments = 0;
    const std::shared_ptr<const Snapshot> snapshot = writer_->snapshot();
    for (const SegmentView& view : snapshot->segments) segments += view.segment->is_on_disk() ? 1 : 0;
    return segments;
  }

  SteppedExecutor flushes_;
  SteppedExecutor merges_;
  ShardDatabase db_;
  std::unique_ptr<ShardWriter> writer_;
  uint64_t position_ = 0;
};

TEST_F(ShardWriterTest, AFullMemorySegmentIsWrittenInTheBackgroundAndStaysSearchable) {
  ShardOptions options = Stepped();
  options.memory_segment_bytes = 64 << 20;
  Open(options);
  ASSERT_THAT(Put(1), IsOk());
  EXPECT_EQ(flushes_.waiting(), 0u);
  Open(Stepped());
  ASSERT_THAT(Put(1), IsOk());
  EXPECT_EQ(flushes_.waiting(), 1u);
  EXPECT_EQ(Live(), 1u);
  EXPECT_EQ(OnDisk(), 0u);
  EXPECT_EQ(writer_->published().committed_position, 0u);
  ASSERT_TRUE(flushes_.Step());
  EXPECT_EQ(Live(), 1u);
  EXPECT_EQ(OnDisk(), 1u);
  EXPECT_EQ(writer_->published().committed_position, 1u);
}

TEST_F(ShardWriterTest, CatchingUpFillsLargerSegments) {
  ShardOptions options = Stepped();
  options.memory_segment_bytes = 96 << 10;  // an arena's first block is of 64 KiB
  Open(options);
  std::vector<Change> changes;
  for (uint32_t i = 0; i < 300; ++i) {
    changes.push_back({++position_, PackId(ArticleId(i)), DocumentOf(i, {absl::StrCat("từ", i)})});
  }
  size_t applied = 0;
  while (flushes_.waiting() == 0) {
    ASSERT_THAT(writer_->Apply(absl::MakeConstSpan(changes).subspan(applied++, 1), Pace::kBulk), IsOk());
  }
  EXPECT_GE(writer_->published().memory_bytes, options.bulk_segment_bytes());
}

TEST_F(ShardWriterTest, BeyondTheMemoryBoundApplyFlushesItselfBeforeItTakesMore) {
  Open(Stepped());
  for (uint32_t i = 0; i < 12; ++i) {
    ASSERT_THAT(Put(i), IsOk());
    EXPECT_LE(writer_->snapshot()->applied_position, writer_->published().committed_position + 1);
  }
  EXPECT_EQ(Live(), 12u);
  EXPECT_EQ(writer_->published().waits, 11u);
}

TEST_F(ShardWriterTest, BeyondTheSegmentBoundApplyMergesItselfBeforeItTakesMore) {
  ShardOptions options = Stepped();
  options.most_disk_segments = kSegmentsPerTier;
  Open(options);
  for (uint32_t i = 0; i < 16; ++i) {
    ASSERT_THAT(Put(i), IsOk());
    EXPECT_LE(OnDisk(), options.most_disk_segments);
  }
  EXPECT_EQ(Live(), 16u);
  EXPECT_EQ(merges_.waiting(), 1u) << "nobody has done it, and one is enough";
}

TEST_F(ShardWriterTest, MergesKeepTheSegmentsFew) {
  Open(Stepped());
  for (uint32_t i = 0; i < 24; ++i) {
    ASSERT_THAT(Put(i), IsOk());
    while (flushes_.Step() || merges_.Step()) continue;
    EXPECT_LT(OnDisk(), kSegmentsPerTier);
  }
  EXPECT_EQ(Live(), 24u);
}

TEST_F(ShardWriterTest, AFailedFlushIsReportedOnceLosesNothingAndIsTriedAgain) {
  Open(Stepped());
  FailSegment(1);
  ASSERT_THAT(Put(1), IsOk());
  ASSERT_TRUE(flushes_.Step());
  EXPECT_EQ(Live(), 1u);
  EXPECT_EQ(flushes_.waiting(), 0u) << "not before it is reported";
  EXPECT_THAT(Put(2), StatusIs(kFull, HasSubstr("load-segment-1")));
  EXPECT_EQ(writer_->snapshot()->applied_position, 1u);
  EXPECT_EQ(flushes_.waiting(), 0u);
  ASSERT_THAT(writer_->Apply({}, Pace::kFresh), IsOk());
  ASSERT_EQ(flushes_.waiting(), 1u);
  ASSERT_TRUE(flushes_.Step());
  EXPECT_EQ(writer_->published().committed_position, 1u);
  EXPECT_EQ(OnDisk(), 1u);
}

TEST_F(ShardWriterTest, WhileFlushesFailMemoryStaysBoundedAndEachApplyEndsWithTheFailure) {
  Open(Stepped());
  for (int segment = 1; segment < 50; ++segment) FailSegment(segment);
  ASSERT_THAT(Put(1), IsOk());
  for (int i = 0; i < 10; ++i) EXPECT_THAT(Put(2), StatusIs(kFull, HasSubstr("load-segment-")));
  EXPECT_EQ(writer_->snapshot()->applied_position, 1u);
  EXPECT_THAT(writer_->Flush(), StatusIs(kFull, HasSubstr("load-segment-")));
  for (int segment = 1; segment < 50; ++segment) std::filesystem::remove(LoadPath(segment));
  ASSERT_THAT(writer_->Flush(), IsOk());
  ASSERT_THAT(Put(3), IsOk());
  EXPECT_EQ(Live(), 2u);
}

TEST_F(ShardWriterTest, AFailedMergeIsReportedOnceAndWaitsForTheNextFlush) {
  Open(Stepped());
  uint32_t number = 0;
  while (merges_.waiting() == 0) {
    ASSERT_THAT(Put(number++), IsOk());
    ASSERT_TRUE(flushes_.Step());
  }
  FailSegment(static_cast<int>(number) + 1);
  ASSERT_TRUE(merges_.Step());
  EXPECT_EQ(OnDisk(), kSegmentsPerTier);
  EXPECT_THAT(writer_->Apply({}, Pace::kFresh), StatusIs(kFull, HasSubstr("load-segment-")));
  ASSERT_THAT(Put(number++), IsOk());
  EXPECT_EQ(merges_.waiting(), 0u);
  ASSERT_TRUE(flushes_.Step());
  ASSERT_TRUE(merges_.Step());
  EXPECT_LT(OnDisk(), kSegmentsPerTier);
  EXPECT_EQ(Live(), number);
}

TEST_F(ShardWriterTest, FlushNeedsNoExecutor) {
  Open(Stepped());
  ASSERT_THAT(Put(1), IsOk());
  ASSERT_THAT(writer_->Flush(), IsOk());
  EXPECT_EQ(writer_->published().committed_position, 1u);
  ASSERT_TRUE(flushes_.Step()) << "finds nothing to do";
  EXPECT_EQ(OnDisk(), 1u);
}

TEST_F(ShardWriterTest, CompactMergesEverythingIntoOneSegment) {
  Open(Stepped());
  for (uint32_t i = 0; i < 7; ++i) ASSERT_THAT(Put(i), IsOk());
  ASSERT_THAT(Delete(3), IsOk());
  ASSERT_THAT(writer_->Compact(), IsOk());
  EXPECT_EQ(OnDisk(), 1u);
  EXPECT_EQ(writer_->snapshot()->segments[0].documents, 6u);
  const uint64_t digest = writer_->published().digest;
  Open(Stepped());
  EXPECT_EQ(writer_->published().digest, digest);
  EXPECT_EQ(Live(), 6u);
}

TEST_F(ShardWriterTest, PiecesThatWaitWhenItIsDestroyedDoNothing) {
  Open(Stepped());
  ASSERT_THAT(Put(1), IsOk());
  writer_.reset();
  EXPECT_TRUE(flushes_.Step());
  Open(Stepped());
  EXPECT_EQ(Live(), 0u);
}

TEST_F(ShardWriterTest, TheListenerIsToldOfEachPieceUntilItIsTakenAway) {
  Open(Stepped());
  int calls = 0;
  writer_->SetListener([&calls] { ++calls; });
  FailSegment(1);
  ASSERT_THAT(Put(1), IsOk());
  flushes_.Step();
  EXPECT_EQ(calls, 1) << "of failures too";
  ASSERT_THAT(writer_->Flush(), IsOk());
  EXPECT_EQ(calls, 2);
  writer_->SetListener({});
  ASSERT_THAT(Put(2), IsOk());
  flushes_.Step();
  EXPECT_EQ(calls, 2);
}

TEST_F(ShardWriterTest, AppliesFlushesCompactsAndReadsAtTheSameTime) {
  ShardOptions options;  // threads of its own
  options.memory_segment_bytes = 160 << 10;
  Open(options);
  constexpr uint32_t kArticles = 20;
  constexpr uint64_t kChanges = 4'000;
  std::thread applier([this] {
    for (uint64_t i = 0; i < kChanges; ++i) {
      // At any moment after the first round each article is there once.
      IndexedDocument document = DocumentOf(static_cast<uint32_t>(i % kArticles), {"sông", absl::StrCat("từ", i)});
      document.columns.packed_hash = PackId(absl::StrCat(i));
      ASSERT_THAT(Apply({++position_, document.columns.packed_id, std::move(document)}), IsOk());
    }
  });
  for (int round = 0; writer_->snapshot()->applied_position < kChanges; ++round) {
    ASSERT_THAT(round % 3 == 0 ? writer_->Compact() : writer_->Flush(), IsOk());
    const Published now = writer_->published();
    if (now.snapshot->applied_position >= kArticles) {
      EXPECT_EQ(Live(), kArticles);
    }
  }
  applier.join();
  ASSERT_THAT(writer_->Compact(), IsOk());
  EXPECT_EQ(OnDisk(), 1u);
  const uint64_t digest = writer_->published().digest;
  Open(options);
  EXPECT_EQ(writer_->published().digest, digest);
  EXPECT_EQ(Live(), kArticles);
}

}  // namespace
}  // namespace tintinh::indexer
