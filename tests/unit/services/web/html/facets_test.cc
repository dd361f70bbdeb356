#include "services/web/html/facets.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::FacetsResponse Counts() {
  v1::FacetsResponse counts;
  v1::Facet& facet = *counts.add_facets();
  facet.set_field(v1::FACET_FIELD_SITE);
  v1::FacetValue& value = *facet.add_values();
  value.set_value("<b>bao");
  value.set_count(12);
  counts.set_shards_asked(4);
  counts.set_shards_answered(4);
  return counts;
}

TEST(FacetsHtml, HasAGroupForEachThatCountsAndAButtonForBrowsersWithoutScript) {
  const std::string html = FacetsHtml({}, Counts(), {{"<b>bao", "Báo <b>Đậm"}});
  EXPECT_THAT(html, HasSubstr("<legend>Báo</legend>"));
  EXPECT_THAT(html, HasSubstr("value=\"&lt;b&gt;bao\"><span class=\"value\">Báo &lt;b&gt;Đậm</span>"));
  EXPECT_THAT(html, Not(HasSubstr("<legend>Chuyên mục</legend>")));
  EXPECT_THAT(html, HasSubstr("<button class=\"apply\" form=\"search\">"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"notice\"")));
}

TEST(FacetsHtml, SaysWhenPartsAreMissing) {
  v1::FacetsResponse counts = Counts();
  counts.set_shards_answered(3);
  EXPECT_THAT(FacetsHtml({}, counts, {}), HasSubstr("chỉ gồm 3/4 phần"));
}

TEST(FacetsHtml, WithoutCountsWhatIsTickedStaysAndNothingIsMadeUp) {
  const std::string html = FacetsHtml({{"province", "Huế"}, {"site", "bao-mau"}}, v1::FacetsResponse(), {});
  EXPECT_THAT(html, HasSubstr("value=\"Huế\" checked"));
  EXPECT_THAT(html, HasSubstr("value=\"bao-mau\" checked"));
  EXPECT_THAT(html, Not(HasSubstr("Lào Cai")));
}

TEST(ChipsHtml, EachRemovesItselfOnly) {
  const std::string html = ChipsHtml({{"q", "a"}, {"province", "Huế"}, {"from", "2024-02-12"}}, {});
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?q=a&amp;from=2024-02-12\" class=\"chip\" "
                              "aria-label=\"Bỏ điều kiện Huế\">Huế"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?q=a&amp;province=Hu%E1%BA%BF\" class=\"chip\" "
                              "aria-label=\"Bỏ điều kiện Từ 12/02/2024\">Từ 12/02/2024"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?q=a\" class=\"all\">"));
}

TEST(ChipsHtml, CallsPapersByTheirNames) {
  EXPECT_THAT(ChipsHtml({{"site", "bao-mau"}}, {{"bao-mau", "Báo Mẫu"}}),
              HasSubstr("class=\"chip\" aria-label=\"Bỏ điều kiện Báo Mẫu\""));
}

TEST(ChipsHtml, IsNothingWithoutConditions) { EXPECT_EQ(ChipsHtml({{"q", "a"}, {"sort", "newest"}}, {}), ""); }

TEST(ChipsHtml, EscapesWhatTheAddressSays) {
  const std::string html = ChipsHtml({{"section", "\"><script>"}, {"to", "<script>"}, {"document", "$1 $0"}}, {});
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, HasSubstr("Văn bản $1 $0"));
}

}  // namespace
}  // namespace tintinh::web
