#include "services/indexer/search/boolean_iterator.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BooleanIteratorTest : public ::testing::Test {
 protected:
  std::vector<uint32_t> Matches(const v1::LeafQuery& query) const { return MatchesOf(query, snapshot_); }

  const Snapshot snapshot_ = SnapshotOf({{"a"}, {"b"}, {"a", "b"}, {"a", "b", "c"}, {"c"}});
  v1::LeafQuery query_;
  v1::BooleanQuery& boolean_ = *query_.mutable_boolean();
};

TEST_F(BooleanIteratorTest, EveryMustMatches) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_must() = TermOfBody("b");
  EXPECT_THAT(Matches(query_), ElementsAre(2, 3));
}

TEST_F(BooleanIteratorTest, NoMustNotMatches) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_must_not() = TermOfBody("c");
  EXPECT_THAT(Matches(query_), ElementsAre(0, 2));
}

TEST_F(BooleanIteratorTest, WithoutMustAtLeastMinimumShouldMatch) {
  *boolean_.add_should() = TermOfBody("a");
  *boolean_.add_should() = TermOfBody("b");
  *boolean_.add_should() = TermOfBody("c");
  EXPECT_THAT(Matches(query_), ElementsAre(0, 1, 2, 3, 4));
  boolean_.set_minimum_should(2);
  EXPECT_THAT(Matches(query_), ElementsAre(2, 3));
  boolean_.set_minimum_should(4);
  EXPECT_THAT(Matches(query_), IsEmpty());
}

TEST_F(BooleanIteratorTest, WithMustShouldOnlyAddsToTheScore) {
  *boolean_.add_must() = TermOfBody("a");
  *boolean_.add_should() = TermOfBody("c");
  EXPECT_THAT(Matches(query_), ElementsAre(0, 2, 3));
  boolean_.set_minimum_should(1);
  EXPECT_THAT(Matches(query_), ElementsAre(3));
}

TEST_F(BooleanIteratorTest, MustNotAloneMatchesNothing) {
  *boolean_.add_must_not() = TermOfBody("a");
  EXPECT_THAT(Matches(query_), IsEmpty());
  EXPECT_THAT(Matches(v1::LeafQuery(query_)), IsEmpty());
}

}  // namespace
}  // namespace tintinh::indexer
