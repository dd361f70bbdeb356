#include "services/indexer/segment/segment_writer.h"

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// Documents, freqs and positions of the term in what is live.
std::vector<std::string> PostingsOf(const std::vector<SegmentView>& sources, absl::string_view term) {
  std::vector<std::string> postings;
  uint32_t before = 0;
  for (const SegmentView& source : sources) {
    std::vector<uint32_t> ordinals;  // of documents before, counting the live ones only
    for (uint32_t doc = 0; doc < source.documents; ++doc) {
      ordinals.push_back(before);
      before += source.IsLive(doc) ? 1 : 0;
    }
    const auto cursor = source.segment->OpenTerm(term, source.documents);
    EXPECT_THAT(cursor, IsOk());
    if (!cursor.ok() || *cursor == nullptr) continue;
    for (uint32_t doc = (*cursor)->Seek(0); doc != kNoMoreDocs; doc = (*cursor)->Seek(doc + 1)) {
      if (!source.IsLive(doc)) continue;
      postings.push_back(absl::StrCat(ordinals[doc], " ", (*cursor)->freq()));
      if (FieldOfTerm(term) != kBodyExact) continue;
      absl::StrAppend(&postings.back(), " ", absl::StrJoin((*cursor)->PositionsOfDoc(), ","));
    }
  }
  return postings;
}

// Words of any frequency; some are in one of the segments only.
IndexedDocument RandomDocument(uint32_t number, uint32_t segment, std::mt19937& random) {
  std::vector<std::string> words;
  for (uint32_t i = 0; i < 30; ++i) {
    const auto word = std::min(random() % 400, random() % 400);
    words.push_back(word % 3 == 0 ? absl::StrCat("w", word, "of", segment) : absl::StrCat("w", word));
  }
  return DocumentOf(number, words);
}

SegmentView RandomView(uint32_t segment, uint32_t deleted_of_1000, std::set<std::string>& terms, std::mt19937& random) {
  auto memory = std::make_shared<MemorySegment>();
  std::vector<uint32_t> deleted;
  for (uint32_t doc = 0; doc < 300; ++doc) {
    const IndexedDocument document = RandomDocument(segment * 1'000 + doc, segment, random);
    for (const DocumentTerms::Term& term : document.terms.terms()) terms.emplace(term.term);
    memory->Add(document);
    if (random() % 1'000 < deleted_of_1000) deleted.push_back(doc);
  }
  return ViewOf(std::move(memory), deleted);
}

TEST(WriteSegment, EveryLivePostingIsTakenOverFromMemoryAndFromDisk) {
  std::mt19937 random(5);
  for (const uint32_t deleted_of_1000 : {0u, 1u, 300u}) {
    ShardDatabase db;
    std::set<std::string> terms;
    std::vector<SegmentView> sources;
    for (uint32_t i = 0; i < 3; ++i) sources.push_back(RandomView(i, deleted_of_1000, terms, random));
    for (uint32_t number = 1; number <= 2; ++number) {
      const auto record = WriteSegment(db.get(), number, sources);
      ASSERT_THAT(record, IsOk());
      const auto segment = DiskSegment::Open(db.get(), *record);
      ASSERT_THAT(segment, IsOk());
      const std::vector<SegmentView> written = {{*segment, nullptr, record->documents()}};
      for (const std::string& term : terms) ASSERT_EQ(PostingsOf(written, term), PostingsOf(sources, term));
      EXPECT_EQ((*segment)->figures()[kBodyExact].length, 30u * record->documents());
      // Then that and what is in memory together.
      sources = {RandomView(3, deleted_of_1000, terms, random), written.front()};
    }
  }
}

}  // namespace
}  // namespace tintinh::indexer
