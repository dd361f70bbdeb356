#include "services/indexer/search/doc_iterator.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;

TEST(DocIterator, StandsOnItsFirstMatchAndNeverMovesBack) {
  const Snapshot snapshot = SnapshotOf({{"x"}, {"a"}, {"a"}, {"a"}});
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(TermOfBody("a"), statistics);
  const auto match = OpenIterator(plan->root(), snapshot.segments[0]);
  ASSERT_THAT(match, IsOk());
  EXPECT_EQ((*match)->doc(), 1u);
  EXPECT_EQ((*match)->Seek(3), 3u);
  EXPECT_EQ((*match)->Seek(0), 3u);
  EXPECT_EQ((*match)->Seek(4), kNoMoreDocs);
  EXPECT_THAT((*match)->status(), IsOk());
}

TEST(DocIterator, ATermOfNoDocumentMatchesNothing) {
  const Snapshot snapshot = SnapshotOf({{"x"}});
  EXPECT_THAT(MatchesOf(TermOfBody("a"), snapshot), IsEmpty());
  EXPECT_THAT(MatchesOf(PhraseOfBody({"x", "a"}), snapshot), IsEmpty());
}

}  // namespace
}  // namespace tintinh::indexer
