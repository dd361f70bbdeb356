#include "services/indexer/apply/applier.h"

#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/article_log/embedded_article_log.h"
#include "common/kv/database.h"
#include "gtest/gtest.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/record/stored_article.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;
using testing::StatusIs;

disk::v1::LogEntry Entry(int number) { return PutEntry(ToStored(SampleArticle(number)), "trace"); }

// The log and the index have a database each, so that one can be damaged without the other.
class ApplierTest : public ::testing::Test {
 protected:
  void SetUp() override {
    log_database_ = *kv::Database::Open(
        {.directory = dir_.path() + "/log", .column_families = {article_log::EmbeddedArticleLog::ColumnFamily()}});
    const article_log::EmbeddedLogShard opened{0, log_database_.get()};
    log_ = *article_log::EmbeddedArticleLog::Open({opened}, {});
    OpenShard();
  }

  void OpenShard(uint64_t memory_segment_bytes = 64 << 20) {
    applier_.reset();
    shard_.reset();
    shard_database_.reset();
    shard_database_ =
        *kv::Database::Open({.directory = dir_.path() + "/shard", .column_families = Shard::ColumnFamilies()});
    shard_ =
        *Shard::Open(*shard_database_, {.shard = 0, .shard_count = 1, .memory_segment_bytes = memory_segment_bytes});
    unapplied_ = std::make_unique<UnappliedVersions>(shard_->applied_position());
    applier_ = std::make_unique<Applier>(ApplierParts{0, *log_, *shard_, *unapplied_}, clock_, metrics_);
  }

  uint64_t Append(const std::vector<disk::v1::LogEntry>& entries) {
    std::vector<article_log::LogPayload> payloads;
    for (const disk::v1::LogEntry& entry : entries) payloads.push_back({entry.article_id(), EncodeLogEntry(entry)});
    const auto positions = log_->Append(0, payloads);
    EXPECT_THAT(positions, IsOk());
    applier_->Wake();
    return positions->back();
  }

  // As a full disk would: a file is where the segment's folder has to be made. Each attempt takes the next number.
  void FailFlushes(int attempts) {
    for (int number = 1; number <= attempts; ++number) std::ofstream(LoadPath(number)) << "x";
  }
  std::string LoadPath(int number) const { return dir_.path() + "/shard/load-segment-" + std::to_string(number); }

  // The applier tries again by itself; true once it has flushed up to the position.
  bool AwaitFlushed(uint64_t position) {
    const absl::Time end = clock_.Now() + absl::Seconds(30);
    while (shard_->flushed_position() < position && clock_.Now() < end) std::this_thread::yield();
    return shard_->flushed_position() >= position;
  }

  absl::Status Await(uint64_t position) { return applier_->AwaitApplied(position, clock_.Now() + absl::Seconds(30)); }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<kv::Database> log_database_;
  std::unique_ptr<article_log::ArticleLog> log_;
  std::unique_ptr<kv::Database> shard_database_;
  std::unique_ptr<Shard> shard_;
  std::unique_ptr<UnappliedVersions> unapplied_;
  std::unique_ptr<Applier> applier_;
};

TEST_F(ApplierTest, AppliesWhatIsInTheLogAndWhatComesLater) {
  Append({Entry(1), Entry(2)});
  applier_->Start();
  ASSERT_THAT(Await(2), IsOk());
  ASSERT_THAT(Await(Append({Entry(3)})), IsOk());
  for (const int number : {1, 2, 3}) EXPECT_TRUE(shard_->Get(SampleId(number))->has_value()) << number;
}

