#include "services/indexer/verify/segment_check.h"

#include <string>
#include <vector>

#include "common/text/analyzer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/record/stored_article.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/sample_article.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

IndexedDocument Sample(int number) {
  const text::Analyzer analyzer;
  return IndexDocument(ToStored(testing::SampleArticle(number)), analyzer);
}

std::vector<std::string> FaultsOf(const MemorySegment& segment) {
  std::vector<std::string> faults;
  CheckSegment(segment, segment.size(), [&faults](std::string fault) { faults.push_back(std::move(fault)); });
  return faults;
}

TEST(CheckSegment, FindsNothingWhereNothingIsWrong) {
  MemorySegment segment;
  for (int i = 0; i < 20; ++i) segment.Add(Sample(i));
  EXPECT_THAT(FaultsOf(segment), IsEmpty());
}

TEST(CheckSegment, AnArticleBesideTheTermsOfAnotherIsFound) {
  MemorySegment segment;
  segment.Add(Sample(1));
  IndexedDocument other = Sample(2);
  other.terms = Sample(12345).terms;
  segment.Add(other);
  EXPECT_THAT(FaultsOf(segment), ElementsAre(HasSubstr(testing::SampleId(2) + ": posting lists differ from its text")));
}

TEST(CheckSegment, AColumnThatIsNotTheArticlesIsFound) {
  MemorySegment segment;
  IndexedDocument document = Sample(1);
  document.columns.published_us += 1;
  segment.Add(document);
  EXPECT_THAT(FaultsOf(segment), ElementsAre(HasSubstr("time of publication")));
}

TEST(CheckSegment, AnIdThatLeadsElsewhereIsFound) {
  MemorySegment segment;
  segment.Add(Sample(1));
  segment.Add(Sample(1));
  EXPECT_THAT(FaultsOf(segment), ElementsAre(HasSubstr("leads to document 1")));
}

TEST(CheckSegment, AnArticleThatCannotBeReadIsFound) {
  MemorySegment segment;
  IndexedDocument document = Sample(1);
  document.stored = "\x0f\xff";
  segment.Add(document);
  EXPECT_THAT(FaultsOf(segment), ::testing::Contains(HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace tintinh::indexer
