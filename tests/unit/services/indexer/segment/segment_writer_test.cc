#include "services/indexer/segment/segment_writer.h"

#include <memory>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/dictionary.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/memory_segment.h"
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

SegmentView ViewOf(std::shared_ptr<MemorySegment> segment, const std::vector<uint32_t>& deleted) {
  auto documents = std::make_shared<DeletedDocuments>();
  for (const uint32_t ordinal : deleted) documents->Add(ordinal);
  const uint32_t size = segment->size();
  return {std::move(segment), std::move(documents), size};
}

TEST(WriteSegment, WhatIsLiveIsOnDiskInTheOrderOfTheSources) {
  ShardDatabase db;
  auto first = std::make_shared<MemorySegment>();
  first->Add(DocumentOf(1, {"sông"}));
  first->Add(DocumentOf(2, {"sông", "lô"}));
  auto second = std::make_shared<MemorySegment>();
  second->Add(DocumentOf(3, {"núi", "lô"}));
  const auto record = WriteSegment(db.get(), 9, {ViewOf(std::move(first), {0}), ViewOf(std::move(second), {})});
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->documents(), 2u);
  const auto segment = DiskSegment::Open(db.get(), *record);
  ASSERT_THAT(segment, IsOk());
  EXPECT_THAT((*segment)->Document(0), IsOkAndHolds("article 2"));
  EXPECT_THAT((*segment)->Document(1), IsOkAndHolds("article 3"));
  EXPECT_THAT((*segment)->FindArticle(PackId(ArticleId(3))), IsOkAndHolds(std::optional<uint32_t>(1)));
  EXPECT_THAT((*segment)->FindArticle(PackId(ArticleId(1))), IsOkAndHolds(std::nullopt));
  EXPECT_EQ((*segment)->figures()[kBodyExact].documents, 2u);
  EXPECT_EQ((*segment)->figures()[kBodyExact].length, 4u);
  const auto cursor = (*segment)->OpenTerm(TermOf(kBodyExact, "lô"), 2);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_EQ((*cursor)->Seek(1), 1u);
  EXPECT_THAT((*cursor)->PositionsOfDoc(), ElementsAre(1));
}

TEST(WriteSegment, ATermOfDeletedDocumentsOnlyIsGone) {
  ShardDatabase db;
  auto memory = std::make_shared<MemorySegment>();
  memory->Add(DocumentOf(1, {"biến mất"}));
  memory->Add(DocumentOf(2, {"còn lại"}));
  const auto record = WriteSegment(db.get(), 1, {ViewOf(std::move(memory), {0})});
  ASSERT_THAT(record, IsOk());
  const auto dictionary = Dictionary::Open(db.get(), 1);
  ASSERT_THAT(dictionary, IsOk());
  kv::PinnedValue holder;
  EXPECT_THAT((*dictionary)->Find(TermOf(kBodyExact, "biến mất"), holder), IsOkAndHolds(std::nullopt));
  EXPECT_THAT((*dictionary)->Find(TermOf(kBodyExact, "còn lại"), holder),
              IsOkAndHolds(::testing::Optional(::testing::_)));
}

}  // namespace
}  // namespace tintinh::indexer
