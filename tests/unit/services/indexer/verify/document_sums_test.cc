#include "services/indexer/verify/document_sums.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::DocumentOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// The lists of a segment of `lists`, summed beside the texts of `texts`.
DocumentSums SumsOf(const std::vector<IndexedDocument>& texts, const std::vector<IndexedDocument>& lists) {
  DocumentSums sums(static_cast<uint32_t>(texts.size()));
  for (uint32_t i = 0; i < texts.size(); ++i) sums.AddText(i, texts[i].terms);
  MemorySegment segment;
  for (const IndexedDocument& document : lists) segment.Add(document);
  for (const auto walker = segment.WalkTerms(); walker->Valid(); walker->Next()) {
    const auto cursor = walker->Open();
    EXPECT_THAT(cursor, IsOk());
    EXPECT_THAT(sums.AddList(walker->term(), **cursor), IsOk());
  }
  return sums;
}

std::vector<IndexedDocument> Pair(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  std::vector<IndexedDocument> documents;
  documents.push_back(DocumentOf(0, first));
  documents.push_back(DocumentOf(1, second));
  return documents;
}

TEST(DocumentSums, AgreeWhenListsAreOfTheseTexts) {
  const DocumentSums sums = SumsOf(Pair({"sông", "lô", "sông"}, {"núi"}), Pair({"sông", "lô", "sông"}, {"núi"}));
  EXPECT_TRUE(sums.Agree(0));
  EXPECT_TRUE(sums.Agree(1));
  EXPECT_EQ(sums.postings(), 6u);
}

TEST(DocumentSums, TellWhichDocumentDiffers) {
  const DocumentSums sums = SumsOf(Pair({"sông", "lô"}, {"núi"}), Pair({"sông", "lô"}, {"núi", "cao"}));
  EXPECT_TRUE(sums.Agree(0));
  EXPECT_FALSE(sums.Agree(1));
}

TEST(DocumentSums, APositionCounts) {
  EXPECT_FALSE(SumsOf(Pair({"sông", "lô"}, {"núi"}), Pair({"lô", "sông"}, {"núi"})).Agree(0));
}

TEST(DocumentSums, ADocumentThatIsNotThereIsDataLoss) {
  MemorySegment segment;
  segment.Add(DocumentOf(0, {"sông"}));
  segment.Add(DocumentOf(1, {"sông"}));
  const auto cursor = segment.OpenTerm(TermOf(testing::kBodyExact, "sông"), 2);
  ASSERT_THAT(cursor, IsOk());
  DocumentSums sums(1);
  EXPECT_THAT(sums.AddList(TermOf(testing::kBodyExact, "sông"), **cursor),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document 1 of 1")));
}

}  // namespace
}  // namespace tintinh::indexer
