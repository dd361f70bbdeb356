#include "services/indexer/shard/rewrite.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::DocumentOf;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::ShardDatabase;

std::shared_ptr<const DeletedDocuments> Deleted(const std::vector<uint32_t>& ordinals) {
  auto deleted = std::make_shared<DeletedDocuments>();
  for (const uint32_t ordinal : ordinals) deleted->Add(ordinal);
  return deleted;
}

// Documents numbered from `first`.
SegmentView MemoryOf(uint32_t first, uint32_t count, const std::vector<uint32_t>& deleted) {
  auto segment = std::make_shared<MemorySegment>();
  for (uint32_t i = 0; i < count; ++i) segment->Add(DocumentOf(first + i, {"sông"}));
  return {segment, deleted.empty() ? nullptr : Deleted(deleted), count};
}

std::vector<std::string> LiveArticles(const SegmentView& view) {
  std::vector<std::string> articles;
  for (uint32_t doc = 0; doc < view.documents; ++doc) {
    if (view.IsLive(doc)) articles.push_back(*view.segment->Document(doc));
  }
  return articles;
}

TEST(Replace, DeletionsMadeMeanwhileAreCarriedIntoTheNewSegment) {
  ShardDatabase db;
  const SegmentView a = MemoryOf(0, 4, {1});
  const SegmentView other = MemoryOf(50, 1, {});
  const SegmentView b = MemoryOf(10, 3, {0});
  Rewrite rewrite{Purpose::kMerge, 7, {a, b}, nullptr};
  ASSERT_THAT(WriteNewSegment(db.get(), rewrite), IsOk());
  std::vector<SegmentView> now = {a, other, b};
  now[0].deleted = Deleted({1, 2});
  now[2].deleted = Deleted({0, 2});
  Replace(rewrite, now);
  ASSERT_EQ(now.size(), 2u);
  EXPECT_EQ(now[0].segment, rewrite.segment);
  EXPECT_EQ(now[0].documents, 5u);
  EXPECT_EQ(now[0].deleted_count(), 2u);
  EXPECT_THAT(LiveArticles(now[0]), ElementsAre("article 0", "article 3", "article 11"));
  EXPECT_EQ(now[1].segment, other.segment);
}

TEST(Replace, DeletionsAreCarriedToWhereTheDocumentsAreNow) {
  ShardDatabase db;
  auto segment = std::make_shared<MemorySegment>();
  for (uint32_t i = 0; i < 300; ++i) segment->Add(DocumentOf(i, {i % 3 == 0 ? "sông" : i % 3 == 1 ? "núi" : "biển"}));
  const SegmentView a{segment, Deleted({4}), 300};
  Rewrite rewrite{Purpose::kMerge, 7, {a}, nullptr};
  ASSERT_THAT(WriteNewSegment(db.get(), rewrite, 299), IsOk());
  EXPECT_TRUE(rewrite.segment->record().by_content());
  std::vector<SegmentView> now = {a};
  now[0].deleted = Deleted({4, 5, 100});
  Replace(rewrite, now);
  EXPECT_EQ(now[0].deleted_count(), 2u);
  EXPECT_EQ(now[0].documents, 299u);
  std::vector<std::string> live = LiveArticles(now[0]);
  EXPECT_NE(live[1], "article 1");
  EXPECT_EQ(live.size(), 297u);
  EXPECT_THAT(live, ::testing::Contains("article 6"));
  EXPECT_THAT(live, ::testing::Not(::testing::Contains("article 5")));
  EXPECT_THAT(live, ::testing::Not(::testing::Contains("article 100")));
}

TEST(Replace, WithoutNewDeletionsTheNewSegmentHasNone) {
  ShardDatabase db;
  const SegmentView a = MemoryOf(0, 4, {1, 3});
  Rewrite rewrite{Purpose::kFlush, 7, {a}, nullptr};
  ASSERT_THAT(WriteNewSegment(db.get(), rewrite), IsOk());
  std::vector<SegmentView> now = {a};
  Replace(rewrite, now);
  EXPECT_EQ(now[0].deleted, nullptr);
  EXPECT_THAT(LiveArticles(now[0]), ElementsAre("article 0", "article 2"));
}

TEST(Replace, SourcesWithNothingLiveGo) {
  ShardDatabase db;
  const SegmentView a = MemoryOf(0, 2, {0, 1});
  const SegmentView other = MemoryOf(50, 1, {});
  Rewrite rewrite{Purpose::kMerge, 7, {a}, nullptr};
  ASSERT_THAT(WriteNewSegment(db.get(), rewrite), IsOk());
  EXPECT_EQ(rewrite.segment, nullptr);
  std::vector<SegmentView> now = {a, other};
  Replace(rewrite, now);
  ASSERT_EQ(now.size(), 1u);
  EXPECT_EQ(now[0].segment, other.segment);
}

TEST(Replace, AllDeletedMeanwhileLeavesASegmentWithNothingLive) {
  ShardDatabase db;
  const SegmentView a = MemoryOf(0, 2, {});
  Rewrite rewrite{Purpose::kMerge, 7, {a}, nullptr};
  ASSERT_THAT(WriteNewSegment(db.get(), rewrite), IsOk());
  std::vector<SegmentView> now = {a};
  now[0].deleted = Deleted({0, 1});
  Replace(rewrite, now);
  ASSERT_EQ(now.size(), 1u);
  EXPECT_EQ(LiveCount(now[0]), 0u);
}

}  // namespace
}  // namespace tintinh::indexer
