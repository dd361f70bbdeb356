#include "services/web/api/search_params.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::web {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(ReadSearchParams, ReadsEveryParameter) {
  const auto request = ReadSearchParams({{"q", "tôm càng"},
                                         {"province", "Cà Mau"},
                                         {"province", "Bạc Liêu"},
                                         {"site", "baocamau"},
                                         {"district", "Năm Căn"},
                                         {"section", "Kinh tế"},
                                         {"language", "vi"},
                                         {"document", "35-NQ/TW"},
                                         {"from", "2021-09-01"},
                                         {"to", "2021-09-30"},
                                         {"sort", "oldest"},
                                         {"page_token", "abc"},
                                         {"page_size", "25"},
                                         {"snippet_bytes", "100"},
                                         {"exact_total", "true"}});
  ASSERT_THAT(request, IsOk());
  EXPECT_EQ(request->query(), "tôm càng");
  EXPECT_THAT(request->filter().provinces(), ElementsAre("Cà Mau", "Bạc Liêu"));
  EXPECT_THAT(request->filter().sites(), ElementsAre("baocamau"));
  EXPECT_THAT(request->filter().districts(), ElementsAre("Năm Căn"));
  EXPECT_THAT(request->filter().sections(), ElementsAre("Kinh tế"));
  EXPECT_THAT(request->filter().languages(), ElementsAre("vi"));
  EXPECT_THAT(request->filter().documents(), ElementsAre("35-NQ/TW"));
  EXPECT_EQ(request->sort(), v1::SORT_ORDER_OLDEST);
  EXPECT_EQ(request->page_token(), "abc");
  EXPECT_EQ(request->page_size(), 25U);
  EXPECT_EQ(request->snippet_bytes(), 100U);
  EXPECT_TRUE(request->exact_total());
}

TEST(ReadSearchParams, DaysAreInclusiveAndInVietNam) {
  const auto request = ReadSearchParams({{"from", "2021-09-30"}, {"to", "2021-09-30"}});
  ASSERT_THAT(request, IsOk());
  EXPECT_EQ(request->filter().published_from().seconds(), 1'632'934'800);  // 29 September 17:00 UTC
  EXPECT_EQ(request->filter().published_before().seconds(), 1'632'934'800 + 86'400);
}

TEST(ReadSearchParams, EmptyValuesAreAbsentAndOtherNamesIgnored) {
  const auto request = ReadSearchParams({{"q", ""}, {"province", ""}, {"sort", ""}, {"page_size", ""}, {"utm", "x"}});
  ASSERT_THAT(request, IsOk());
  EXPECT_TRUE(AsksNothing(*request));
}

TEST(ReadSearchParams, RefusalsNameParameterAndValue) {
  EXPECT_THAT(ReadSearchParams({{"page_size", "-1"}}),
              StatusIs(kInvalid, AllOf(HasSubstr("page_size"), HasSubstr("-1"))));
  EXPECT_THAT(ReadSearchParams({{"sort", "best"}}), StatusIs(kInvalid, AllOf(HasSubstr("sort"), HasSubstr("best"))));
  EXPECT_THAT(ReadSearchParams({{"exact_total", "yes"}}), StatusIs(kInvalid, HasSubstr("exact_total")));
  EXPECT_THAT(ReadSearchParams({{"q", "a"}, {"q", "b"}}), StatusIs(kInvalid, AllOf(HasSubstr("q"), HasSubstr("2"))));
  for (const char* day : {"2021-02-30", "30/09/2021", "2021-9-30", "-021-09-30", "2021-09-3x", " 021-09-30"}) {
    EXPECT_THAT(ReadSearchParams({{"from", day}}), StatusIs(kInvalid, AllOf(HasSubstr("from"), HasSubstr(day)))) << day;
  }
}

TEST(ReadSearchParams, TheNumberOfParametersIsLimited) {
  Params params;
  for (size_t i = 0; i <= kMaxParams; ++i) params.emplace("site", absl::StrCat(i));
  EXPECT_THAT(ReadSearchParams(params), StatusIs(kInvalid, AllOf(HasSubstr("65"), HasSubstr("64"))));
}

TEST(ReadSearchParams, RepairsUtf8) {
  const auto request = ReadSearchParams({{"q", "a\xFF"}, {"site", "\xC3"}});
  ASSERT_THAT(request, IsOk());
  EXPECT_EQ(request->query(), "a\uFFFD");
  EXPECT_THAT(request->filter().sites(), ElementsAre("\uFFFD"));
}

TEST(SearchUrl, KeepsTheSearchAndSetsThePage) {
  EXPECT_EQ(
      SearchUrl({{"q", "Ba Bể & \"hồ\""}, {"site", "a"}, {"site", "b"}, {"page_token", "old"}, {"x", "y"}}, "new-_"),
      "/search?q=Ba%20B%E1%BB%83%20%26%20%22h%E1%BB%93%22&site=a&site=b&page_token=new-_");
}

}  // namespace
}  // namespace tintinh::web
