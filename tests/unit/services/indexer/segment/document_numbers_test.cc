#include "services/indexer/segment/document_numbers.h"

#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::DocumentOf;
using testing::IsOk;

constexpr uint32_t kTopics = 4;

// Documents of the topics in turn, each with words of its topic and some that all have; every seventh is deleted.
SegmentView Source(uint32_t documents, uint32_t first) {
  auto segment = std::make_shared<MemorySegment>();
  auto deleted = std::make_shared<DeletedDocuments>();
  for (uint32_t i = 0; i < documents; ++i) {
    std::vector<std::string> words = {"chung"};
    for (uint32_t word = 0; word < 6; ++word)
      words.push_back(absl::StrCat("t", (first + i) % kTopics, "-", (i + word) % 9));
    segment->Add(DocumentOf(first + i, words));
    if (i % 7 == 0) deleted->Add(i);
  }
  return {segment, deleted, documents};
}

TEST(DocumentNumbers, InOrderLiveDocumentsFollowEachOther) {
  const std::vector<SegmentView> sources = {Source(10, 0), Source(9, 10)};
  const DocumentNumbers numbers = DocumentNumbers::InOrder(sources);
  EXPECT_TRUE(numbers.in_order());
  EXPECT_EQ(numbers.count(), 15u);
  EXPECT_EQ(numbers.Of(0, 0), kNoMoreDocs);
  EXPECT_EQ(numbers.Of(0, 1), 0u);
  EXPECT_EQ(numbers.Of(0, 9), 7u);
  EXPECT_EQ(numbers.Of(1, 0), kNoMoreDocs);
  EXPECT_EQ(numbers.Of(1, 1), 8u);
  EXPECT_EQ(numbers.PlaceOf(8).source, 1u);
  EXPECT_EQ(numbers.PlaceOf(8).document, 1u);
}

TEST(DocumentNumbers, ByContentEveryLiveDocumentHasANumberAndTopicsAreTogether) {
  const std::vector<SegmentView> sources = {Source(500, 0), Source(300, 1)};
  const auto numbers = DocumentNumbers::ByContent(sources);
  ASSERT_THAT(numbers, IsOk());
  EXPECT_FALSE(numbers->in_order());
  ASSERT_EQ(numbers->count(), DocumentNumbers::InOrder(sources).count());
  std::set<uint32_t> seen;
  for (uint32_t source = 0; source < 2; ++source) {
    for (uint32_t document = 0; document < sources[source].documents; ++document) {
      const uint32_t number = numbers->Of(source, document);
      ASSERT_EQ(number == kNoMoreDocs, !sources[source].IsLive(document));
      if (number == kNoMoreDocs) continue;
      ASSERT_TRUE(seen.insert(number).second);
      ASSERT_EQ(numbers->PlaceOf(number).source, source);
      ASSERT_EQ(numbers->PlaceOf(number).document, document);
    }
  }
  uint32_t changes = 0;
  uint32_t last = 0;
  for (uint32_t number = 0; number < numbers->count(); ++number) {
    const DocumentNumbers::Place place = numbers->PlaceOf(number);
    const uint32_t topic = (place.document + place.source) % kTopics;
    changes += topic != last ? 1 : 0;
    last = topic;
  }
  EXPECT_LT(changes, 60u);
}

TEST(DocumentNumbers, WithoutBodiesTheOrderOfTheSourcesStays) {
  const std::vector<SegmentView> none;
  const auto numbers = DocumentNumbers::ByContent(none);
  ASSERT_THAT(numbers, IsOk());
  EXPECT_EQ(numbers->count(), 0u);
  auto segment = std::make_shared<MemorySegment>();
  for (uint32_t i = 0; i < 100; ++i) segment->Add(DocumentOf(i, {}));
  const std::vector<SegmentView> bare = {{segment, nullptr, 100}};
  const auto same = DocumentNumbers::ByContent(bare);
  ASSERT_THAT(same, IsOk());
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(same->Of(0, i), i);
}

}  // namespace
}  // namespace tintinh::indexer
