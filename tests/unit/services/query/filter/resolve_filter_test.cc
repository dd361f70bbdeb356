#include "services/query/filter/resolve_filter.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(ResolveFilter, TurnsProvinceNamesOfAnySpellingIntoOfficialOnes) {
  v1::Filter filter;
  filter.add_provinces("vinh phuc");
  filter.add_provinces("TỈNH PHÚ THỌ");
  const auto resolved = ResolveFilter(filter);
  ASSERT_THAT(resolved, IsOk());
  EXPECT_THAT(resolved->provinces(), ElementsAre("Vĩnh Phúc", "Phú Thọ"));
}

TEST(ResolveFilter, AnUnknownProvinceIsNamed) {
  v1::Filter filter;
  filter.add_provinces("Atlantis");
  EXPECT_THAT(ResolveFilter(filter), StatusIs(kInvalid, AllOf(HasSubstr("filter.provinces"), HasSubstr("Atlantis"))));
}

TEST(ResolveFilter, UnifiesTheDashesOfDocumentNumbers) {
  v1::Filter filter;
  filter.add_documents("35 – NQ/TW");
  const auto resolved = ResolveFilter(filter);
  ASSERT_THAT(resolved, IsOk());
  EXPECT_THAT(resolved->documents(), ElementsAre("35-NQ/TW"));
}

TEST(ResolveFilter, LimitsNameFieldValueAndLimit) {
  v1::Filter many;
  for (int i = 0; i < kMaxFilterValues + 1; ++i) many.add_sites("baomau");
  EXPECT_THAT(ResolveFilter(many),
              StatusIs(kInvalid, AllOf(HasSubstr("filter.sites"), HasSubstr("101"), HasSubstr("100"))));
  v1::Filter big;
  big.add_sections(std::string(256, 'x'));
  EXPECT_THAT(ResolveFilter(big),
              StatusIs(kInvalid, AllOf(HasSubstr("filter.sections"), HasSubstr("256"), HasSubstr("255"))));
  v1::Filter empty;
  empty.add_languages("");
  EXPECT_THAT(ResolveFilter(empty), StatusIs(kInvalid, HasSubstr("filter.languages")));
}

TEST(ResolveFilter, EmptySpansAndImpossibleTimesAreRefused) {
  v1::Filter filter;
  filter.mutable_published_from()->set_seconds(1'600'000'000);
  filter.mutable_published_before()->set_seconds(1'600'000'000);
  EXPECT_THAT(ResolveFilter(filter), StatusIs(kInvalid, HasSubstr("filter.published_from")));
  filter.mutable_published_before()->set_nanos(1);
  EXPECT_THAT(ResolveFilter(filter), IsOk());
  filter.mutable_published_before()->set_nanos(-1);
  EXPECT_THAT(ResolveFilter(filter), StatusIs(kInvalid, HasSubstr("filter.published_before")));
  filter.mutable_published_before()->set_nanos(0);
  filter.mutable_published_before()->set_seconds(int64_t{1} << 60);
  EXPECT_THAT(ResolveFilter(filter), StatusIs(kInvalid, HasSubstr("filter.published_before")));
}

TEST(ResolveFilter, FiltersInItAreResolvedAndNamed) {
  v1::Filter filter;
  filter.add_also()->add_provinces("vinh phuc");
  filter.add_without()->add_documents("35 – NQ/TW");
  const auto resolved = ResolveFilter(filter);
  ASSERT_THAT(resolved, IsOk());
  EXPECT_THAT(resolved->also(0).provinces(), ElementsAre("Vĩnh Phúc"));
  EXPECT_THAT(resolved->without(0).documents(), ElementsAre("35-NQ/TW"));
  filter.mutable_without(0)->add_provinces("Atlantis");
  EXPECT_THAT(ResolveFilter(filter), StatusIs(kInvalid, HasSubstr("filter.without.provinces: \"Atlantis\"")));
}

TEST(ResolveFilter, FiltersInItAreFewNotEmptyAndHoldNone) {
  v1::Filter many;
  for (int i = 0; i < kMaxNestedFilters + 1; ++i) many.add_without()->add_sites("baomau");
  EXPECT_THAT(ResolveFilter(many), StatusIs(kInvalid, AllOf(HasSubstr("filter.without"), HasSubstr("17 filters"))));
  v1::Filter empty;
  empty.add_also();
  EXPECT_THAT(ResolveFilter(empty), StatusIs(kInvalid, HasSubstr("filter.also: holds an empty filter")));
  v1::Filter deep;
  deep.add_also()->add_without()->add_sites("baomau");
  EXPECT_THAT(ResolveFilter(deep), StatusIs(kInvalid, HasSubstr("filter.also: holds a filter with filters in it")));
}

TEST(BothFilters, ConditionsOfTheSameKindBothHold) {
  v1::Filter first;
  first.add_sites("baomau");
  v1::Filter second;
  second.add_sites("baokhac");
  second.add_without()->add_districts("Tam Đảo");
  EXPECT_EQ(BothFilters(v1::Filter(), second).SerializeAsString(), second.SerializeAsString());
  EXPECT_EQ(BothFilters(first, v1::Filter()).SerializeAsString(), first.SerializeAsString());
  const v1::Filter both = BothFilters(first, second);
  EXPECT_THAT(both.sites(), ElementsAre("baomau"));
  ASSERT_EQ(both.also_size(), 1);
  EXPECT_THAT(both.also(0).sites(), ElementsAre("baokhac"));
  EXPECT_TRUE(both.also(0).without().empty());
  EXPECT_THAT(both.without(0).districts(), ElementsAre("Tam Đảo"));
}

TEST(IsEmpty, TrueOnlyWithoutAnyCondition) {
  v1::Filter filter;
  EXPECT_TRUE(IsEmpty(filter));
  filter.add_sites("baomau");
  EXPECT_FALSE(IsEmpty(filter));
}

}  // namespace
}  // namespace tintinh::query
