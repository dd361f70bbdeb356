#include "services/indexer/segment/memory_segment.h"

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::kBodyExact;

TEST(MemorySegment, ADocumentIsFoundWhenAddReturns) {
  MemorySegment segment;
  EXPECT_EQ(segment.Add(DocumentOf(1, {"sông", "lô"})), 0u);
  EXPECT_EQ(segment.Add(DocumentOf(2, {"núi", "sông", "sông"})), 1u);
  const auto cursor = segment.OpenTerm(TermOf(kBodyExact, "sông"), 2);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_EQ((*cursor)->Seek(1), 1u);
  EXPECT_EQ((*cursor)->freq(), 2u);
  EXPECT_THAT((*cursor)->PositionsOfDoc(), ElementsAre(1, 2));
  EXPECT_THAT(segment.DocumentFrequency(TermOf(kBodyExact, "sông")), IsOkAndHolds(2u));
  EXPECT_EQ(*segment.OpenTerm(TermOf(kBodyExact, "biển"), 2), nullptr);
  EXPECT_THAT(segment.Document(1), IsOkAndHolds("article 2"));
  EXPECT_EQ(segment.figures()[kBodyExact].documents, 2u);
  EXPECT_EQ(segment.figures()[kBodyExact].length, 5u);
}

TEST(MemorySegment, AReaderSeesNoDocumentPastItsLimit) {
  MemorySegment segment;
  for (uint32_t i = 0; i < 5; ++i) segment.Add(DocumentOf(i, {"sông"}));
  const auto cursor = segment.OpenTerm(TermOf(kBodyExact, "sông"), 3);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_EQ((*cursor)->Seek(2), 2u);
  EXPECT_EQ((*cursor)->Seek(3), kNoMoreDocs);
}

TEST(MemorySegment, FindsTheNewestVersion) {
  MemorySegment segment;
  segment.Add(DocumentOf(7, {"sông"}));
  segment.Add(DocumentOf(7, {"núi"}));
  EXPECT_THAT(segment.FindArticle(PackId(ArticleId(7))), IsOkAndHolds(std::optional<uint32_t>(1)));
  EXPECT_THAT(segment.FindArticle(PackId(ArticleId(8))), IsOkAndHolds(std::nullopt));
}

TEST(MemorySegment, WalksItsTermsInOrder) {
  MemorySegment segment;
  segment.Add(DocumentOf(1, {"b", "a", "c"}));
  std::vector<std::string> terms;
  for (const auto walker = segment.WalkTerms(); walker->Valid(); walker->Next()) {
    terms.emplace_back(walker->term().substr(1));
  }
  EXPECT_THAT(terms, ElementsAre("a", "b", "c", "a", "b", "c"));
}

TEST(MemorySegment, ScansTermsThatBeginAlikeAndNoPairs) {
  MemorySegment segment;
  std::vector<std::string> words;
  for (int i = 0; i < 1'000; ++i) words.push_back(absl::StrCat("k", 10'000 + i));
  segment.Add(DocumentOf(1, words));
  segment.Add(DocumentOf(2, {"j", "k10007", "l"}));
  const auto scan = segment.ScanTerms(TermOf(kBodyExact, "k"));
  for (const std::string& word : words) {
    ASSERT_TRUE(scan->Next());
    ASSERT_EQ(scan->term().substr(1), word);
    ASSERT_THAT(scan->DocumentFrequency(), IsOkAndHolds(word == "k10007" ? 2u : 1u));
  }
  EXPECT_FALSE(scan->Next());
  EXPECT_FALSE(scan->Next());
  EXPECT_FALSE(segment.ScanTerms(TermOf(kBodyExact, "m"))->Next());
  const auto one = segment.ScanTerms(TermOf(kBodyExact, "l"));
  EXPECT_TRUE(one->Next());
  EXPECT_FALSE(one->Next());
}

TEST(MemorySegment, IsScannedWhileItGrows) {
  MemorySegment segment;
  std::thread writer([&segment] {
    for (uint32_t i = 0; i < 3'000; ++i) segment.Add(DocumentOf(i, {absl::StrCat("k", i % 7, i), "sông"}));
  });
  for (int round = 0; round < 50; ++round) {
    std::string last;
    for (const auto scan = segment.ScanTerms(TermOf(kBodyExact, "k")); scan->Next();) {
      ASSERT_LT(last, scan->term());
      last = std::string(scan->term());
    }
  }
  writer.join();
  size_t terms = 0;
  for (const auto scan = segment.ScanTerms(TermOf(kBodyExact, "k")); scan->Next();) ++terms;
  EXPECT_EQ(terms, 3'000u);
}

TEST(MemorySegment, IsReadWhileItGrows) {
  MemorySegment segment;
  segment.Add(DocumentOf(0, {"sông", "lô"}));
  std::thread writer([&segment] {
    for (uint32_t i = 1; i < 2'000; ++i) segment.Add(DocumentOf(i, {"sông", "lô", "núi"}));
  });
  for (uint32_t round = 0; round < 200; ++round) {
    const uint32_t limit = segment.size();
    const auto cursor = segment.OpenTerm(TermOf(kBodyExact, "lô"), limit);
    ASSERT_THAT(cursor, IsOk());
    uint32_t count = 0;
    for (uint32_t doc = (*cursor)->Seek(0); doc != kNoMoreDocs; doc = (*cursor)->Seek(doc + 1)) {
      ASSERT_EQ(segment.columns().published_us[doc], doc);
      ++count;
    }
    ASSERT_EQ(count, limit);
  }
  writer.join();
}

}  // namespace
}  // namespace tintinh::indexer