TEST_F(ApplierTest, FarBehindItCatchesUpInBatches) {
  std::vector<disk::v1::LogEntry> entries;
  for (int number = 1; number <= 1'500; ++number) entries.push_back(Entry(number % 40));
  unapplied_->Add(SampleId(7), {1'487, "hash", 0, ""});
  Append(entries);
  applier_->Start();
  ASSERT_THAT(Await(1'500), IsOk());
  EXPECT_EQ(unapplied_->size(), 0u);
  for (int number = 0; number < 40; ++number) EXPECT_TRUE(shard_->Get(SampleId(number))->has_value()) << number;
}

TEST_F(ApplierTest, AFlushInTheBackgroundTrimsTheLogWithoutAFurtherEntry) {
  OpenShard(/*memory_segment_bytes=*/1);
  applier_->Start();
  Append({Entry(1)});
  const absl::Time end = clock_.Now() + absl::Seconds(30);
  while (log_->Bounds(0)->first < 2 && clock_.Now() < end) std::this_thread::yield();
  EXPECT_EQ(log_->Bounds(0)->first, 2u);
}

TEST_F(ApplierTest, ADeleteRemovesTheArticle) {
  applier_->Start();
  ASSERT_THAT(Await(Append({Entry(1), DeleteEntry(SampleId(1), "trace")})), IsOk());
  EXPECT_FALSE(shard_->Get(SampleId(1))->has_value());
}

TEST_F(ApplierTest, AppliedVersionsAreForgotten) {
  unapplied_->Add(SampleId(1), {1, "hash", 0, ""});
  applier_->Start();
  ASSERT_THAT(Await(Append({Entry(1)})), IsOk());
  EXPECT_EQ(unapplied_->size(), 0u);
}

TEST_F(ApplierTest, WaitingForAPositionThatIsNotLoggedEndsAtTheDeadline) {
  applier_->Start();
  EXPECT_THAT(applier_->AwaitApplied(9, clock_.Now() + absl::Milliseconds(20)),
              StatusIs(absl::StatusCode::kDeadlineExceeded, AllOf(HasSubstr("applied 0"), HasSubstr("9 was asked"))));
}

TEST_F(ApplierTest, AFlushWritesEverythingOutAndTrimsTheLog) {
  applier_->Start();
  Append({Entry(1), Entry(2)});
  ASSERT_THAT(applier_->Flush(clock_.Now() + absl::Seconds(30)), IsOk());
  EXPECT_EQ(shard_->flushed_position(), 2u);
  EXPECT_EQ(log_->Bounds(0)->first, 3u);
}

TEST_F(ApplierTest, WhatWasNotFlushedIsReplayedAfterReopening) {
  applier_->Start();
  Append({Entry(1)});
  ASSERT_THAT(applier_->Flush(clock_.Now() + absl::Seconds(30)), IsOk());
  ASSERT_THAT(Await(Append({Entry(2)})), IsOk());
  OpenShard();
  EXPECT_EQ(shard_->applied_position(), 1u);
  applier_->Start();
  ASSERT_THAT(Await(2), IsOk());
  EXPECT_TRUE(shard_->Get(SampleId(2))->has_value());
}

TEST_F(ApplierTest, DrainAppliesEverythingThenStops) {
  applier_->Start();
  Append({Entry(1), Entry(2), Entry(3)});
  ASSERT_THAT(applier_->Drain(clock_.Now() + absl::Seconds(30)), IsOk());
  EXPECT_EQ(shard_->flushed_position(), 3u);
  EXPECT_THAT(Await(4), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("stopping")));
}

TEST_F(ApplierTest, ALogThatEndsBeforeWhatIsAppliedIsAForkAndNothingIsApplied) {
  ASSERT_THAT(shard_->Apply(5, Entry(5)), IsOk());
  Append({Entry(1), Entry(2)});
  applier_->Start();
  EXPECT_THAT(Await(6), StatusIs(absl::StatusCode::kDataLoss,
                                 AllOf(HasSubstr("has applied 5"), HasSubstr("1 to 2"), HasSubstr("lost or rewrote"))));
  EXPECT_FALSE(shard_->Get(SampleId(1))->has_value());
}

TEST_F(ApplierTest, ALogThatStartsAfterWhatIsAppliedAsksForACheckpoint) {
  Append({Entry(1), Entry(2), Entry(3)});
  ASSERT_THAT(log_->Trim(0, 2), IsOk());
  applier_->Start();
  EXPECT_THAT(Await(3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("rebuild the shard from a checkpoint")));
  EXPECT_EQ(shard_->applied_position(), 0u);
}

TEST_F(ApplierTest, PositionAndDigestAreExported) {
  Append({Entry(1), Entry(2)});
  applier_->Start();
  ASSERT_THAT(Await(2), IsOk());
  applier_.reset();
  const uint64_t digest = shard_->published().digest & ((uint64_t{1} << 52) - 1);
  EXPECT_NE(digest, 0u);
  EXPECT_THAT(metrics_.Text(), HasSubstr("tintinh_indexer_applied_position{shard=\"0\"} 2\n"));
  EXPECT_THAT(metrics_.Text(), HasSubstr(absl::StrCat("tintinh_indexer_digest{shard=\"0\"} ", digest, "\n")));
}

TEST_F(ApplierTest, AnEntryThatCannotBeReadStopsTheIndexBeforeIt) {
  const std::vector<article_log::LogPayload> payloads = {{"a", EncodeLogEntry(Entry(1))}, {"b", "junk"}};
  ASSERT_THAT(log_->Append(0, payloads), IsOk());
  Append({Entry(3)});
  applier_->Start();
  EXPECT_THAT(Await(3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 2")));
  EXPECT_EQ(shard_->applied_position(), 1u);
  EXPECT_THAT(metrics_.Text(), HasSubstr("tintinh_indexer_apply_failures_total"));
}

TEST_F(ApplierTest, AnEntryWhoseFlushFailsCountsAsAppliedAndTheFlushIsTriedAgain) {
  OpenShard(/*memory_segment_bytes=*/1);
  FailFlushes(1);
  unapplied_->Add(SampleId(1), {1, "hash", 0, ""});
  Append({Entry(1)});
  applier_->Start();
  ASSERT_THAT(applier_->AwaitApplied(1, absl::InfiniteFuture()), IsOk());
  EXPECT_EQ(unapplied_->size(), 0u);
  EXPECT_TRUE(shard_->Get(SampleId(1))->has_value());
  ASSERT_TRUE(AwaitFlushed(1)) << "without a further entry";
  EXPECT_THAT(metrics_.Text(), HasSubstr("tintinh_indexer_apply_failures_total{shard=\"0\"} 1"));
}

TEST_F(ApplierTest, EntriesBehindAFailedFlushAreAppliedOnceItSucceeds) {
  OpenShard(/*memory_segment_bytes=*/1);
  FailFlushes(1);
  Append({Entry(1), Entry(2), Entry(3)});
  applier_->Start();
  ASSERT_TRUE(AwaitFlushed(3));
  // The failure is forgotten a moment after the flush that made up for it.
  const absl::Time deadline = clock_.Now() + absl::Seconds(30);
  while (!Await(3).ok() && clock_.Now() < deadline) std::this_thread::yield();
  ASSERT_THAT(Await(3), IsOk());
  for (const int number : {1, 2, 3}) EXPECT_TRUE(shard_->Get(SampleId(number))->has_value()) << number;
}

TEST_F(ApplierTest, DrainingWhileFlushesFailEndsWithTheFailureAndTheLogKeepsTheEntries) {
  OpenShard(/*memory_segment_bytes=*/1);
  FailFlushes(50);
  Append({Entry(1), Entry(2)});
  applier_->Start();
  EXPECT_THAT(applier_->Drain(absl::InfiniteFuture()), StatusIs(absl::StatusCode::kInternal, HasSubstr("load-")));
  EXPECT_EQ(log_->Bounds(0)->first, 1u);
  OpenShard();
  applier_->Start();
  ASSERT_THAT(Await(2), IsOk());
  for (const int number : {1, 2}) EXPECT_TRUE(shard_->Get(SampleId(number))->has_value()) << number;
}

TEST_F(ApplierTest, WaitingWithoutADeadlineEndsWithTheFailure) {
  ASSERT_THAT(log_->Append(0, std::vector<article_log::LogPayload>{{"a", "junk"}}), IsOk());
  applier_->Start();
  EXPECT_THAT(applier_->AwaitApplied(1, absl::InfiniteFuture()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("1")));
  EXPECT_THAT(applier_->Flush(absl::InfiniteFuture()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("1")));
  EXPECT_THAT(applier_->Drain(absl::InfiniteFuture()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("1")));
}

}  // namespace
}  // namespace tintinh::indexer
