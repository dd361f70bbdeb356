#include "services/indexer/segment/segment_writer.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
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

TEST(WriteSegment, OrderedByContentEverythingOfADocumentIsWhereItsNumberIs) {
  ShardDatabase db;
  constexpr uint32_t kDocuments = 600;
  auto memory = std::make_shared<MemorySegment>();
  for (uint32_t i = 0; i < kDocuments; ++i) {
    memory->Add(DocumentOf(i, {absl::StrCat("chủ đề ", i % 3), "chung", absl::StrCat("số ", i), "chung"}));
  }
  const std::vector<SegmentView> sources = {ViewOf(std::move(memory), {0, 17})};
  const auto numbers = DocumentNumbers::ByContent(sources);
  ASSERT_THAT(numbers, IsOk());
  const auto record = WriteSegment(db.get(), 9, sources, *numbers);
  ASSERT_THAT(record, IsOk());
  EXPECT_TRUE(record->by_content());
  const auto segment = DiskSegment::Open(db.get(), *record);
  ASSERT_THAT(segment, IsOk());
  const auto cursor = (*segment)->OpenTerm(TermOf(kBodyExact, "chung"), record->documents());
  ASSERT_THAT(cursor, IsOk());
  EXPECT_NE(numbers->Of(0, 1), 0u);
  for (uint32_t doc = 0; doc < numbers->count(); ++doc) {
    const uint32_t number = numbers->PlaceOf(doc).document;
    ASSERT_THAT((*segment)->Document(doc), IsOkAndHolds(absl::StrCat("article ", number)));
    ASSERT_THAT((*segment)->FindArticle(PackId(ArticleId(number))), IsOkAndHolds(std::optional<uint32_t>(doc)));
    ASSERT_EQ((*segment)->columns().published_us[doc], static_cast<int64_t>(number));
    ASSERT_EQ((*cursor)->Seek(doc), doc);
    ASSERT_EQ((*cursor)->freq(), 2u);
    ASSERT_THAT((*cursor)->PositionsOfDoc(), ElementsAre(1, 3));
    const auto own = (*segment)->OpenTerm(TermOf(kBodyExact, absl::StrCat("số ", number)), record->documents());
    ASSERT_THAT(own, IsOk());
    ASSERT_EQ((*own)->Seek(0), doc);
  }
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
