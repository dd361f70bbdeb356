#include "services/indexer/segment/merged_terms.h"

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::DocumentOf;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::kBodyExact;
using testing::kBodyPair;

TEST(MergedTerms, GoesThroughTheTermsOfAllSourcesInByteOrder) {
  auto first = std::make_shared<MemorySegment>();
  first->Add(DocumentOf(1, {"b", "c"}));
  auto second = std::make_shared<MemorySegment>();
  second->Add(DocumentOf(2, {"a"}));
  second->Add(DocumentOf(3, {"a", "c"}));
  const std::vector<SegmentView> sources = {{first, nullptr, 1}, {second, nullptr, 2}};
  MergedTerms terms(sources);
  for (const FieldId field : {kBodyExact, kBodyPair}) {
    ASSERT_TRUE(terms.Next());
    EXPECT_EQ(terms.term(), TermOf(field, "a"));
    EXPECT_THAT(terms.holders(), ElementsAre(1));
    const auto cursor = terms.Open(1);
    ASSERT_THAT(cursor, IsOk());
    EXPECT_EQ((*cursor)->Seek(0), 0u);
    EXPECT_EQ((*cursor)->Seek(1), 1u);
    ASSERT_TRUE(terms.Next());
    EXPECT_EQ(terms.term(), TermOf(field, "b"));
    EXPECT_THAT(terms.holders(), ElementsAre(0));
    ASSERT_TRUE(terms.Next());
    EXPECT_EQ(terms.term(), TermOf(field, "c"));
    EXPECT_THAT(terms.holders(), ElementsAre(0, 1));
  }
  EXPECT_FALSE(terms.Next());
  EXPECT_THAT(terms.status(), IsOk());
}

TEST(MergedTerms, OfNoSourcesThereAreNone) {
  MergedTerms terms({});
  EXPECT_FALSE(terms.Next());
  EXPECT_THAT(terms.status(), IsOk());
}

}  // namespace
}  // namespace tintinh::indexer
